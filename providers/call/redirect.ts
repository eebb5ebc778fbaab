import { VendorError } from '../kit/errors';
import type { RequestSpec } from '../http/requestSpec';

/** Headers that describe a body, and so go when it goes. */
const BODY_HEADERS = /^content-/i;

/** Where a response redirects to, as an absolute URL; `null` when it does not. */
export function redirectTarget(
	statusCode: number,
	headers: Record<string, unknown>,
	from: string,
): URL | null {
	const { location } = headers;
	if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string') return null;
	return URL.canParse(location, from) ? new URL(location, from) : null;
}

/** What a user can do about a redirect that was not followed because it was not to be, or cannot be. */
export function redirectHint(
	statusCode: number,
	headers: Record<string, unknown>,
	from: string,
): string | null {
	if (![300, 301, 302, 303, 305, 307, 308].includes(statusCode)) return null;
	const target = redirectTarget(statusCode, headers, from);
	return target === null
		? 'It is a redirect that names no address to go to.'
		: `It redirects to ${target.origin === 'null' ? target.protocol : target.origin}. Switch on "Follow Redirects", or call the address in the header "location".`;
}

/** Why a redirect was not followed that leads to where the call has been, with the same method. */
export function redirectsInCircle(statusCode: number): VendorError {
	return new VendorError('The service redirects in a circle', {
		vendorCode: String(statusCode),
		httpStatus: statusCode,
		said: [],
		description:
			'A redirect leads to an address that this call has been to, by the same method. Check the URL, or ask the person who runs the service.',
	});
}

/** For a caller that is not to learn of other hosts. */
const ELSEWHERE = 'The service redirects to another address, which this tool does not call.';

/** Why a redirect was not followed, and what a user can do. */
export function endOfRedirects(
	statusCode: number,
	from: string,
	target: URL,
	maxRedirects: number,
): VendorError {
	const details = { vendorCode: String(statusCode), httpStatus: statusCode };
	if (target.origin === new URL(from).origin) {
		return new VendorError(`The service redirected more than ${maxRedirects} times`, {
			...details,
			description: 'Check the URL, or raise "Max Redirects".',
		});
	}
	if (!/^https?:$/.test(target.protocol)) {
		return new VendorError(
			`The service redirects to an address that cannot be called (${target.protocol})`,
			{
				...details,
				forCaller: ELSEWHERE,
				description: 'Ask the person who runs the service, or call the final address itself.',
			},
		);
	}
	return new VendorError(`The service redirects to ${target.origin}, where the token must not go`, {
		...details,
		forCaller: ELSEWHERE,
		description:
			'Redirects are followed within the same origin only. To get the target, switch on "Never Error" and "Include Response Headers and Status", and call the address in the header "location" without the token.',
	});
}

/**
 * The call that follows a redirect, as browsers do it: 303 always becomes `GET`, 301 and 302 make a
 * `POST` one, and with the method the body goes too.
 */
export function redirectedRequest(spec: RequestSpec, statusCode: number, target: URL): RequestSpec {
	const becomesGet =
		(statusCode === 303 && spec.method !== 'HEAD') || (statusCode < 303 && spec.method === 'POST');
	const next: RequestSpec = { ...spec, uri: target.href, qs: {} };
	if (!becomesGet) return next;
	return {
		method: 'GET',
		uri: next.uri,
		qs: {},
		headers: Object.fromEntries(
			Object.entries(spec.headers).filter(([name]) => !BODY_HEADERS.test(name)),
		),
	};
}
