import { VendorError } from './errors';
import { isWebPage, parsedJson, parseObject } from './json';
import type { HttpResponse } from './provider';
import { BUSY_STATUSES, readRetryAfter } from './retryPolicy';

/** What a {@link VendorError} says about a response whatever its body: code, and whether to try again. */
export function statusDetails(response: HttpResponse, now: number) {
	return {
		httpStatus: response.status,
		vendorCode: String(response.status),
		isTransient: BUSY_STATUSES.includes(response.status),
		retryAfterMs: readRetryAfter(response.headers, now),
	};
}

/**
 * The JSON object of a token response.
 * @throws {VendorError} when the response is a redirect or no JSON object.
 */
export function readJsonObject(
	vendor: string,
	response: HttpResponse,
	now: number,
): Record<string, unknown> {
	const details = statusDetails(response, now);
	if (response.status >= 300 && response.status < 400) {
		throw new VendorError(`${vendor} responded to the token request with a redirect`, {
			...details,
			isForeign: true,
			description:
				'A token request follows no redirects, since they would carry the secret along. Set the Base URL of the credential to the final address.',
		});
	}
	const parsed = parseObject(response.body);
	if (parsed === null) throw foreignResponse(vendor, response, now);
	return parsed;
}

/**
 * {@link readJsonObject}, but an empty object where the status alone says what happened and the body is no
 * JSON. Not so for a web page under a status of 4xx, which another server may have sent.
 */
export function readObjectOrStatus(
	vendor: string,
	response: HttpResponse,
	tellingStatuses: number[],
	now: number,
): Record<string, unknown> {
	const { status, body } = response;
	const isTelling = tellingStatuses.includes(status) && (status >= 500 || !isWebPage(body));
	return isTelling && !wantsTls(response)
		? (parseObject(body) ?? {})
		: readJsonObject(vendor, response, now);
}

/** Visible ASCII: a header loses other characters, or the vendor reads others. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The token that stands in a response. @param advice what the user can do when there is none
 * @throws {VendorError}
 */
export function readTokenText(
	vendor: string,
	token: unknown,
	response: HttpResponse,
	now: number,
	advice: string,
): string {
	if (typeof token === 'string' && TOKEN.test(token)) return token;
	const isMissing = typeof token !== 'string' || token.trim() === '';
	const what = isMissing ? 'no token' : 'a token with characters that no header can carry';
	throw new VendorError(`${vendor} reported success but sent ${what}`, {
		...statusDetails(response, now),
		description: advice,
	});
}

/** What Go, nginx, Apache and Tomcat say to a request over `http` at a port that speaks TLS. */
const PLAIN_HTTP =
	/HTTP request (was sent )?to (an )?HTTPS|plain HTTP to an SSL-enabled|host and port requires TLS/i;

/** Whether a server says that it wants `https`. */
export function wantsTls({ status, body }: HttpResponse): boolean {
	return status === 400 && PLAIN_HTTP.test(body);
}

/** What came from something else than the vendor, or says nothing by itself. @param now Unix milliseconds */
export function foreignResponse(vendor: string, response: HttpResponse, now: number): VendorError {
	const details = { ...statusDetails(response, now), isForeign: true };
	if (wantsTls(response)) {
		return new VendorError(`This port of ${vendor} speaks HTTPS, and was called over HTTP`, {
			...details,
			description: 'Write https:// in place of http:// in the Base URL of the credential.',
		});
	}
	if (response.status === 404) {
		return new VendorError(`There is no ${vendor} token endpoint at this base URL (HTTP 404)`, {
			...details,
			description: 'Check the Base URL of the credential.',
		});
	}
	if (response.status >= 500) {
		return new VendorError(`${vendor} is not available at the moment (HTTP ${response.status})`, {
			...details,
			description: 'Try again later.',
		});
	}
	return new VendorError(
		`${vendor} responded to the token request with ${kindOf(response.body)} (HTTP ${response.status})`,
		{
			...details,
			description:
				'Check the Base URL of the credential. A proxy, a firewall or a login page between n8n and the service may have responded instead.',
		},
	);
}

function kindOf(body: string): string {
	if (body.trim() === '') return 'an empty page instead of JSON';
	if (isWebPage(body)) return 'a web page instead of JSON';
	return parsedJson(body) === undefined ? 'plain text instead of JSON' : 'JSON of another form';
}
