import type { INodeProperties } from 'n8n-workflow';

import { jsonField, nameField, namedValues, specifyBy, valueField } from './namedValues';
import { textFor, type Vendors } from './vendors';

const sent = (contentType: string, more: Record<string, string[]> = {}) => ({
	show: { sendBody: [true], contentType: [contentType], ...more },
});

const multipartFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'parameterType',
		type: 'options',
		options: [
			{ name: 'N8n Binary File', value: 'formBinaryData' },
			{ name: 'Form Data', value: 'formData' },
		],
		default: 'formData',
	},
	nameField,
	{ ...valueField, displayOptions: { show: { parameterType: ['formData'] } } },
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		displayOptions: { show: { parameterType: ['formBinaryData'] } },
		default: '',
		description: 'The name of the incoming field containing the binary file data to be processed',
	},
];

export const bodyProperties = (vendors: Vendors): INodeProperties[] => [
	{
		displayName: 'Send Body',
		name: 'sendBody',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description: 'Whether the request has a body or not',
	},
	{
		displayName: 'Body Content Type',
		name: 'contentType',
		type: 'options',
		displayOptions: { show: { sendBody: [true] } },
		options: [
			{ name: 'Form URL Encoded', value: 'form-urlencoded' },
			{ name: 'Form-Data', value: 'multipart-form-data' },
			{ name: 'JSON', value: 'json' },
			{ name: 'N8n Binary File', value: 'binaryData' },
			{ name: 'Raw', value: 'raw' },
		],
		default: 'json',
		description: textFor(
			vendors,
			'Content-Type to use to send body parameters. Agent Auth takes JSON only.',
			'Content-Type to use to send body parameters',
		),
	},
	specifyBy('specifyBody', 'Specify Body', sent('json')),
	namedValues(
		'bodyParameters',
		'Body Parameters',
		'Body Field',
		sent('json', { specifyBody: ['keypair'] }),
	),
	jsonField('jsonBody', sent('json', { specifyBody: ['json'] })),
	namedValues('bodyParameters', 'Body', 'Body Field', sent('multipart-form-data'), multipartFields),
	specifyBy('specifyBody', 'Specify Body', sent('form-urlencoded'), {
		name: 'Using Single Field',
		value: 'string',
	}),
	namedValues(
		'bodyParameters',
		'Body Fields',
		'Field',
		sent('form-urlencoded', { specifyBody: ['keypair'] }),
	),
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		displayOptions: sent('form-urlencoded', { specifyBody: ['string'] }),
		default: '',
		placeholder: 'e.g. field1=value1&field2=value2',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		displayOptions: sent('binaryData'),
		default: '',
		description: 'The name of the incoming field containing the binary file data to be processed',
	},
	{
		displayName: 'Content Type',
		name: 'rawContentType',
		type: 'string',
		displayOptions: sent('raw'),
		default: '',
		placeholder: 'e.g. text/html',
	},
	{ displayName: 'Body', name: 'body', type: 'string', displayOptions: sent('raw'), default: '' },
];
