import type { Runtime } from '../http/runtime';
import type { AccessToken, TokenRules } from '../kit/provider';
import { ActiveMap } from '../limit/activeMap';
import { KeptTokens, type KeptToken } from './keptTokens';
import type { Doubt } from './renewals';
import { SharedRequest } from './sharedRequest';
import { Sessions, type EndSession } from './sessions';
import { TokenRequests, type RequestWanted } from './tokenRequests';

/** `fresh`: a new token for every call. `reuse`: one token until shortly before it expires. */
export type TokenUse = 'fresh' | 'reuse';

/** After a renewal ahead of time that failed, the next one is made so much later. */
const NEXT_RENEWAL_MS = 10_000;

/** Which tokens are meant: those of one credential, asked for with the same options. */
export interface TokenKey {
	credential: string;
	options: string;
	/** The account whose logins wait for each other; default: each credential has its own. */
	account?: string;
	/** The secret of that account. */
	secret?: string;
}

/** A token that is wanted. */
export interface TokenWanted extends Omit<RequestWanted, 'inputs'> {
	key: TokenKey;
	use: TokenUse;
	rules: RequestWanted['rules'] & Pick<TokenRules, 'logsOut'>;
	/** Ends the session of a token that this one takes the place of. */
	endSession?: EndSession;
	signal?: AbortSignal;
}

/**
 * Where every token comes from: memory of this process only, bounded, never at rest. `reuse` keeps a
 * token until min(60 s, 10 % of its lifetime) before it expires, and makes one token request for all who
 * need the token at once. How such requests wait for each other: see {@link TokenRequests}.
 */
export class TokenSource {
	private readonly tokens: KeptTokens;

	private readonly requests = new Map<string, SharedRequest<AccessToken>>();

	private readonly byAccount: ActiveMap<TokenRequests>;

	constructor(
		private readonly runtime: Pick<Runtime, 'elapsed' | 'now'>,
		private readonly sessions = new Sessions(),
	) {
		this.tokens = new KeptTokens(runtime);
		this.byAccount = new ActiveMap(
			() => new TokenRequests(runtime),
			(requests) => requests.isIdle,
		);
	}

	/** A new token, or one that is kept. @throws what the token request throws, also when it was another's */
	async get(wanted: TokenWanted): Promise<AccessToken> {
		const { key, use, signal, isTest } = wanted;
		if (use === 'fresh' || isTest) {
			const token = await this.requestToken(wanted, signal);
			// It serves the calls that follow. Where an account has one token at a time, it has ended the one in memory.
			if (use === 'reuse' && wanted.rules.logsOut !== true) this.keep(wanted, token);
			return token;
		}
		const kept = this.kept(key);
		if (kept !== null) return kept;
		const running = this.requests.get(nameOf(key));
		const shared = running?.isGivenUp === false ? running : this.startRequest(wanted);
		return await shared.wait(signal);
	}

	/** A token that is in memory and good for a while; `null` when there is none. */
	kept(key: TokenKey): AccessToken | null {
		const kept = this.tokens.get(nameOf(key));
		return kept !== undefined && this.runtime.elapsed() < kept.renewAt ? this.use(kept) : null;
	}

	/** Like {@link kept}, also when it is to be renewed, as long as it is good. */
	stillGood(key: TokenKey): AccessToken | null {
		const kept = this.tokens.get(nameOf(key));
		return kept !== undefined && this.runtime.elapsed() < kept.endsAt ? this.use(kept) : null;
	}

	/** Renews a token that is still good beside the calls that use it. That it fails costs nothing. */
	renewAhead(wanted: TokenWanted): void {
		const name = nameOf(wanted.key);
		const kept = this.tokens.get(name);
		const now = this.runtime.elapsed();
		if (kept === undefined || now < kept.nextRenewalAt || this.requests.has(name)) return;
		kept.nextRenewalAt = now + NEXT_RENEWAL_MS;
		this.startRequest(wanted)
			.wait()
			.catch(() => {});
	}

	/** Milliseconds since a token came, or since it was seen to be accepted; `null` for one that is not kept. */
	trustedFor(key: TokenKey, token: AccessToken): number | null {
		const kept = this.keptAs(key, token.token);
		if (kept === null) return null;
		return this.runtime.elapsed() - Math.max(kept.keptAt, kept.goodAt ?? -Infinity);
	}

	/** Milliseconds since a token came, whether it is kept or not. */
	ageOf(token: AccessToken): number {
		return this.tokens.ageOf(token);
	}

	/** A call with this token was accepted. */
	markGood(key: TokenKey, token: string): void {
		const kept = this.keptAs(key, token);
		if (kept === null) return;
		kept.goodAt = this.runtime.elapsed();
		kept.isDoubted = false;
	}

	/** Whether something has spoken against a token that is kept all the same. */
	isDoubted(key: TokenKey, { token }: AccessToken): boolean {
		return this.keptAs(key, token)?.isDoubted === true;
	}

	/** Forgets a token the vendor refused, so that the next call fetches a new one. */
	drop(key: TokenKey, token: string, endSession?: EndSession): void {
		const kept = this.keptAs(key, token);
		if (kept !== null) this.forget(key, kept, endSession);
	}

	/** A test is done with its token, whose session ends with it unless others use it, too. */
	endTest(key: TokenKey, token: AccessToken, endSession: EndSession): void {
		const kept = this.keptAs(key, token.token);
		this.sessions.release(key.credential, token, endSession);
		const isUsed = this.sessions.usersOf(key.credential, token) > 1;
		if (kept !== null && !isUsed) this.forget(key, kept, endSession);
	}

	/**
	 * Forgets a doubted token, unless that has just been in vain.
	 * @returns whether the next call gets another token than this one
	 */
	giveUp(key: TokenKey, token: string, doubt: Doubt, endSession?: EndSession): boolean {
		const name = nameOf(key);
		const kept = this.tokens.get(name);
		if (kept === undefined) return this.requests.has(name);
		if (kept.token.token !== token) return true;
		if (!this.tokens.renewalsOf(name).mayGiveUp(doubt, kept)) {
			kept.isDoubted ||= doubt === 'unknown' || doubt === 'refused';
			return false;
		}
		this.forget(key, kept, endSession);
		return true;
	}

	/** What is learned of giving up tokens of this key. */
	renewalsOf(key: TokenKey) {
		return this.tokens.renewalsOf(nameOf(key));
	}

	private keptAs(key: TokenKey, token: string): KeptToken | null {
		const kept = this.tokens.get(nameOf(key));
		return kept?.token.token === token ? kept : null;
	}

	private keep({ key, rules, endSession }: TokenWanted, token: AccessToken): void {
		const before = this.tokens.get(nameOf(key));
		if (rules.logsOut === true) this.sessions.hold(key.credential, token);
		this.tokens.keep(nameOf(key), token);
		if (before !== undefined) this.sessions.release(key.credential, before.token, endSession);
	}

	private forget(key: TokenKey, { token }: KeptToken, endSession?: EndSession): void {
		this.tokens.drop(nameOf(key));
		this.sessions.release(key.credential, token, endSession);
	}

	private use(kept: KeptToken): AccessToken {
		this.tokens.use(kept);
		return kept.token;
	}

	private async requestToken(wanted: TokenWanted, signal?: AbortSignal): Promise<AccessToken> {
		const { credential, account = credential, secret = credential } = wanted.key;
		const inputs = { credential, secret };
		const token = await this.byAccount.get(account).request({ ...wanted, inputs }, signal);
		this.tokens.noteArrival(token);
		return token;
	}

	private startRequest(wanted: TokenWanted): SharedRequest<AccessToken> {
		const name = nameOf(wanted.key);
		const request = async (signal: AbortSignal) => {
			try {
				const token = await this.requestToken(wanted, signal);
				this.keep(wanted, token);
				return token;
			} finally {
				if (this.requests.get(name) === shared) this.requests.delete(name);
			}
		};
		const shared = new SharedRequest(request, !wanted.rules.locksAccounts);
		this.requests.set(name, shared);
		return shared;
	}
}

function nameOf({ credential, options }: TokenKey): string {
	return `${credential}:${options}`;
}
