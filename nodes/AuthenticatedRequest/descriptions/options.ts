import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAX_RETRIES } from '../../../providers';
import { DEFAULT_CONCURRENCY } from '../../shared/runItems';
import { paginationOption } from './pagination';
import { signingOptions } from './signing';

/** An option that holds a group of its own, as `name: { inner: { … } }`. */
function group(name: string, displayName: string, inner: string, values: INodeProperties[]) {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: false },
		placeholder: `Add ${displayName}`,
		default: { [inner]: {} },
		options: [{ displayName, name: inner, values }],
	} satisfies INodeProperties;
}

/** The options of the HTTP Request node, by the same names and nesting. */
const httpRequestOptions: INodeProperties[] = [
	group('batching', 'Batching', 'batch', [
		{
			displayName: 'Items per Batch',
			name: 'batchSize',
			type: 'number',
			typeOptions: { minValue: -1 },
			default: 50,
			description:
				'Input will be split in batches to throttle requests. -1 for disabled. 0 will be treated as 1.',
		},
		{
			displayName: 'Batch Interval (Ms)',
			name: 'batchInterval',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1000,
			description: 'Time (in milliseconds) between each batch of requests. 0 for disabled.',
		},
	]),
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether to connect even if SSL certificate validation is not possible',
		hint: 'For the call alone: the token request obeys the switch of that name in the credential',
	},
	{
		displayName: 'Array Format in Query Parameters',
		name: 'queryParameterArrays',
		type: 'options',
		displayOptions: { show: { '/sendQuery': [true] } },
		options: [
			{ name: 'No Brackets', value: 'repeat', description: 'Repeats the name: foo=bar&foo=qux' },
			{
				name: 'Brackets Only',
				value: 'brackets',
				description: 'Marks the name: foo[]=bar&foo[]=qux',
			},
			{
				name: 'Brackets with Indices',
				value: 'indices',
				description: 'Numbers the name: foo[0]=bar&foo[1]=qux',
			},
		],
		default: 'brackets',
	},
	{
		displayName: 'Lowercase Headers',
		name: 'lowercaseHeaders',
		type: 'boolean',
		default: true,
		description: 'Whether to lowercase header names',
	},
	group('redirect', 'Redirects', 'redirect', [
		{
			displayName: 'Follow Redirects',
			name: 'followRedirects',
			type: 'boolean',
			default: true,
			noDataExpression: true,
			description: 'Whether to follow redirects. The token only goes to the origin of the call.',
		},
		{
			displayName: 'Max Redirects',
			name: 'maxRedirects',
			type: 'number',
			displayOptions: { show: { followRedirects: [true] } },
			default: 21,
			description: 'Max number of redirects to follow',
		},
	]),
	group('response', 'Response', 'response', [
		{
			displayName: 'Include Response Headers and Status',
			name: 'fullResponse',
			type: 'boolean',
			default: false,
			description:
				'Whether to return the full response (headers and response status code) data instead of only the body',
		},
		{
			displayName: 'Never Error',
			name: 'neverError',
			type: 'boolean',
			default: false,
			description: 'Whether to succeed also when the status code is not 2xx',
		},
		{
			displayName: 'Response Format',
			name: 'responseFormat',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Autodetect', value: 'autodetect' },
				{ name: 'File', value: 'file' },
				{ name: 'JSON', value: 'json' },
				{ name: 'Text', value: 'text' },
			],
			default: 'autodetect',
			description: 'The format in which the data gets returned from the URL',
		},
		{
			displayName: 'Put Output in Field',
			name: 'outputPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			displayOptions: { show: { responseFormat: ['file', 'text', 'autodetect'] } },
			description:
				'Name of the field that gets the text, or of the binary field that gets the file',
		},
	]),
	paginationOption,
	{
		displayName: 'Proxy',
		name: 'proxy',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://myproxy:3128',
		description:
			'HTTP proxy to use for the call, in place of that of the credential. Token requests use that of the credential alone.',
	},
	{
		displayName: 'Timeout (Ms)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10000,
		description:
			'Time that one call may take until its answer is there, headers and body. Without this option 5 minutes, and an hour for a file.',
	},
	{
		displayName: 'Enable WebDAV Methods',
		name: 'webdavMethods',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the WebDAV request methods PROPFIND, MKCOL, MOVE, COPY and REPORT to the Method list',
	},
];

/** What a call with a token needs beyond them. */
const tokenOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_CONCURRENCY,
		description: 'How many items are under way at once. The output keeps the order of the input.',
	},
	{
		displayName: 'Credential for Each Item',
		name: 'credentialPerItem',
		type: 'boolean',
		default: false,
		description:
			'Whether to read the credential anew for each item, so that a change takes effect in the middle of a run. Expressions in it are resolved for each item in any case.',
	},
	{
		displayName: 'Fail on Vendor Error Code',
		name: 'failOnVendorErrorCode',
		type: 'boolean',
		default: true,
		description:
			'Whether a call fails when the vendor\'s own code says so though the status is 200: "status" 0 of Maxus, "code" other than 0 of Agent Auth, "ret" other than 200 or "err_code" other than 0 of a signed YesApi call. A token that is no longer good is renewed once. Without this option: on, but off in nodes of version 1. "Never Error" wins.',
	},
	{
		displayName: 'Large Numbers as Text',
		name: 'largeNumbersAsText',
		type: 'boolean',
		default: false,
		description:
			'Whether numbers of a JSON response that would lose digits are given as text, e.g. the ID 12345678901234567890',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_MAX_RETRIES,
		description:
			'How often a call may be sent again when the service is busy or the connection breaks. A token that was refused is renewed once besides.',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 600,
		description:
			'How many calls may be made in any 60 seconds with this credential, by all executions together and token requests included. 0 for no limit. Without this option: 600 for Maxus, no limit for the others.',
	},
	{
		displayName: 'Retry POST and PATCH',
		name: 'retryNonIdempotent',
		type: 'boolean',
		default: false,
		description:
			'Whether a POST or PATCH may be sent again after status 429 or 5xx or a broken connection, although it may have been executed already',
	},
	...signingOptions,
	{
		displayName: 'Token Expired When',
		name: 'expiredWhen',
		type: 'string',
		displayOptions: { hide: { signRequest: [true] } },
		default: '',
		placeholder: 'e.g. {{ $response.body.code === 401 }}',
		description:
			'An expression that is true of a response that means "token expired" although its status is 200. The token is renewed and the call made once more.',
		hint: 'Use expression mode and $response.body, $response.headers or $response.statusCode',
	},
];

export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...tokenOptions, ...httpRequestOptions],
};
