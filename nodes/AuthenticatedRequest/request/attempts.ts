import type { IExecuteFunctions } from 'n8n-workflow';

import {
	assertTokenMayGo,
	credentialKey,
	getAccessToken,
	NetworkError,
	rateLimit,
	readRetryAfter,
	sendVia,
	systemEnvironment,
	withHeaders,
	withRetries,
	type Credentials,
	type Outcome,
	type Provider,
	type TokenUse,
	type YesApiCredentials,
} from '../../../providers';
import { discard, exchange, type StreamedResponse } from './exchange';
import type { CallOptions } from '../parameters/readOptions';
import type { RequestSpec } from './requestSpec';
import { signedCall } from './signedCall';

/** Whether an answer that says 200 means that the token has expired. */
export type ExpiryCheck = (response: StreamedResponse) => Promise<boolean>;

/** What all attempts and pages of one item's call share. */
export interface CallContext {
	context: IExecuteFunctions;
	provider: Provider;
	credentials: Credentials;
	tokenUse: TokenUse;
	options: CallOptions;
	signal: AbortSignal | undefined;
	/** What no message may show; the tokens of the call are added as they come. */
	secrets: Set<string>;
	isExpired: ExpiryCheck;
	onRetry: () => void;
	onWait: () => void;
}

/** Too many requests, or a fault of the server. */
const BUSY_STATUSES = [429, 500, 502, 503, 504];

const IDEMPOTENT_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PROPFIND', 'REPORT'];

/** What one attempt came to. */
export interface Answer {
	/** What the call carried; empty for a signed one. */
	token: string;
	response: StreamedResponse;
}

/**
 * Sends a call with a token, and again while the service is busy or the connection breaks, as far as
 * that repeats nothing. Each attempt has a token, a nonce and a timestamp of its own.
 */
export async function sendAuthorized(call: CallContext, spec: RequestSpec): Promise<Answer> {
	const { options, signal } = call;
	const mayRepeat = IDEMPOTENT_METHODS.includes(spec.method) || options.retryNonIdempotent;
	const needsToken = !options.signRequest;
	assertTokenMayGo(call.provider, call.credentials, spec.uri);
	// A call that cannot be authorized is found out before a token is fetched for it.
	authorize(call, spec, '');

	let isTokenFetched = false;
	const attempt = async (): Promise<Answer> => {
		isTokenFetched = false;
		const reservation = await rateLimit.reserve(
			credentialKey(call.provider, call.credentials),
			needsToken && call.tokenUse === 'fresh' ? 2 : 1,
			{ perMinute: options.requestsPerMinute, signal, onWait: call.onWait },
		);
		try {
			const token = needsToken ? await fetchToken(call, reservation.use) : '';
			isTokenFetched = true;
			const authorized = authorize(call, spec, token);
			await reservation.use();
			return { token, response: await exchange(call.context, authorized, options, signal) };
		} finally {
			reservation.release();
		}
	};
	return await withRetries(attempt, {
		maxRetries: options.maxRetries,
		waitBeforeRetry: (outcome) => (isTokenFetched ? waitBeforeNextTry(outcome, mayRepeat) : null),
		signal,
		onRetry: (outcome) => {
			if ('value' in outcome) discard(outcome.value.response);
			call.onRetry();
		},
	});
}

/**
 * A token that came from a server nobody verified, by way of another proxy, or for another client
 * certificate, must not turn up in calls that did not ask for that. What is not set is left out.
 */
export function routeOf({ options, credentials }: CallContext): object {
	const { allowUnauthorizedCerts, certificates, proxy } = options;
	const isUnverified = allowUnauthorizedCerts && credentials.allowUnauthorizedCerts !== true;
	return { certificates, proxy, isUnverified: isUnverified || undefined };
}

async function fetchToken(call: CallContext, beforeRequest: () => Promise<void>): Promise<string> {
	const { context, provider, credentials, options, signal } = call;
	const { token } = await getAccessToken(provider, credentials, {
		use: call.tokenUse,
		options: {},
		route: routeOf(call),
		send: sendVia(context.helpers.httpRequest, {
			allowUnauthorizedCerts: options.allowUnauthorizedCerts,
			certificates: options.certificates,
			proxy: options.proxy,
			timeout: options.timeout,
			signal,
		}),
		maxRetries: options.maxRetries,
		beforeRequest,
		signal,
		onRetry: call.onRetry,
	});
	call.secrets.add(token);
	return token;
}

function authorize(call: CallContext, spec: RequestSpec, token: string): RequestSpec {
	if (call.options.signRequest) return signedCall(call.credentials as YesApiCredentials, spec);
	const { headers, body } = call.provider.authorize(
		call.credentials,
		token,
		{ url: spec.uri, body: plainBody(spec) },
		systemEnvironment,
	);
	const authorized = { ...spec, headers: withHeaders(spec.headers, headers) };
	return body === undefined
		? authorized
		: { ...authorized, form: undefined, formData: undefined, raw: undefined, body };
}

/** What a vendor that encrypts bodies gets to see; it refuses whatever is not JSON. */
function plainBody({ body, form, formData, raw }: RequestSpec): unknown {
	// As a plain object, a form could not be told from JSON.
	return body ?? (form && new URLSearchParams()) ?? formData ?? raw;
}

function waitBeforeNextTry(
	outcome: Outcome<Answer>,
	mayRepeat: boolean,
): number | 'back-off' | null {
	if ('error' in outcome) {
		const { error } = outcome;
		const mayTry = error instanceof NetworkError && error.isTransient;
		return mayTry && (error.wasNotSent || mayRepeat) ? 'back-off' : null;
	}
	const { response } = outcome.value;
	const isBusy = BUSY_STATUSES.includes(response.statusCode);
	if (!isBusy || !mayRepeat) return null;
	return readRetryAfter(response.headers, systemEnvironment.now()) ?? 'back-off';
}
