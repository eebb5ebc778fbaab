import {
	DEFAULT_MAX_RETRIES,
	readProxy,
	type CallOptions,
	type Credentials,
	type Provider,
} from '../../../providers';
import { readNumber } from '../../shared/readNumber';
import { nameOf, textOf } from './text';
import { readChoice, readSwitch } from '../../shared/choices';
import type { NodeParameters } from './nodeParameters';

const RESPONSE_FORMATS = ['autodetect', 'file', 'json', 'text'] as const;

const ARRAY_FORMATS = ['brackets', 'indices', 'repeat'] as const;

const CALLS = ['server', 'interface'] as const;

/** As what a response is read. */
export type ResponseFormat = (typeof RESPONSE_FORMATS)[number];

/** What holds for one item of the parameter `options`: names and nesting are those of the HTTP Request node. */
interface StoredOptions {
	allowUnauthorizedCerts?: unknown;
	failOnVendorErrorCode?: unknown;
	largeNumbersAsText?: unknown;
	lowercaseHeaders?: unknown;
	maxRetries?: unknown;
	proxy?: unknown;
	queryParameterArrays?: unknown;
	redirect?: { redirect?: { followRedirects?: unknown; maxRedirects?: unknown } };
	requestsPerMinute?: unknown;
	response?: {
		response?: {
			fullResponse?: unknown;
			neverError?: unknown;
			responseFormat?: unknown;
			outputPropertyName?: unknown;
		};
	};
	retryNonIdempotent?: unknown;
	sessionToken?: string;
	signRequest?: unknown;
	timeout?: unknown;
	uuid?: string;
	verifyResponse?: unknown;
}

/** The options of one item's call, defaults filled in. */
export interface RequestOptions extends CallOptions {
	/** Whether numbers of a response that JavaScript would round are given as text. */
	largeNumbersAsText: boolean;
	lowercaseHeaders: boolean;
	/** What is asked of a call that is signed; `null`: it carries a token. */
	signed: { uuid?: string; sessionToken?: string; verifyResponse?: boolean } | null;
	fullResponse: boolean;
	responseFormat: ResponseFormat;
	outputPropertyName: string;
}

const DEFAULT_MAX_REDIRECTS = 21;

/** The options of one item's call. @throws {InputError} */
export function readRequestOptions(
	{ get }: NodeParameters,
	{ signing, limits }: Provider,
	credentials: Credentials,
	certificates?: CallOptions['certificates'],
): RequestOptions {
	const options = get<StoredOptions>('options', {});
	const response = options.response?.response ?? {};
	const redirect = options.redirect?.redirect;
	const follows =
		options.redirect === undefined ||
		readSwitch(redirect?.followRedirects, 'Follow Redirects', false);
	const neverError = readSwitch(response.neverError, 'Never Error', false);
	const isSigned =
		readChoice(get<unknown>('callTo', ''), 'Call', CALLS, 'server') === 'interface' ||
		readSwitch(options.signRequest, 'Sign Request', false);
	return {
		allowUnauthorizedCerts:
			readSwitch(options.allowUnauthorizedCerts, 'Ignore SSL Issues (Insecure)', false) ||
			credentials.allowUnauthorizedCerts === true,
		certificates,
		arrayFormat: readChoice(
			options.queryParameterArrays,
			'Array Format in Query Parameters',
			ARRAY_FORMATS,
			undefined,
		),
		failOnVendorErrorCode: readSwitch(
			options.failOnVendorErrorCode,
			'Fail on Vendor Error Code',
			true,
		),
		largeNumbersAsText: readSwitch(options.largeNumbersAsText, 'Large Numbers as Text', false),
		lowercaseHeaders: readSwitch(options.lowercaseHeaders, 'Lowercase Headers', true),
		maxRedirects: follows
			? readNumber(redirect?.maxRedirects, 'Max Redirects', DEFAULT_MAX_REDIRECTS)
			: 0,
		maxRetries: readNumber(options.maxRetries, 'Max Retries', DEFAULT_MAX_RETRIES),
		neverError,
		proxy: readProxy(textOf(options.proxy, '"Proxy"'), '"Proxy"') || credentials.proxy,
		requestsPerMinute: Math.ceil(
			readNumber(options.requestsPerMinute, 'Requests per Minute', limits.requestsPerMinute),
		),
		retryNonIdempotent: readSwitch(options.retryNonIdempotent, 'Retry POST and PATCH', false),
		signed: signing !== undefined && isSigned ? signedOptions(options) : null,
		timeout: readNumber(options.timeout, 'Timeout (Ms)', 0) || undefined,
		fullResponse: readSwitch(response.fullResponse, 'Include Response Headers and Status', false),
		responseFormat: readChoice(
			response.responseFormat,
			'Response Format',
			RESPONSE_FORMATS,
			'autodetect',
		),
		outputPropertyName: nameOf(response.outputPropertyName, '"Put Output in Field"') || 'data',
	};
}

function signedOptions({ uuid, sessionToken, verifyResponse }: StoredOptions) {
	return {
		uuid,
		sessionToken,
		verifyResponse: readSwitch(verifyResponse, 'Verify Response', false),
	};
}

/** The options that hold for the whole run; read at the first item. @throws {InputError} */
export function readRunOptions({ get }: NodeParameters) {
	const option = (path: string) => get<unknown>(`options.${path}`, null);
	const size = readNumber(option('batching.batch.batchSize'), 'Items per Batch', 50, -1);
	const interval = readNumber(option('batching.batch.batchInterval'), 'Batch Interval (Ms)', 0);
	const wanted = readNumber(option('concurrency'), 'Concurrency', NaN);
	return {
		/** `null`: as many as the service takes. */
		concurrency: Number.isNaN(wanted) ? null : Math.max(1, Math.floor(wanted)),
		credentialPerItem: readSwitch(option('credentialPerItem'), 'Credential for Each Item', false),
		/** Milliseconds after the start of the run before which an item must not begin. */
		delayOf: (itemIndex: number) =>
			size >= 0 && interval > 0 ? Math.floor(itemIndex / Math.max(1, size)) * interval : 0,
	};
}
