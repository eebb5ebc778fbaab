import type { AccessToken } from '../kit/provider';

/** Those who use a session, of which so many are remembered. */
const MAX_SESSIONS = 2000;

/** Ends the session of a token at its service. */
export type EndSession = (token: AccessToken) => void;

/**
 * Who uses the sessions that services keep for their tokens: the memory of this process, and calls under way. So
 * each is ended once, and only when nobody uses it. Only those are noted that can be ended.
 */
export class Sessions {
	private readonly users = new Map<string, number>();

	/** One more uses a session. */
	hold(credential: string, token: AccessToken): void {
		this.set(idOf(credential, token), this.usersOf(credential, token) + 1);
	}

	/** A session is used by somebody whose calls are not seen here, so that it is not ended. */
	handOut(credential: string, token: AccessToken): void {
		this.set(idOf(credential, token), Infinity);
	}

	/** One less uses a session, which is ended if that was the last. */
	release(credential: string, token: AccessToken, endSession: EndSession = () => {}): void {
		const id = idOf(credential, token);
		const left = (this.users.get(id) ?? Infinity) - 1;
		if (left > 0) {
			if (this.users.has(id)) this.users.set(id, left);
			return;
		}
		this.users.delete(id);
		endSession(token);
	}

	usersOf(credential: string, token: AccessToken): number {
		return this.users.get(idOf(credential, token)) ?? 0;
	}

	private set(id: string, users: number): void {
		this.users.delete(id);
		this.users.set(id, users);
		const oldest = this.users.keys().next();
		if (this.users.size > MAX_SESSIONS && oldest.done !== true) this.users.delete(oldest.value);
	}
}

/** Some services give several logins the same token, and so one session. */
function idOf(credential: string, { token }: AccessToken): string {
	return `${credential}:${token}`;
}
