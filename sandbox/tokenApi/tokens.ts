import type { Exchange } from '../types';

export type TokenState = 'good' | 'expired' | 'replaced' | 'unknown' | 'missing';

interface Kept {
	lifetimeMs: number;
	expiresAt: number;
	isIdle: boolean;
	isReplaced: boolean;
}

/** The tokens a service has issued, and until when each is good. */
export class Tokens {
	private readonly kept = new Map<string, Kept>();

	/** @param shorter - a lifetime in seconds to use instead of the service's own, if any */
	constructor(
		private readonly now: () => number,
		private readonly shorter: () => number | undefined,
	) {}

	/** How long a token issued now is good for. */
	lifetimeSeconds(usual: number): number {
		return this.shorter() ?? usual;
	}

	/**
	 * Issues a token to a login, and says for how many seconds it is good.
	 *
	 * @param isIdle - whether each call starts its lifetime again
	 */
	issue(exchange: Exchange, token: string, usualSeconds: number, isIdle = false): number {
		const seconds = this.lifetimeSeconds(usualSeconds);
		const lifetimeMs = seconds * 1000;
		const expiresAt = this.now() + lifetimeMs;
		this.kept.set(token, { lifetimeMs, expiresAt, isIdle, isReplaced: false });
		exchange.record.token = token;
		return seconds;
	}

	/** Gives the newest token to one more login, if it is still good for longer than this. */
	issueAgain(exchange: Exchange, leftMs = 0): { token: string; leftMs: number } | null {
		const [token, newest] = [...this.kept].at(-1) ?? [];
		if (token === undefined || !newest || newest.isReplaced) return null;
		const left = newest.expiresAt - this.now();
		if (left <= leftMs) return null;
		exchange.record.token = token;
		return { token, leftMs: left };
	}

	/** The state of the token a call carries; a call is a use. */
	use(exchange: Exchange, token: string | undefined): TokenState {
		exchange.record.token = token ?? null;
		if (token === undefined || token === '') return 'missing';
		const kept = this.kept.get(token);
		if (!kept) return 'unknown';
		if (kept.isReplaced) return 'replaced';
		if (this.now() >= kept.expiresAt) return 'expired';
		if (kept.isIdle) kept.expiresAt = this.now() + kept.lifetimeMs;
		return 'good';
	}

	/** From now on all tokens issued so far have been replaced by a newer one. */
	replaceAll(): void {
		for (const kept of this.kept.values()) kept.isReplaced = true;
	}

	expireAll(): void {
		for (const kept of this.kept.values()) kept.expiresAt = 0;
	}

	revoke(token: string): void {
		this.kept.delete(token);
	}

	clear(): void {
		this.kept.clear();
	}
}
