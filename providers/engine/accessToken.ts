import { createHash } from 'node:crypto';

import { systemEnvironment } from './environment';
import { NetworkError, ProviderError, VendorError } from '../kit/errors';
import type {
	AccessToken,
	Credentials,
	HttpRequest,
	HttpResponse,
	Provider,
} from '../kit/provider';
import { RateLimit } from './rateLimit';
import { withRetries, type Outcome } from './retry';
import { scrub } from '../kit/scrub';
import { TokenSource, type TokenUse } from './tokenSource';
import type { Send } from './transport';

/** One for the whole process: nodes and credentials share tokens, refusals and limits. */
const tokenSource = new TokenSource(systemEnvironment.now);

/** Calls made with each credential, token requests included. */
export const rateLimit = new RateLimit(systemEnvironment.now);

/** How calls to the vendor itself are made. */
export interface VendorCall {
	send: Send;
	maxRetries: number;
	/** Waits for room under the rate limit. */
	beforeRequest: () => Promise<void>;
	signal?: AbortSignal;
	onRetry?: () => void;
}

/** How a token is got: from memory if that is allowed, else by a call. */
export interface TokenCall extends VendorCall {
	use: TokenUse;
	/** What is asked of the token; each vendor has its own. */
	options: object;
	/** How the vendor is reached, where the call itself says so: its tokens serve no other route. */
	route?: object;
}

/** A request to the vendor itself, and how its answer is read. */
export interface VendorExchange<T> {
	request: () => HttpRequest;
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
	provider: Provider,
	credentials: Credentials,
	call: TokenCall,
): Promise<AccessToken> {
	const { options } = call;
	const logIn = async () =>
		await callVendor(provider, call, {
			request: () => provider.tokenRequest(credentials, options, systemEnvironment),
			read: (response) =>
				provider.readTokenResponse(credentials, options, response, systemEnvironment),
			secrets: provider.secretsOf(credentials, options),
		});
	return await tokenSource.get(
		credentialKey(provider, credentials),
		tokenKey(options, call.route),
		call.use,
		logIn,
	);
}

/**
 * One call to the vendor itself, made again while the vendor is busy or cannot be reached.
 * @throws {ProviderError} scrubbed of every secret
 */
export async function callVendor<T>(
	provider: Provider,
	call: VendorCall,
	{ request, read, secrets }: VendorExchange<T>,
): Promise<T> {
	const attempt = async () => {
		const httpRequest = request();
		await call.beforeRequest();
		try {
			return await read(await call.send(httpRequest));
		} catch (error) {
			throw scrubbed(error, secrets);
		}
	};
	return await withRetries(attempt, {
		maxRetries: call.maxRetries,
		waitBeforeRetry: (outcome) => waitBeforeNextTry(provider, outcome),
		signal: call.signal,
		onRetry: call.onRetry,
	});
}

/** Forgets a token that the vendor refused. */
export function dropAccessToken(
	provider: Provider,
	credentials: Credentials,
	options: object,
	token: string,
	route?: object,
): void {
	tokenSource.drop(credentialKey(provider, credentials), tokenKey(options, route), token);
}

/** The error without secrets in its texts; whatever is not ours is passed on as it is. */
export function scrubbed(error: unknown, secrets: string[]): unknown {
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
