import { createHash } from 'node:crypto';

import type { AccessToken, Credentials, Provider } from '../kit/provider';
import type { Engine } from './engine';
import type { TokenKey, TokenUse } from './tokenSource';
import { requestVendor, type VendorRequestOptions } from './vendorRequest';

/** How a token is got: from memory if that is allowed, else by a token request. */
export interface TokenRequestOptions extends VendorRequestOptions {
	use: TokenUse;
	/** What is asked of the token; each vendor has its own. */
	options: object;
	/** How the vendor is reached, where the call itself says so: its tokens serve no other route. */
	route?: object;
	/** Stands for the run of a node with all its items. */
	run?: object;
	/** Whether a token request is made although one was refused before. */
	isTest?: boolean;
}

function hash(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** By provider and credential: an item's call needs it several times. */
const keys = new WeakMap<Credentials, Map<string, string>>();

/** Names a credential by everything it holds, the secret included, and reveals nothing of it. */
export function credentialKey({ type }: Provider, credentials: Credentials): string {
	const byType = keys.get(credentials) ?? new Map<string, string>();
	keys.set(credentials, byType);
	const key = byType.get(type) ?? hash([type, credentials]);
	byType.set(type, key);
	return key;
}

function tokenKey(
	provider: Provider,
	credentials: Credentials,
	options: object,
	route: object = {},
): TokenKey {
	return { credential: credentialKey(provider, credentials), options: hash([options, route]) };
}

/**
 * A token for these credentials, from memory or from the vendor.
 * @throws {ProviderError} scrubbed of every secret
 */
export async function getAccessToken(
	engine: Engine,
	provider: Provider,
	credentials: Credentials,
	how: TokenRequestOptions,
): Promise<AccessToken> {
	const { use, options, place, signal, run, isTest = false } = how;
	const { runtime, tokenSource } = engine;
	const key = tokenKey(provider, credentials, options, how.route);

	if (use === 'reuse') {
		// Room for the call comes first, so that no token grows old in line.
		await place.keep(1, signal);
		const kept = tokenSource.kept(key);
		if (kept !== null) return kept;
	}
	// Kept room would be waited for by others, one of whom may make the token request that this waits for.
	place.giveBack();
	const requestToken = async (stop: AbortSignal) => {
		// Others may go on waiting for the request when this one has left.
		const ofRequest = place.again();
		try {
			const made = await provider.makeToken?.(credentials, runtime);
			if (made !== undefined && made !== null) return made;
			const vendorHow = { ...how, place: ofRequest, signal: stop };
			const token = await requestVendor(engine, provider, vendorHow, {
				request: async () => {
					const prepared = (await provider.prepare?.(credentials, runtime)) ?? credentials;
					return provider.tokenRequest(prepared, options, runtime);
				},
				read: (response) => provider.readTokenResponse(credentials, options, response, runtime),
				secrets: provider.secretsOf(credentials, options),
			});
			place.takeFrom(ofRequest);
			return token;
		} finally {
			ofRequest.leave();
		}
	};
	return await tokenSource.get({ key, use, signal, run, isTest, rules: provider, requestToken });
}

/** Forgets a token that the vendor refused. */
export function dropAccessToken(
	{ tokenSource }: Engine,
	provider: Provider,
	credentials: Credentials,
	options: object,
	token: string,
	route?: object,
): void {
	tokenSource.drop(tokenKey(provider, credentials, options, route), token);
}

/**
 * Forgets a kept token that may tell less about the account than a new one would.
 * @returns whether the next call gets another token
 */
export function dropOutdatedToken(
	{ tokenSource }: Engine,
	provider: Provider,
	credentials: Credentials,
	token: string,
	route?: object,
): boolean {
	return tokenSource.dropOutdated(tokenKey(provider, credentials, {}, route), token);
}
