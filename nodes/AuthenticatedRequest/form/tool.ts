import type { INodeProperties } from 'n8n-workflow';

import { onlyFor, type Vendors } from './vendors';

type Shown = Record<string, Array<boolean | string>>;

const asTool = (show: Shown = {}) => ({ show: { '@tool': [true], ...show } });

const json = { optimizeResponse: [true], responseType: ['json'] };

const html = { optimizeResponse: [true], responseType: ['html'] };

const text = { optimizeResponse: [true], responseType: ['text', 'html'] };

/**
 * What a model is told of the tool, unless the owner says it better; n8n gives a tool one of its own that names all
 * vendors. One field a vendor, so that a model with two tools can tell them apart.
 */
export const toolDescriptions = (vendors: Vendors): INodeProperties[] =>
	vendors.flatMap(({ type, displayName }) =>
		onlyFor(vendors, (vendor) => vendor.type === type, {
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: `Makes one HTTP call to ${displayName}, with the login of this tool, and gives its response`,
			required: true,
			typeOptions: { rows: 2 },
			displayOptions: asTool(),
			description:
				'Explain to the model what this tool does: which call it makes, and what the response holds',
		}),
	);

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
			{ name: 'HTML', value: 'html', description: 'Elements of an HTML page' },
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
		displayName: 'Selector (CSS)',
		name: 'cssSelector',
		type: 'string',
		default: 'body',
		placeholder: 'e.g. article, .result, #summary',
		displayOptions: asTool(html),
		description: 'Which elements of the page are passed on, each with what is inside it',
	},
	{
		displayName: 'Return Only Content',
		name: 'onlyContent',
		type: 'boolean',
		default: false,
		displayOptions: asTool(html),
		description: 'Whether to pass on the text of the elements, without tags and attributes',
		hint: 'Uses fewer tokens and may be easier for the model to understand',
	},
	{
		displayName: 'Elements To Omit',
		name: 'elementsToOmit',
		type: 'string',
		default: '',
		placeholder: 'e.g. nav, .advertisement, #footer',
		displayOptions: asTool({ ...html, onlyContent: [true] }),
		description: 'Comma-separated list of selectors of what is left out of the text',
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
