import type { AccessToken } from '../kit/provider';
import { ActiveMap } from './activeMap';
import { TokenRequests, type RequestWanted } from './tokenRequests';
import type { Runtime } from './runtime';
import { SharedRequest } from './sharedRequest';

/** `fresh`: a new token for every call. `reuse`: one token until shortly before it expires. */
export type TokenUse = 'fresh' | 'reuse';

const MAX_RENEWAL_MARGIN_MS = 60_000;

const MAX_TOKENS = 1000;

/** A token may tell more than the last one after this time at the earliest. */
const MIN_AGE_OF_OUTDATED_MS = 60_000;

/** Which tokens are meant: those of one credential, asked for with the same options. */
export interface TokenKey {
	credential: string;
	options: string;
}

/** A token that is wanted. */
export interface TokenWanted extends RequestWanted {
	key: TokenKey;
	use: TokenUse;
	signal?: AbortSignal;
}

interface KeptToken {
	token: AccessToken;
	/** By the clock that nobody sets, as all times here. */
	keptAt: number;
	renewAt: number;
}

/**
 * Where every token comes from: memory of this process only, bounded, never at rest. `reuse` keeps a
 * token until min(60 s, 10 % of its lifetime) before it expires, and makes one token request for all who
 * need the token at once. How such requests wait for each other: see {@link TokenRequests}.
 */
export class TokenSource {
	private readonly tokens = new Map<string, KeptToken>();

	private readonly requests = new Map<string, SharedRequest<AccessToken>>();

	private readonly byCredential: ActiveMap<TokenRequests>;

	constructor(private readonly runtime: Pick<Runtime, 'elapsed' | 'now'>) {
		this.byCredential = new ActiveMap(
			() => new TokenRequests(runtime),
			(requests) => requests.isIdle,
		);
	}

	/** A new token, or one that is kept. @throws what the token request throws, also when it was another's */
	async get(wanted: TokenWanted): Promise<AccessToken> {
		const { key, use, signal } = wanted;
		if (use === 'fresh') {
			const token = await this.byCredential.get(key.credential).request(wanted, signal);
			// Some services give an account one token at a time: then the one that a test got has ended the one in memory.
			if (wanted.isTest && this.tokens.has(nameOf(key))) this.keep(nameOf(key), token);
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
		const now = this.runtime.elapsed();
		if (kept === undefined || now >= kept.renewAt) return null;
		const { idleLifetimeMs } = kept.token;
		if (idleLifetimeMs !== undefined)
			kept.renewAt = now + idleLifetimeMs - marginOf(idleLifetimeMs);
		return kept.token;
	}

	/** Forgets a token the vendor refused, so that the next call fetches a new one. */
	drop(key: TokenKey, token: string): void {
		if (this.tokens.get(nameOf(key))?.token.token === token) this.tokens.delete(nameOf(key));
	}

	/**
	 * Forgets a kept token that may tell less than a new one would, at most one a minute.
	 * @returns whether the next call gets another token than this one
	 */
	dropOutdated(key: TokenKey, token: string): boolean {
		const kept = this.tokens.get(nameOf(key));
		if (kept === undefined) return this.requests.has(nameOf(key));
		if (kept.token.token !== token) return true;
		if (this.runtime.elapsed() - kept.keptAt < MIN_AGE_OF_OUTDATED_MS) return false;
		this.drop(key, token);
		return true;
	}

	private startRequest(wanted: TokenWanted): SharedRequest<AccessToken> {
		const name = nameOf(wanted.key);
		const request = async (signal: AbortSignal) => {
			try {
				const token = await this.byCredential.get(wanted.key.credential).request(wanted, signal);
				this.keep(name, token);
				return token;
			} finally {
				if (this.requests.get(name) === shared) this.requests.delete(name);
			}
		};
		const shared = new SharedRequest(request, !wanted.rules.locksAccounts);
		this.requests.set(name, shared);
		return shared;
	}

	private keep(name: string, token: AccessToken): void {
		const keptAt = this.runtime.elapsed();
		this.tokens.delete(name);
		this.tokens.set(name, { token, keptAt, renewAt: keptAt + this.goodForMs(token) });
		const oldest = this.tokens.keys().next();
		if (this.tokens.size > MAX_TOKENS && oldest.done !== true) this.tokens.delete(oldest.value);
	}

	/**
	 * From its arrival until it has to be renewed; 0 when its expiry is not known. No vendor gives out a
	 * token before its time or after, so where it looks like that the clock here is wrong, and the token
	 * is taken to be new.
	 */
	private goodForMs({ issuedAt, expiresAt }: AccessToken): number {
		if (expiresAt === null) return 0;
		const now = this.runtime.now();
		const lifetime = expiresAt - (issuedAt ?? now);
		const isClockRight = issuedAt === null || (issuedAt <= now && now < expiresAt);
		const left = isClockRight ? expiresAt - now : lifetime;
		return left - marginOf(lifetime);
	}
}

/** How long before its end a token is renewed. */
function marginOf(lifetimeMs: number): number {
	return Math.min(MAX_RENEWAL_MARGIN_MS, lifetimeMs / 10);
}

function nameOf({ credential, options }: TokenKey): string {
	return `${credential}:${options}`;
}
