import type { INodeProperties } from 'n8n-workflow';

import { CURL, CUSTOM, namedRows, shownFor } from './shown';

const TEMPLATES = 'Values may hold {{username}}, {{password}} and the names of further values.';

/** How the token is requested. */
export const tokenRequestProperties: INodeProperties[] = shownFor(
	{ ...CUSTOM, jwt: ['none', 'value'] },
	{
		displayName: 'Change the Token Request',
		name: 'changeRequest',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		hint: 'Off: a POST with {"username": "…", "password": "…"} as JSON',
		description:
			'Whether the token request differs from a POST with username and password as JSON: {"username": "…", "password": "…"}',
	},
	...shownFor(
		{ changeRequest: [true] },
		{
			displayName: 'Method',
			name: 'requestMethod',
			type: 'options',
			noDataExpression: true,
			options: ['GET', 'POST', 'PUT'].map((name) => ({ name, value: name })),
			default: 'POST',
		},
		...shownFor(
			{ requestMethod: ['POST', 'PUT'] },
			{
				displayName: 'Body',
				name: 'bodyType',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Form URL Encoded', value: 'form' },
					{ name: 'JSON', value: 'json' },
					{ name: 'None', value: 'none' },
					{ name: 'Raw', value: 'raw' },
				],
				default: 'json',
			},
			{
				displayName: 'JSON Body',
				name: 'jsonBody',
				type: 'string',
				typeOptions: { rows: 4 },
				noDataExpression: true,
				displayOptions: { show: { bodyType: ['json'] } },
				default: '{\n  "username": "{{username}}",\n  "password": "{{password}}"\n}',
				hint: 'Templates stand in quotes. A password with a quote in it stays one value.',
			},
			{
				...namedRows('Form Fields', 'formFields', TEMPLATES),
				displayOptions: { show: { bodyType: ['form'] } },
			},
			{
				displayName: 'Raw Body',
				name: 'rawBody',
				type: 'string',
				typeOptions: { rows: 4 },
				noDataExpression: true,
				displayOptions: { show: { bodyType: ['raw'] } },
				default: '',
				hint: TEMPLATES,
			},
			{
				displayName: 'Content Type',
				name: 'rawContentType',
				type: 'string',
				noDataExpression: true,
				displayOptions: { show: { bodyType: ['raw'] } },
				default: 'text/plain',
				placeholder: 'e.g. application/xml',
			},
		),
		namedRows('Query Parameters', 'queryParameters', TEMPLATES),
		namedRows('Headers', 'headerParameters', TEMPLATES),
		{
			displayName: 'Basic Auth',
			name: 'basicAuth',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			hint: 'The header "Authorization: Basic …" with username and password',
			description: 'Whether the token request carries username and password as Basic Auth',
		},
		{
			displayName: 'Form-Encode Basic Auth',
			name: 'basicAuthFormEncoded',
			type: 'boolean',
			noDataExpression: true,
			displayOptions: { show: { basicAuth: [true] } },
			default: false,
			hint: 'For OAuth2 servers whose client secrets have characters such as + or %',
			description:
				'Whether username and password are form-encoded first, as servers of OAuth2 want it (RFC 6749)',
		},
	),
);

const PLACES = [
	{ name: 'Cookie', value: 'cookie' },
	{ name: 'Form Field', value: 'form' },
	{ name: 'Header', value: 'header' },
	{ name: 'JSON Body', value: 'json' },
	{ name: 'XML Element', value: 'xml' },
];

/** Where the token of a login stands that a pasted command makes. */
export const foundProperties: INodeProperties[] = shownFor(CURL, {
	displayName: 'Token Is At',
	name: 'valuePath',
	type: 'string',
	noDataExpression: true,
	default: '',
	placeholder: 'e.g. data.access_token',
	hint: 'Only where the Test says that several values look like the token: the path in the JSON of the response',
});

/** Where the token, and what comes with it, stand in the response. */
export const tokenResponseProperties: INodeProperties[] = shownFor(
	{ ...CUSTOM, jwt: ['none', 'value'] },
	{
		displayName: 'Token Is In',
		name: 'valueFrom',
		type: 'options',
		noDataExpression: true,
		options: [...PLACES, { name: 'Whole Body', value: 'body', description: 'Also a JSON string' }],
		default: 'json',
		hint: 'The part of the response that has the token',
	},
	{
		displayName: 'Token Is At',
		name: 'valuePath',
		type: 'string',
		noDataExpression: true,
		displayOptions: { show: { valueFrom: ['cookie', 'form', 'header', 'json', 'xml'] } },
		default: 'token',
		placeholder: 'e.g. data.access_token',
		hint: 'The path in the JSON such as data.items[0].token, or the name of the cookie, header or XML element (element@attribute). Empty: the one value that looks like a token. Where nothing stands there, the login counts as refused.',
	},
	{
		displayName: 'Extra Values',
		name: 'extraValues',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Extra Value',
		default: {},
		description: 'What comes with the token and has to be sent along, e.g. a CSRF token',
		options: [
			{
				displayName: 'Extra Values',
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						noDataExpression: true,
						default: '',
						placeholder: 'e.g. csrf',
						description: 'The name by which it is sent: {{csrf}}',
					},
					{
						displayName: 'Is In',
						name: 'from',
						type: 'options',
						noDataExpression: true,
						options: [{ name: 'Claim of the Token', value: 'claim' }, ...PLACES],
						default: 'json',
					},
					{
						displayName: 'Is At',
						name: 'path',
						type: 'string',
						noDataExpression: true,
						default: '',
						placeholder: 'e.g. data.csrf',
					},
				],
			},
		],
	},
);
