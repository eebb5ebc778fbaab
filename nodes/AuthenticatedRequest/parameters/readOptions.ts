import type { IExecuteFunctions } from 'n8n-workflow';

import {
	DEFAULT_MAX_RETRIES,
	readProxy,
	type Certificates,
	type Credentials,
	type Provider,
} from '../../../providers';
import { readNumber } from '../../shared/readNumber';
import { DEFAULT_CONCURRENCY } from '../../shared/runItems';
import { textOf } from '../values/text';

/** As what a response is read. */
export type ResponseFormat = 'autodetect' | 'file' | 'json' | 'text';

/** The parameter `options` as it is stored: names and nesting are those of the HTTP Request node. */
interface StoredOptions {
	allowUnauthorizedCerts?: boolean;
	batching?: { batch?: { batchSize?: number; batchInterval?: number } };
	concurrency?: number;
	credentialPerItem?: boolean;
	failOnVendorErrorCode?: boolean;
	largeNumbersAsText?: boolean;
	lowercaseHeaders?: boolean;
	maxRetries?: number;
	proxy?: unknown;
	queryParameterArrays?: 'brackets' | 'indices' | 'repeat';
	redirect?: { redirect?: { followRedirects?: boolean; maxRedirects?: number } };
	requestsPerMinute?: number;
	response?: {
		response?: {
			fullResponse?: boolean;
			neverError?: boolean;
			responseFormat?: ResponseFormat;
			outputPropertyName?: string;
		};
	};
	retryNonIdempotent?: boolean;
	sessionToken?: string;
	signRequest?: boolean;
	timeout?: number;
	uuid?: string;
	verifyResponse?: boolean;
}

/** The options of one item's call, defaults filled in. */
export interface RequestOptions {
	allowUnauthorizedCerts: boolean;
	certificates: Certificates | undefined;
	arrayFormat: 'brackets' | 'indices' | 'repeat' | undefined;
	/** Whether a call that the vendor's own code refuses fails, though the HTTP status is a success. */
	failOnVendorErrorCode: boolean;
	/** Whether numbers of a response that JavaScript would round are given as text. */
	largeNumbersAsText: boolean;
	lowercaseHeaders: boolean;
	maxRedirects: number;
	maxRetries: number;
	neverError: boolean;
	/** Its address. */
	proxy: string | undefined;
	requestsPerMinute: number;
	retryNonIdempotent: boolean;
	/** What is asked of a call that is signed; `null`: it carries a token. */
	signed: { uuid?: string; sessionToken?: string; verifyResponse?: boolean } | null;
	/** Milliseconds; `undefined`: the default of each kind of request. */
	timeout: number | undefined;
	fullResponse: boolean;
	responseFormat: ResponseFormat;
	outputPropertyName: string;
}

const DEFAULT_MAX_REDIRECTS = 21;

/** Nodes that were saved before go on as they did. */
const FAILS_SINCE_VERSION = 1.1;

function stored(context: IExecuteFunctions, itemIndex: number): StoredOptions {
	return context.getNodeParameter('options', itemIndex, {}) as StoredOptions;
}

/** The options of one item's call. @throws {InputError} */
export function readRequestOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	{ signing, requestsPerMinute: vendorLimit }: Provider,
	credentials: Credentials,
	certificates?: Certificates,
): RequestOptions {
	const options = stored(context, itemIndex);
	const response = options.response?.response ?? {};
	const redirect = options.redirect?.redirect;
	const follows = options.redirect === undefined || redirect?.followRedirects === true;
	return {
		allowUnauthorizedCerts:
			options.allowUnauthorizedCerts === true || credentials.allowUnauthorizedCerts === true,
		certificates,
		arrayFormat: options.queryParameterArrays,
		failOnVendorErrorCode:
			response.neverError !== true &&
			(options.failOnVendorErrorCode ?? context.getNode().typeVersion >= FAILS_SINCE_VERSION),
		largeNumbersAsText: options.largeNumbersAsText ?? false,
		lowercaseHeaders: options.lowercaseHeaders ?? true,
		maxRedirects: follows ? (redirect?.maxRedirects ?? DEFAULT_MAX_REDIRECTS) : 0,
		maxRetries: readNumber(options.maxRetries, 'Max Retries', DEFAULT_MAX_RETRIES),
		neverError: response.neverError ?? false,
		proxy: readProxy(textOf(options.proxy, '"Proxy"'), '"Proxy"') || credentials.proxy,
		requestsPerMinute: Math.ceil(
			readNumber(options.requestsPerMinute, 'Requests per Minute', vendorLimit),
		),
		retryNonIdempotent: options.retryNonIdempotent ?? false,
		signed: signing !== undefined && options.signRequest === true ? signedOptions(options) : null,
		timeout: readNumber(options.timeout, 'Timeout (Ms)', 0) || undefined,
		fullResponse: response.fullResponse ?? false,
		responseFormat: response.responseFormat ?? 'autodetect',
		outputPropertyName: response.outputPropertyName || 'data',
	};
}

function signedOptions({ uuid, sessionToken, verifyResponse }: StoredOptions) {
	return { uuid, sessionToken, verifyResponse };
}

/** The options that hold for the whole run; read at the first item. */
export function readRunOptions(context: IExecuteFunctions) {
	const { batching, concurrency, credentialPerItem } = stored(context, 0);
	const { batchSize = 50, batchInterval = 0 } = batching?.batch ?? {};
	const wanted = Math.floor(Number(concurrency ?? DEFAULT_CONCURRENCY));
	return {
		// With NaN as the number of workers no item would be worked on.
		concurrency: Number.isNaN(wanted) ? DEFAULT_CONCURRENCY : Math.max(1, wanted),
		credentialPerItem: credentialPerItem ?? false,
		/** Milliseconds after the start of the run before which an item must not begin. */
		delayOf: (itemIndex: number) =>
			batchSize < 0 || batchInterval <= 0
				? 0
				: Math.floor(itemIndex / Math.max(1, batchSize)) * batchInterval,
	};
}
