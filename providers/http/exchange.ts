import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { CanceledError } from '../kit/errors';
import { OfferedCertificates, type Certificates } from './certificates';
import type { Deadline } from './deadline';
import { withQuery, type ArrayFormat } from './formEncoding';
import { explainNetworkFault, explainTimeout } from './networkFault';
import { openBody } from './requestBody';
import type { Readable, RequestSpec } from './requestSpec';
import type { Response } from './response';
import { ResponseBody } from './responseBody';

/**
 * n8n's request helpers: axios with the proxy, the SSRF protection and the allowed domains of the instance.
 * The hooks of a credential have the first one only.
 */
export type HttpHelpers = IHttpRequestHelper['helpers'] &
	Partial<Pick<IExecuteFunctions['helpers'], 'request'>>;

/** How a service is reached. */
export interface Connection {
	allowUnauthorizedCerts?: boolean;
	certificates?: Certificates;
	/** Its address. */
	proxy?: string;
}

export interface ExchangeOptions extends Connection {
	arrayFormat?: ArrayFormat;
	/** Whether it is a login, and no call of the user's own; for messages. */
	isTokenRequest?: boolean;
}

/** Options of n8n's helper for a response as it comes: whatever its status, its body as a stream. */
export const AS_IT_COMES = {
	encoding: 'stream',
	disableFollowRedirect: true,
	ignoreHttpStatusErrors: true,
	returnFullResponse: true,
} as const;

/**
 * Sends one request, without following redirects, and returns whatever the server responds. The deadline
 * holds until the body is consumed or discarded.
 * @throws {NetworkError} when no response comes
 */
export async function exchange(
	helpers: HttpHelpers,
	spec: RequestSpec,
	options: ExchangeOptions,
	deadline: Deadline,
): Promise<Response> {
	const { uri: url } = spec;
	const { proxy, isTokenRequest } = options;
	const certificates = new OfferedCertificates(options.certificates);
	const route = () => ({ proxy, isTokenRequest, lacksCertificates: certificates.areLeftOut });
	return await receive(
		send(helpers, spec, { ...options, certificates }, deadline),
		{ url, route },
		deadline,
	);
}

/** Where a request goes, for messages. */
interface Origin {
	url: string;
	route: () => Parameters<typeof explainNetworkFault>[2];
}

/** The response that n8n's helper gives to a request. @throws {NetworkError} when none comes */
export async function receive(
	sent: Promise<IN8nHttpFullResponse>,
	{ url, route }: Origin,
	deadline: Deadline,
): Promise<Response> {
	const read = ({ body, statusCode, statusMessage, headers }: IN8nHttpFullResponse): Response => {
		const status = `HTTP ${statusCode} ${statusMessage ?? ''}`.trim();
		return {
			url,
			statusCode,
			statusMessage,
			// axios has an object of its own, which JSON writes with the lines of a header joined.
			headers: { ...headers },
			body: new ResponseBody(body as Readable, deadline, { url, route, status }),
		};
	};
	try {
		return read(await deadline.race(sent, (late) => read(late).body.discard()));
	} catch (error) {
		deadline.end();
		if (deadline.isOver) throw explainTimeout(url, deadline.ms);
		throw deadline.signal.aborted ? new CanceledError() : explainNetworkFault(error, url, route());
	}
}

async function send(
	helpers: HttpHelpers,
	spec: RequestSpec,
	options: Omit<ExchangeOptions, 'certificates'> & { certificates: OfferedCertificates },
	{ ms, signal }: Deadline,
): Promise<IN8nHttpFullResponse> {
	const request: IHttpRequestOptions = {
		...AS_IT_COMES,
		method: spec.method,
		url: withQuery(spec.uri, spec.qs, options.arrayFormat),
		headers: spec.headers,
		body: (await openBody(spec)) as IHttpRequestOptions['body'],
		// The signal ends the request. axios would know nothing of the body.
		timeout: 0,
		skipSslCertificateValidation: options.allowUnauthorizedCerts,
		get agentOptions() {
			return options.certificates.read();
		},
		// The type asks for an object; the helper takes the address, as the HTTP Request node gives it.
		proxy: options.proxy as unknown as IHttpRequestOptions['proxy'],
		abortSignal: signal,
	};
	return spec.method === 'GET' && request.body !== undefined && helpers.request !== undefined
		? await sendGetWithBody(helpers.request, request, ms)
		: ((await helpers.httpRequest(request)) as IN8nHttpFullResponse);
}

/** n8n's newer helper drops the body of a GET request; the older one, which cannot be stopped, sends it. */
async function sendGetWithBody(
	send: NonNullable<HttpHelpers['request']>,
	request: IHttpRequestOptions,
	ms: number,
): Promise<IN8nHttpFullResponse> {
	return await send({
		method: request.method,
		uri: request.url,
		headers: withoutFormMarks(request.headers),
		body: request.body,
		// Frees the connection soon after the deadline has ended the call.
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
