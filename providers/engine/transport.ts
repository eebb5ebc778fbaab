import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { explainNetworkFault } from './networkFault';
import { proxyWantsLogin } from './proxyFault';
import type { HttpRequest, HttpResponse } from '../kit/provider';

/** n8n's request helper: axios with the proxy, SSRF protection and allowed domains of the instance. */
export type HttpHelper = IHttpRequestHelper['helpers']['httpRequest'];

/** Sends a token request, within so many milliseconds. @throws {NetworkError} when no answer comes */
export type Send = (
	request: HttpRequest,
	timeout: number,
	signal: AbortSignal,
) => Promise<HttpResponse>;

/** What a server is checked against, and what is shown to it. */
export type Certificates = IHttpRequestOptions['agentOptions'];

export interface SendOptions {
	allowUnauthorizedCerts?: boolean;
	certificates?: Certificates;
	proxy?: IHttpRequestOptions['proxy'];
}

/** A {@link Send} over n8n's helper. It follows no redirects: they would carry the secret along. */
export function sendVia(httpRequest: HttpHelper, options: SendOptions = {}): Send {
	return async ({ method, url, headers, body }, timeout, abortSignal) => {
		const sent = httpRequest({
			method,
			url,
			headers: { Accept: 'application/json', ...headers },
			body,
			encoding: 'text',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			timeout,
			skipSslCertificateValidation: options.allowUnauthorizedCerts,
			agentOptions: options.certificates,
			proxy: options.proxy,
			abortSignal,
		});
		const response = await sent.catch((error: unknown) => {
			throw explainNetworkFault(error, url, { proxy: options.proxy });
		});
		if (response.statusCode === 407) throw proxyWantsLogin();
		return {
			status: response.statusCode,
			headers: response.headers,
			body: typeof response.body === 'string' ? response.body : '',
		};
	};
}
