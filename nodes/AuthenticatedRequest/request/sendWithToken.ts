import {
	dropAccessToken,
	dropOutdatedToken,
	scrubError,
	type TokenState,
} from '../../../providers';
import { tokenRoute, sendAuthorized, type AuthorizedResponse } from './sendAuthorized';
import type { StreamedResponse } from '../response/streamedResponse';
import { endOfRedirects, redirectedRequest, redirectTarget } from './redirect';
import type { RequestContext } from './requestContext';
import type { RequestSpec } from './requestSpec';

/**
 * Makes one call with a token and returns the response, whatever its status. A token that the vendor
 * refuses is renewed once; busy services and broken connections are tried again as far as that repeats
 * nothing; redirects are followed within the origin, each hop with a token like any other call.
 * @throws {ProviderError} scrubbed of every secret
 */
export async function sendWithToken(
	request: RequestContext,
	spec: RequestSpec,
): Promise<StreamedResponse> {
	const { options } = request;
	try {
		let next = spec;
		for (let hops = 0; ; hops += 1) {
			const response = await sendAndRenew(request, next);
			const target = redirectTarget(response.statusCode, response.headers, response.url);
			if (target === null || options.maxRedirects === 0) return response;
			const mayFollow = target.origin === new URL(next.uri).origin && hops < options.maxRedirects;
			if (!mayFollow && options.neverError) return response;
			response.body.discard();
			if (!mayFollow) {
				throw endOfRedirects(response.statusCode, response.url, target, options.maxRedirects);
			}
			next = redirectedRequest(next, response.statusCode, target);
		}
	} catch (error) {
		throw scrubError(error, [...request.secrets]);
	}
}

async function sendAndRenew(request: RequestContext, spec: RequestSpec): Promise<StreamedResponse> {
	const first = await sendAuthorized(request, spec);
	if (!(await isRenewed(request, first))) return first.response;
	first.response.body.discard();
	request.onRetry();
	const second = await sendAuthorized(request, spec);
	if ((await stateOfToken(request, second.response)) === 'refused') drop(request, second.token);
	return second.response;
}

/** Whether the token of a call was given up, so that the next try has another one. */
async function isRenewed(
	request: RequestContext,
	{ token, response }: AuthorizedResponse,
): Promise<boolean> {
	const state = await stateOfToken(request, response);
	if (state === 'refused') {
		drop(request, token);
		return true;
	}
	if (state !== 'outdated' || request.tokenUse !== 'reuse') return false;
	const { engine, provider, credentials } = request;
	return dropOutdatedToken(engine, provider, credentials, token, tokenRoute(request));
}

function drop(request: RequestContext, token: string): void {
	const { engine, provider, credentials } = request;
	dropAccessToken(engine, provider, credentials, {}, token, tokenRoute(request));
}

async function stateOfToken(
	request: RequestContext,
	response: StreamedResponse,
): Promise<TokenState> {
	if (!request.provider.needsToken) return null;
	const { refusal, statusCode } = response;
	if (refusal === undefined ? statusCode === 401 : refusal.tokenState === 'refused') {
		return 'refused';
	}
	return (await request.isExpired(response)) ? 'refused' : (refusal?.tokenState ?? null);
}
