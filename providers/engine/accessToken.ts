import { createHash } from 'node:crypto';

import { NetworkError, ProviderError, VendorError } from '../kit/errors';
import type {
	AccessToken,
	Credentials,
	HttpRequest,
	HttpResponse,
	Provider,
} from '../kit/provider';
import { scrub } from '../kit/scrub';
import type { Engine } from './engine';
import type { Place } from './rateLimit';
import { withRetries, type Outcome } from './retry';
import type { TokenUse } from './tokenSource';
import type { Send } from './transport';

/** How requests to the vendor itself are made. */
export interface VendorRequestOptions {
	send: Send;
	maxRetries: number;
	/** Where it waits for room under the rate limit. */
	place: Place;
	/** Whether it is for a call that is made right afterwards, for which room is kept then. */
	callFollows: boolean;
	signal?: AbortSignal;
	onRetry?: () => void;
}

/** How a token is got: from memory if that is allowed, else by a token request. */
export interface TokenRequestOptions extends VendorRequestOptions {
	use: TokenUse;
	/** What is asked of the token; each vendor has its own. */
	options: object;
	/** How the vendor is reached, where the call itself says so: its tokens serve no other route. */
	route?: object;
}

/** A request to the vendor itself, and how its response is read. */
export interface VendorRequest<T> {
	request: () => HttpRequest | Promise<HttpRequest>;
	read: (response: HttpResponse) => T | Promise<T>;
	/** The values that no message may show. */
	secrets: string[];
}

function hash(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Names a credential by everything it holds, the secret included, and reveals nothing of it. */
export function credentialKey(provider: Provider, credentials: Credentials): string {
	return hash([provider.type, credentials]);
}

function tokenKey(options: object, route: object = {}): string {
	return hash([options, route]);
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
	const { options, place } = how;
	const { runtime, tokenSource } = engine;
	const ofCredential = credentialKey(provider, credentials);
	const ofToken = tokenKey(options, how.route);

	if (how.use === 'reuse') {
		// Room for the call comes first, so that no token grows old in line.
		await place.keep(1, how.signal);
		const kept = tokenSource.kept(ofCredential, ofToken);
		if (kept !== null) return kept;
	}
	// Others may wait for room whose token request is waited for here.
	place.giveBack();
	const requestToken = async () =>
		(await provider.makeToken?.(credentials, runtime)) ??
		(await requestVendor(engine, provider, how, {
			request: async () => {
				const prepared = (await provider.prepare?.(credentials, runtime)) ?? credentials;
				return provider.tokenRequest(prepared, options, runtime);
			},
			read: (response) => provider.readTokenResponse(credentials, options, response, runtime),
			secrets: provider.secretsOf(credentials, options),
		}));
	return await tokenSource.get(ofCredential, ofToken, how.use, requestToken);
}

/**
 * One request to the vendor itself, made again while the vendor is busy or cannot be reached.
 * @throws {ProviderError} scrubbed of every secret
 */
export async function requestVendor<T>(
	{ runtime }: Engine,
	provider: Provider,
	how: VendorRequestOptions,
	{ request, read, secrets }: VendorRequest<T>,
): Promise<T> {
	const { place, callFollows, send, signal } = how;
	const attempt = async () => {
		await place.keep(callFollows ? 2 : 1, signal);
		try {
			const httpRequest = await request();
			return await read(await place.use(async () => await send(httpRequest)));
		} catch (error) {
			place.giveBack();
			throw scrubError(error, secrets);
		}
	};
	return await withRetries(attempt, {
		maxRetries: how.maxRetries,
		waitBeforeRetry: (outcome) => waitBeforeNextTry(provider, outcome),
		pause: runtime.pause,
		signal,
		onRetry: how.onRetry,
	});
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
	tokenSource.drop(credentialKey(provider, credentials), tokenKey(options, route), token);
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
	route: object,
): boolean {
	return tokenSource.dropOutdated(credentialKey(provider, credentials), tokenKey({}, route), token);
}

/** Takes the secrets out of the texts of one of our errors, and returns it; others are left as they are. */
export function scrubError(error: unknown, secrets: string[]): unknown {
	if (error instanceof ProviderError) error.cleanTexts((text) => scrub(text, secrets));
	return error;
}

function waitBeforeNextTry(
	provider: Provider,
	outcome: Outcome<unknown>,
): number | 'back-off' | null {
	if (!('error' in outcome)) return null;
	const { error } = outcome;
	if (error instanceof VendorError && error.isTransient) return error.retryAfterMs ?? 'back-off';
	if (error instanceof NetworkError && error.isTransient) {
		return error.wasNotSent || !provider.locksAccounts ? 'back-off' : null;
	}
	return null;
}
