import {
	assertTokenMayGo,
	getAccessToken,
	NetworkError,
	placeFor,
	readRetryAfter,
	sendVia,
	withRetries,
	type Outcome,
	type Place,
	type Send,
} from '../../../providers';
import { authorizeSpec } from './authorizeSpec';
import { exchange } from './exchange';
import type { StreamedResponse } from '../response/streamedResponse';
import { takeIn } from '../response/takeIn';
import { withRefusal } from '../response/vendorRefusal';
import type { RequestContext } from './requestContext';
import type { RequestSpec } from './requestSpec';

/** Too many requests, or a fault of the server. */
const BUSY_STATUSES = [429, 500, 502, 503, 504];

/** RFC 9110, section 9.2.2: to send one again repeats nothing. */
export const IDEMPOTENT_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PROPFIND', 'REPORT'];

/** What a request carries; an empty token where it needs none. */
interface Carried {
	token: string;
	extra: Record<string, string>;
}

const OWN_PROXY =
	'The token request was not sent by way of the "Proxy" of the node: where it needs one, set "Proxy" in the credential.';

const NO_TOKEN: Carried = { token: '', extra: {} };

/** What one attempt came to. */
export interface AuthorizedResponse {
	/** What the call carried; empty for a signed one. */
	token: string;
	response: StreamedResponse;
}

/**
 * Sends a call with a token, and again while the service is busy or the connection breaks, as far as
 * that repeats nothing. Each attempt has a token, a nonce and a timestamp of its own.
 */
export async function sendAuthorized(
	request: RequestContext,
	spec: RequestSpec,
): Promise<AuthorizedResponse> {
	const { options, provider, signal } = request;
	const { runtime } = request.engine;
	const mayRepeat = IDEMPOTENT_METHODS.includes(spec.method) || options.retryNonIdempotent;
	assertTokenMayGo(provider, request.credentials, spec.uri);
	// A call that cannot be authorized is found out before a token is fetched for it.
	authorizeSpec(request, spec, '');

	const place = placeFor(request.engine, provider, request.credentials, {
		perMinute: options.requestsPerMinute,
		onWait: request.onWait,
	});
	let isTokenFetched = false;
	const attempt = async (): Promise<AuthorizedResponse> => {
		isTokenFetched = false;
		try {
			const { token, extra } = provider.needsToken ? await tokenFor(request, place) : NO_TOKEN;
			isTokenFetched = true;
			const send = async () =>
				await exchange(request.context, authorizeSpec(request, spec, token, extra), options, {
					timer: runtime.timer,
					stop: signal,
				});
			const response = await place.use(send, signal);
			return { token, response: await received(request, await withRefusal(request, response)) };
		} finally {
			place.giveBack();
		}
	};
	try {
		return await withRetries(attempt, {
			maxRetries: options.maxRetries,
			waitBeforeRetry: (outcome) =>
				isTokenFetched ? waitBeforeNextTry(outcome, mayRepeat, runtime.now()) : null,
			pause: runtime.pause,
			signal,
			onRetry: (outcome) => {
				if ('value' in outcome) outcome.value.response.body.discard();
				request.onRetry();
			},
		});
	} finally {
		place.leave();
	}
}

/** Takes a response in that is no refusal, so that one that breaks off is a try like any other. */
async function received(
	{ context, options }: RequestContext,
	response: StreamedResponse,
): Promise<StreamedResponse> {
	const isSuccess = response.statusCode >= 200 && response.statusCode < 300;
	if (options.neverError || (isSuccess && response.refusal === undefined)) {
		await takeIn(context, response, options);
	}
	return response;
}

/** A token that was got with another client certificate must not turn up in calls that did not ask for that. */
export function tokenRoute({ options: { certificates } }: RequestContext): object {
	return { certificates };
}

/** How the token request is sent: as the credential says, whatever the node says of its calls. */
function tokenRequestVia({ context, credentials, options }: RequestContext): Send {
	const { allowUnauthorizedCerts, proxy } = credentials;
	const { certificates } = options;
	const send = sendVia(context.helpers.httpRequest, {
		allowUnauthorizedCerts,
		proxy,
		certificates,
	});
	if (options.proxy === undefined || proxy !== undefined) return send;
	return async (...sent) =>
		await send(...sent).catch((error: unknown) => {
			throw error instanceof NetworkError ? error.withAdvice(OWN_PROXY) : error;
		});
}

async function tokenFor(request: RequestContext, place: Place): Promise<Carried> {
	const { engine, context, provider, credentials, options, signal } = request;
	const { token, extra = {} } = await getAccessToken(engine, provider, credentials, {
		use: request.tokenUse,
		run: context,
		options: {},
		route: tokenRoute(request),
		send: tokenRequestVia(request),
		timeout: options.timeout,
		maxRetries: options.maxRetries,
		place,
		businessRequestFollows: true,
		signal,
		onRetry: request.onRetry,
	});
	for (const secret of [token, ...Object.values(extra)]) request.secrets.add(secret);
	return { token, extra };
}

function waitBeforeNextTry(
	outcome: Outcome<AuthorizedResponse>,
	mayRepeat: boolean,
	now: number,
): number | 'back-off' | null {
	if ('error' in outcome) {
		const { error } = outcome;
		const mayTry = error instanceof NetworkError && error.isTransient;
		return mayTry && (error.wasNotSent || mayRepeat) ? 'back-off' : null;
	}
	const { response } = outcome.value;
	const isBusy =
		BUSY_STATUSES.includes(response.statusCode) || response.refusal?.isTransient === true;
	if (!isBusy || !mayRepeat) return null;
	return readRetryAfter(response.headers, now) ?? 'back-off';
}
