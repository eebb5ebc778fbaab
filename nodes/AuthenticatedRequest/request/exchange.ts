import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { explainNetworkFault, type VendorError } from '../../../providers';
import { encodeForm } from './formEncoding';
import { MultipartBody } from './multipartBody';
import type { RequestOptions } from '../parameters/readOptions';
import type { Readable, RequestSpec } from './requestSpec';

/** What the HTTP Request node waits. */
const DEFAULT_TIMEOUT_MS = 300_000;

/** An answer whose body is still to be read; a server that sends nothing gives an empty one. */
export interface StreamedResponse {
	/** Where it came from. */
	url: string;
	statusCode: number;
	statusMessage?: string;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	body: Buffer | Readable;
	/** What the vendor's own code says, where the body was looked at and says no. */
	refusal?: VendorError;
}

/**
 * Frees the connection of an answer that nobody will read. axios wraps the connection in a stream that
 * passes its end on only once reading has begun.
 */
export function discard({ body }: StreamedResponse): void {
	if (Buffer.isBuffer(body)) return;
	body.read(0);
	body.destroy();
}

/**
 * Sends one request, without following redirects, and returns whatever the server answers.
 * @throws {NetworkError} when no answer comes
 */
export async function exchange(
	context: IExecuteFunctions,
	spec: RequestSpec,
	options: RequestOptions,
	signal: AbortSignal | undefined,
): Promise<StreamedResponse> {
	const request: IHttpRequestOptions = {
		method: spec.method,
		url: spec.uri,
		qs: spec.qs,
		arrayFormat: options.arrayFormat,
		headers: spec.headers,
		body: (await openBody(spec)) as IHttpRequestOptions['body'],
		timeout: options.timeout ?? DEFAULT_TIMEOUT_MS,
		skipSslCertificateValidation: options.allowUnauthorizedCerts,
		agentOptions: options.certificates,
		proxy: options.proxy,
		encoding: 'stream',
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		abortSignal: signal,
	};
	try {
		const response =
			spec.method === 'GET' && request.body !== undefined
				? await sendGetWithBody(context, request, options)
				: ((await context.helpers.httpRequest(request)) as IN8nHttpFullResponse);
		return { ...response, url: spec.uri, body: response.body as Readable };
	} catch (error) {
		throw explainNetworkFault(error, spec.uri, { proxy: options.proxy });
	}
}

async function openBody({ body, form, formData, raw }: RequestSpec) {
	if (body !== undefined) return typeof body === 'string' ? body : JSON.stringify(body);
	if (form !== undefined) return encodeForm(form);
	if (formData !== undefined) return new MultipartBody(formData);
	if (typeof raw === 'string') return raw;
	return await raw?.open();
}

/** n8n's newer helper drops the body of a GET request; the older one, which cannot be stopped, sends it. */
async function sendGetWithBody(
	{ helpers }: IExecuteFunctions,
	request: IHttpRequestOptions,
	{ arrayFormat }: RequestOptions,
): Promise<IN8nHttpFullResponse> {
	return await helpers.request({
		method: request.method,
		uri: request.url,
		qs: request.qs,
		qsStringifyOptions: arrayFormat && { arrayFormat },
		headers: request.headers,
		body: request.body,
		timeout: request.timeout,
		rejectUnauthorized: request.skipSslCertificateValidation !== true,
		agentOptions: request.agentOptions,
		proxy: request.proxy,
		json: false,
		useStream: true,
		followRedirect: false,
		simple: false,
		resolveWithFullResponse: true,
	});
}
