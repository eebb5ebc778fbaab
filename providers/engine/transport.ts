import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { VendorError } from '../kit/errors';
import type { HttpRequest, HttpResponse } from '../kit/provider';
import { OfferedCertificates, type Certificates } from './certificates';
import { explainNetworkFault } from './networkFault';
import { proxyWantsLogin } from './proxyFault';

/** n8n's request helper: axios with the proxy, SSRF protection and allowed domains of the instance. */
export type HttpHelper = IHttpRequestHelper['helpers']['httpRequest'];

/** Sends a token request, within so many milliseconds. @throws {NetworkError} when no response comes */
export type Send = (
	request: HttpRequest,
	timeout: number,
	signal: AbortSignal,
) => Promise<HttpResponse>;

export interface SendOptions {
	allowUnauthorizedCerts?: boolean;
	certificates?: Certificates;
	/** Its address. */
	proxy?: string;
}

/** Bytes, decompressed: no token response is longer. */
const LONGEST_RESPONSE = 1024 * 1024;

/** Options of n8n's helper for a response as it comes: whatever its status, its body as a stream. */
export const AS_IT_COMES = {
	encoding: 'stream',
	disableFollowRedirect: true,
	ignoreHttpStatusErrors: true,
	returnFullResponse: true,
} as const;

/** A {@link Send} over n8n's helper. It follows no redirects: they would carry the secret along. */
export function sendVia(httpRequest: HttpHelper, options: SendOptions = {}): Send {
	return async ({ method, url, headers, body }, timeout, abortSignal) => {
		const certificates = new OfferedCertificates(options.certificates);
		const explain = (error: unknown, isResponding: boolean) =>
			explainNetworkFault(error, url, {
				proxy: options.proxy,
				isResponding,
				isTokenRequest: true,
				lacksCertificates: certificates.areLeftOut,
			});
		const sent = httpRequest({
			...AS_IT_COMES,
			method,
			url,
			headers: { Accept: 'application/json', ...headers },
			body,
			timeout,
			skipSslCertificateValidation: options.allowUnauthorizedCerts,
			get agentOptions() {
				return certificates.read();
			},
			// The type asks for an object; the helper takes the address, as the HTTP Request node gives it.
			proxy: options.proxy as unknown as IHttpRequestOptions['proxy'],
			abortSignal,
		});
		const { bytes, ...response } = await startOfResponse(sent, explain, abortSignal);
		if (response.status === 407) throw proxyWantsLogin();
		if (bytes.length > LONGEST_RESPONSE) throw tooLong(url, response.status);
		return { ...response, body: new TextDecoder().decode(bytes) };
	};
}

/**
 * A response of n8n's helper, and as much of its body as a token response may have.
 * @throws what `explain` makes of a fault, before the response or within it
 */
export async function startOfResponse(
	sent: ReturnType<HttpHelper>,
	explain: (error: unknown, isResponding: boolean) => Error,
	signal: AbortSignal,
): Promise<Pick<HttpResponse, 'status' | 'headers'> & { bytes: Buffer }> {
	const response = await sent.catch((error: unknown) => {
		throw explain(error, false);
	});
	const bytes = await startOf(response.body, signal).catch((error: unknown) => {
		throw explain(error, true);
	});
	return { status: response.statusCode, headers: response.headers, bytes };
}

/** A body as it comes over the wire. */
type Body = AsyncIterable<Uint8Array> & { destroy(): void };

/** The whole body, or as much of it as shows that it is too long. */
async function startOf(body: Body, signal: AbortSignal): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	const stop = () => body.destroy();
	signal.addEventListener('abort', stop, { once: true });
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > LONGEST_RESPONSE) break;
		}
		return Buffer.concat(chunks);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

function tooLong(url: string, status: number): VendorError {
	const { host } = new URL(url);
	return new VendorError(`The answer of ${host} to the token request is longer than 1 MB`, {
		httpStatus: status,
		vendorCode: String(status),
		isForeign: true,
		description:
			'Its rest was not read. Check the Base URL of the credential: no token endpoint answers like that.',
	});
}
