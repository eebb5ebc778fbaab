import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAX_RETRIES } from '../../../providers';
import { paginationOption } from './pagination';
import { signingOptions } from './signing';
import { textFor, type Vendors } from './vendors';

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
			hint: 'For workflows from HTTP Request. New ones use Requests per Minute, or no limit at all.',
			description:
				'How many items are sent before the pause. New workflows rarely need batches: the node itself finds out how many calls at once the service takes. -1 for no batches.',
		},
		{
			displayName: 'Batch Interval (Ms)',
			name: 'batchInterval',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1000,
			description: 'Pause between batches, in milliseconds, for example 1000. 0 for no pause.',
		},
	]),
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether to connect even if SSL certificate validation is not possible',
		hint: 'For the call only. The login follows the switch of the same name in the credential.',
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
			description:
				'Whether to follow redirects within the same origin. The token never goes to another one.',
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
			'HTTP proxy for the call, instead of the one in the credential. Logins only use the one in the credential.',
	},
	{
		displayName: 'Timeout (Ms)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10000,
		description:
			'How long one call may take until its whole response is there. Without this option: 5 minutes, and an hour for a file.',
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
const tokenOptions = (vendors: Vendors): INodeProperties[] => [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 20,
		hint: 'Without this option, the node finds out how many calls at once the service takes',
		description:
			'How many items are in progress at the same time. Set it if you know how many the service allows. For a limit over time, use Requests per Minute. The output keeps the order of the input.',
	},
	{
		displayName: 'Credential for Each Item',
		name: 'credentialPerItem',
		type: 'boolean',
		default: false,
		description:
			'Whether to read the credential again for each item, so that a change takes effect in the middle of a run. Expressions in it are resolved for each item in any case.',
	},
	{
		displayName: 'Fail on Vendor Error Code',
		name: 'failOnVendorErrorCode',
		type: 'boolean',
		default: true,
		description: textFor(
			vendors,
			'Whether a call fails when the vendor refuses it with status 200 and a code of its own. Maxus: "status" is 0. Agent Auth: "code" is not 0. A signed YesApi call: "ret" is not 200, or "err_code" is not 0. Without this option it is on. "Never Error" takes precedence.',
			'Whether a call fails when the service refuses it with status 200 and a code of its own. An expired token is renewed once. "Never Error" takes precedence.',
		),
	},
	{
		displayName: 'Large Numbers as Text',
		name: 'largeNumbersAsText',
		type: 'boolean',
		default: false,
		description:
			'Whether to return numbers of a JSON response that would lose digits as text, e.g. the ID 12345678901234567890',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_MAX_RETRIES,
		description:
			'How often a call is retried when the service is busy or the connection breaks. In addition, a refused token is renewed once.',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 600,
		hint: 'How many calls over time. For a limit at once, use Concurrency.',
		description: textFor(
			vendors,
			'How many calls may start in any 60 seconds with this credential, by all executions together, logins included. Set it if the service counts calls over time. 0 for no limit. Without this option: 600 for Maxus, no limit for the others.',
			`How many calls may start in any 60 seconds with this credential, by all executions together, logins included. Set it if the service counts calls over time. 0 for no limit. Without this option: ${vendors[0]?.limits.requestsPerMinute || 'no limit'}.`,
		),
	},
	{
		displayName: 'Retry POST and PATCH',
		name: 'retryNonIdempotent',
		type: 'boolean',
		default: false,
		description:
			'Whether a POST or PATCH may be retried after status 5xx or a broken connection, although it may have been carried out already',
	},
	...signingOptions(vendors),
	{
		displayName: 'Token Expired When',
		name: 'expiredWhen',
		type: 'string',
		displayOptions: { hide: { signRequest: [true] } },
		default: '',
		placeholder: 'e.g. {{ $response.body.code === 401 }}',
		description:
			'An expression that is true for a response with status 200 that means "token expired". The token is then renewed and the call repeated once.',
		hint: 'Switch to Expression, and use $response.body, $response.headers or $response.statusCode',
	},
];

/** What most people look for comes first; the others follow as they stand here. */
const FIRST = [
	'response',
	'pagination',
	'timeout',
	'concurrency',
	'requestsPerMinute',
	'maxRetries',
	'retryNonIdempotent',
	'failOnVendorErrorCode',
	'expiredWhen',
	'batching',
];

function inOrder(options: INodeProperties[]): INodeProperties[] {
	const placeOf = ({ name }: INodeProperties) =>
		FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
	return [...options].sort((a, b) => placeOf(a) - placeOf(b));
}

export const optionsProperty = (vendors: Vendors): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: inOrder([...tokenOptions(vendors), ...httpRequestOptions]),
});
