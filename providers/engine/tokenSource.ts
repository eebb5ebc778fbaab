import { CanceledError, NetworkError, VendorError } from '../kit/errors';
import type { AccessToken } from '../kit/provider';
import type { Runtime } from './runtime';

/** `fresh`: a new token for every call. `reuse`: one token until shortly before it expires. */
export type TokenUse = 'fresh' | 'reuse';

/** How long a refused login is not tried again, and how long a successful one vouches for the next. */
const MEMORY_MS = 60_000;

const MAX_RENEWAL_MARGIN_MS = 60_000;

const MAX_ENTRIES = 1000;

/** A token may tell more than the last one after this time at the earliest. */
const MIN_AGE_OF_OUTDATED_MS = 60_000;

interface KeptToken {
	token: AccessToken;
	keptSince: number;
	renewAt: number;
}

interface Login {
	/** A login under way that the others wait for, because it is not known yet whether it succeeds. */
	first: Promise<AccessToken> | null;
	refusal: { error: VendorError; at: number } | null;
	succeededAt: number;
}

/**
 * Where every token comes from: memory of this process only, bounded, never at rest.
 *
 * - `reuse` keeps a token until min(60 s, 10 % of its lifetime) before it expires, and makes one login
 *   for all who need the token at once.
 * - Unless a login with the same credentials has succeeded within the last minute, logins run one at a
 *   time, and those who waited share its failure: ten first logins in parallel could lock the account.
 * - A refused login is remembered for a minute; a network fault is not.
 */
export class TokenSource {
	private readonly tokens = new Map<string, KeptToken>();

	private readonly flights = new Map<string, Promise<AccessToken>>();

	private readonly logins = new Map<string, Login>();

	constructor(private readonly runtime: Pick<Runtime, 'now'>) {}

	/**
	 * A token for the credentials behind `credentialKey`, asked for with the options behind `optionsKey`.
	 * @throws what `requestToken` throws, also when the login was somebody else's
	 */
	async get(
		credentialKey: string,
		optionsKey: string,
		use: TokenUse,
		requestToken: () => Promise<AccessToken>,
	): Promise<AccessToken> {
		if (use === 'fresh') return await this.guardedRequest(credentialKey, requestToken);

		const key = `${credentialKey}:${optionsKey}`;
		for (;;) {
			const kept = this.kept(credentialKey, optionsKey);
			if (kept !== null) return kept;
			const flight = this.flights.get(key);
			if (flight === undefined) return await this.startFlight(key, credentialKey, requestToken);
			const token = await unlessCanceled(flight);
			if (token !== null) return token;
		}
	}

	/** A token that is in memory and good for a while; `null` when there is none. */
	kept(credentialKey: string, optionsKey: string): AccessToken | null {
		const kept = this.tokens.get(`${credentialKey}:${optionsKey}`);
		return kept !== undefined && this.runtime.now() < kept.renewAt ? kept.token : null;
	}

	/** Forgets a token the vendor refused, so that the next call fetches a new one. */
	drop(credentialKey: string, optionsKey: string, token: string): void {
		const key = `${credentialKey}:${optionsKey}`;
		if (this.tokens.get(key)?.token.token === token) this.tokens.delete(key);
	}

	/**
	 * Forgets a kept token that may tell less than a new one would, at most one a minute.
	 * @returns whether the next call gets another token than this one
	 */
	dropOutdated(credentialKey: string, optionsKey: string, token: string): boolean {
		const key = `${credentialKey}:${optionsKey}`;
		const kept = this.tokens.get(key);
		if (kept === undefined) return this.flights.has(key);
		if (kept.token.token !== token) return true;
		if (this.runtime.now() - kept.keptSince < MIN_AGE_OF_OUTDATED_MS) return false;
		return this.tokens.delete(key);
	}

	private async startFlight(
		key: string,
		credentialKey: string,
		requestToken: () => Promise<AccessToken>,
	): Promise<AccessToken> {
		const flight = this.guardedRequest(credentialKey, requestToken);
		this.flights.set(key, flight);
		try {
			const token = await flight;
			const renewAt = this.renewalTime(token);
			const keptSince = this.runtime.now();
			if (renewAt !== null) setBounded(this.tokens, key, { token, keptSince, renewAt });
			return token;
		} finally {
			this.flights.delete(key);
		}
	}

	private async guardedRequest(
		credentialKey: string,
		requestToken: () => Promise<AccessToken>,
	): Promise<AccessToken> {
		const login = this.logins.get(credentialKey) ?? {
			first: null,
			refusal: null,
			succeededAt: -Infinity,
		};
		setBounded(this.logins, credentialKey, login);

		for (;;) {
			this.throwIfRefused(login);
			if (login.first === null) break;
			await login.first.catch((error: unknown) => {
				if (concernsEveryRequest(error)) throw error;
			});
		}
		if (this.runtime.now() - login.succeededAt < MEMORY_MS)
			return await this.attempt(login, requestToken);
		login.first = this.attempt(login, requestToken);
		try {
			return await login.first;
		} finally {
			login.first = null;
		}
	}

	private async attempt(
		login: Login,
		requestToken: () => Promise<AccessToken>,
	): Promise<AccessToken> {
		const token = await requestToken().catch((error: unknown) => {
			if (error instanceof VendorError && error.credentialRejected) {
				login.refusal = { error, at: this.runtime.now() };
				login.succeededAt = -Infinity;
			}
			throw error;
		});
		login.succeededAt = this.runtime.now();
		login.refusal = null;
		return token;
	}

	private throwIfRefused({ refusal }: Login): void {
		if (refusal === null) return;
		const waitMs = refusal.at + MEMORY_MS - this.runtime.now();
		if (waitMs <= 0) return;
		const { error } = refusal;
		throw new VendorError(error.message, {
			vendorCode: error.vendorCode ?? undefined,
			httpStatus: error.httpStatus ?? undefined,
			credentialRejected: true,
			description:
				`${error.description ?? ''} The same credential was refused a moment ago, so it was not sent again; the next try is possible in ${Math.ceil(waitMs / 1000)} seconds, or as soon as the credential is changed.`.trim(),
		});
	}

	private renewalTime(token: AccessToken): number | null {
		if (token.expiresAt === null) return null;
		const lifetime = token.expiresAt - (token.issuedAt ?? this.runtime.now());
		return token.expiresAt - Math.min(MAX_RENEWAL_MARGIN_MS, lifetime / 10);
	}
}

/**
 * Whether what ended one login would end the next one too, though it may ask for another kind of token.
 * Input that cannot be right and what the vendor says about it concern one item alone.
 */
function concernsEveryRequest(error: unknown): boolean {
	if (error instanceof VendorError) return error.credentialRejected || error.isTransient;
	return error instanceof NetworkError;
}

/** The result of somebody else's login; `null` when that execution was stopped before it had one. */
async function unlessCanceled(login: Promise<AccessToken>): Promise<AccessToken | null> {
	return await login.catch((error: unknown) => {
		if (error instanceof CanceledError) return null;
		throw error;
	});
}

function setBounded<V>(map: Map<string, V>, key: string, value: V): void {
	map.delete(key);
	map.set(key, value);
	const oldest = map.keys().next();
	if (map.size > MAX_ENTRIES && oldest.done !== true) map.delete(oldest.value);
}
