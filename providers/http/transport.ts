import { VendorError } from '../kit/errors';
import type { HttpRequest, HttpResponse } from '../kit/provider';
import { Deadline } from './deadline';
import { exchange, type Connection, type HttpHelpers } from './exchange';
import { isOfProxy, proxyWantsLogin } from './proxyFault';

/**
 * Sends a request to the vendor itself, until `signal` is aborted.
 * @throws {NetworkError} when no response comes
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** Bytes, decompressed: no token response is longer. */
export const LONGEST_TOKEN_RESPONSE = 1024 * 1024;

/** A {@link Send} over n8n's helper. It follows no redirects: they would carry the secret along. */
export function sendVia(helpers: HttpHelpers, connection: Connection = {}): Send {
	return async ({ method, url, headers, body }, signal) => {
		const spec = {
			method,
			uri: url,
			qs: {},
			headers: { Accept: 'application/json', ...headers },
			raw: body,
		};
		const response = await exchange(
			helpers,
			spec,
			{ ...connection, isTokenRequest: true },
			Deadline.following(signal),
		);
		const { statusCode: status } = response;
		const bytes = await response.body.onlyStart(LONGEST_TOKEN_RESPONSE);
		if (isOfProxy(status, response.headers)) throw proxyWantsLogin(status);
		if (bytes.length > LONGEST_TOKEN_RESPONSE) throw tooLong(url, status);
		return { status, headers: response.headers, body: new TextDecoder().decode(bytes) };
	};
}

function tooLong(url: string, status: number): VendorError {
	const { host } = new URL(url);
	return new VendorError(`The response of ${host} to the token request is longer than 1 MB`, {
		httpStatus: status,
		vendorCode: String(status),
		isForeign: true,
		description:
			'Its rest was not read. Check the Base URL of the credential: no token endpoint responds like that.',
	});
}
