import { dropAccessToken, scrubbed, VendorError } from '../../../providers';
import { routeOf, sendAuthorized, type CallContext } from './attempts';
import { discard, type StreamedResponse } from './exchange';
import { followingCall, redirectTarget } from './redirect';
import type { RequestSpec } from './requestSpec';

/**
 * Makes one call with a token and returns the answer, whatever its status. A token that the vendor
 * refuses is renewed once; busy services and broken connections are tried again as far as that repeats
 * nothing; redirects are followed within the origin, each hop with a token like any other call.
 * @throws {ProviderError} scrubbed of every secret
 */
export async function callWithToken(
	call: CallContext,
	spec: RequestSpec,
): Promise<StreamedResponse> {
	const { options } = call;
	try {
		let next = spec;
		for (let hops = 0; ; hops += 1) {
			const response = await callAndRenew(call, next);
			const target = redirectTarget(response.statusCode, response.headers, response.url);
			if (target === null || options.maxRedirects === 0) return response;
			const mayFollow = target.origin === new URL(next.uri).origin && hops < options.maxRedirects;
			if (!mayFollow && options.neverError) return response;
			discard(response);
			if (!mayFollow) throw endOfRedirects(response, target, options.maxRedirects);
			next = followingCall(next, response.statusCode, target);
		}
	} catch (error) {
		throw scrubbed(error, [...call.secrets]);
	}
}

function endOfRedirects(
	response: StreamedResponse,
	target: URL,
	maxRedirects: number,
): VendorError {
	const vendorCode = String(response.statusCode);
	if (target.origin === new URL(response.url).origin) {
		return new VendorError(`The service redirected more than ${maxRedirects} times`, {
			vendorCode,
			httpStatus: response.statusCode,
			description: 'Check the URL, or raise "Max Redirects".',
		});
	}
	return new VendorError(`The service redirects to ${target.origin}, where the token must not go`, {
		vendorCode,
		httpStatus: response.statusCode,
		description:
			'Redirects are followed within the same origin only. To get the target, switch on "Never Error" and "Include Response Headers and Status", and call the address in the header "location" without the token.',
	});
}

async function callAndRenew(call: CallContext, spec: RequestSpec): Promise<StreamedResponse> {
	const first = await sendAuthorized(call, spec);
	if (!(await isTokenRefused(call, first.response))) return first.response;
	dropAccessToken(call.provider, call.credentials, {}, first.token, routeOf(call));
	discard(first.response);
	call.onRetry();
	const second = await sendAuthorized(call, spec);
	if (await isTokenRefused(call, second.response)) {
		dropAccessToken(call.provider, call.credentials, {}, second.token, routeOf(call));
	}
	return second.response;
}

async function isTokenRefused(call: CallContext, response: StreamedResponse): Promise<boolean> {
	if (call.options.signRequest) return false;
	return response.statusCode === 401 || (await call.isExpired(response));
}
