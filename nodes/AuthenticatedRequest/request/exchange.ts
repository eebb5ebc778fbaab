import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import {
	AS_IT_COMES,
	CanceledError,
	explainNetworkFault,
	explainTimeout,
	OfferedCertificates,
	type Runtime,
} from '../../../providers';
import { ResponseBody } from './responseBody';
import { withQuery } from './formEncoding';
import { openBody } from './openBody';
import type { RequestOptions } from '../parameters/readOptions';
import type { StreamedResponse } from '../response/streamedResponse';
import type { Readable, RequestSpec } from './requestSpec';
import { TimeLimit } from './timeLimit';

/** What the HTTP Request node waits for a response to begin; here also for its end. */
const DEFAULT_TIMEOUT_MS = 300_000;

/**
 * Sends one request, without following redirects, and returns whatever the server answers. The time limit
 * holds until the body is taken in or discarded.
 * @throws {NetworkError} when no response comes
 */
export async function exchange(
	context: IExecuteFunctions,
	spec: RequestSpec,
	options: RequestOptions,
	{ timer, stop }: { timer: Runtime['timer']; stop?: AbortSignal },
): Promise<StreamedResponse> {
	const limit = new TimeLimit(timer, options.timeout ?? DEFAULT_TIMEOUT_MS, stop);
	const { uri: url } = spec;
	const { proxy } = options;
	const certificates = new OfferedCertificates(options.certificates);
	const receive = ({ body, ...head }: IN8nHttpFullResponse): StreamedResponse => {
		const { statusCode, statusMessage, headers } = head;
		const status = `HTTP ${statusCode} ${statusMessage ?? ''}`.trim();
		return {
			url,
			statusCode,
			statusMessage,
			headers,
			body: new ResponseBody(body as Readable, limit, { url, proxy, status }),
		};
	};
	try {
		const sent = send(context, spec, { ...options, certificates }, limit);
		return receive(await limit.race(sent, (late) => receive(late).body.discard()));
	} catch (error) {
		limit.end();
		if (limit.isOver) throw explainTimeout(url, limit.ms);
		const route = { proxy, lacksCertificates: certificates.areLeftOut };
		throw limit.signal.aborted ? new CanceledError() : explainNetworkFault(error, url, route);
	}
}

async function send(
	context: IExecuteFunctions,
	spec: RequestSpec,
	options: Omit<RequestOptions, 'certificates'> & { certificates: OfferedCertificates },
	{ ms, signal }: TimeLimit,
): Promise<IN8nHttpFullResponse> {
	const request: IHttpRequestOptions = {
		...AS_IT_COMES,
		method: spec.method,
		url: withQuery(spec.uri, spec.qs, options.arrayFormat),
		headers: spec.headers,
		body: (await openBody(spec)) as IHttpRequestOptions['body'],
		// The signal ends the call. axios would know nothing of the body.
		timeout: 0,
		skipSslCertificateValidation: options.allowUnauthorizedCerts,
		get agentOptions() {
			return options.certificates.read();
		},
		// The type asks for an object; the helper takes the address, as the HTTP Request node gives it.
		proxy: options.proxy as unknown as IHttpRequestOptions['proxy'],
		abortSignal: signal,
	};
	return spec.method === 'GET' && request.body !== undefined
		? await sendGetWithBody(context, request, ms)
		: ((await context.helpers.httpRequest(request)) as IN8nHttpFullResponse);
}

/** n8n's newer helper drops the body of a GET request; the older one, which cannot be stopped, sends it. */
async function sendGetWithBody(
	{ helpers }: IExecuteFunctions,
	request: IHttpRequestOptions,
	ms: number,
): Promise<IN8nHttpFullResponse> {
	return await helpers.request({
		method: request.method,
		uri: request.url,
		headers: withoutFormMarks(request.headers),
		body: request.body,
		// Frees the connection soon after the time limit has ended the call.
		timeout: ms + 1000,
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

/** The older helper makes a form anew of any body under a type it knows, which it does in lower case only. */
function withoutFormMarks(headers: IDataObject = {}): IDataObject {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			name.toLowerCase() === 'content-type'
				? String(value).replace(/^multipart/, 'Multipart')
				: value,
		]),
	);
}
