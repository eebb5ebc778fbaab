import type { INodeProperties } from 'n8n-workflow';

type Shown = Record<string, Array<boolean | string>>;

const asTool = (show: Shown = {}) => ({ show: { '@tool': [true], ...show } });

const json = { optimizeResponse: [true], responseType: ['json'] };

const text = { optimizeResponse: [true], responseType: ['text'] };

/** Shown when the node is the tool of an AI agent: what the model gets to see. */
export const toolProperties: INodeProperties[] = [
	{
		displayName: 'Optimize Response',
		name: 'optimizeResponse',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		displayOptions: asTool(),
		description: 'Whether to reduce the data that is passed to the model',
	},
	{
		displayName: 'Expected Response Type',
		name: 'responseType',
		type: 'options',
		displayOptions: asTool({ optimizeResponse: [true] }),
		options: [
			{ name: 'JSON', value: 'json' },
			{ name: 'Text', value: 'text', description: 'Also the text of an HTML page' },
		],
		default: 'json',
	},
	{
		displayName: 'Field Containing Data',
		name: 'dataField',
		type: 'string',
		default: '',
		placeholder: 'e.g. records',
		displayOptions: asTool(json),
		description: 'The field of the response that contains the data',
		hint: 'Leave blank to use the whole response',
	},
	{
		displayName: 'Include Fields',
		name: 'fieldsToInclude',
		type: 'options',
		displayOptions: asTool(json),
		options: [
			{ name: 'All', value: 'all', description: 'Include all fields' },
			{ name: 'Selected', value: 'selected', description: 'Include only fields specified below' },
			{ name: 'Except', value: 'except', description: 'Exclude fields specified below' },
		],
		default: 'all',
		description: 'What fields the response object should include',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		default: '',
		placeholder: 'e.g. field1,field2.inner',
		displayOptions: asTool({ ...json, fieldsToInclude: ['selected', 'except'] }),
		description: 'Comma-separated list of the field names. Supports dot notation.',
	},
	{
		displayName: 'Truncate Response',
		name: 'truncateResponse',
		type: 'boolean',
		default: false,
		displayOptions: asTool(text),
		description: 'Whether to cut the text to a length',
	},
	{
		displayName: 'Max Response Characters',
		name: 'maxLength',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		displayOptions: asTool({ ...text, truncateResponse: [true] }),
		description: 'How many characters the model gets at most',
	},
];
