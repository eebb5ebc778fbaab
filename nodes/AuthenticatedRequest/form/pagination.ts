import type { INodeProperties } from 'n8n-workflow';

import { nameField, valueField } from './namedValues';

const whenOn = { hide: { paginationMode: ['off'] } };

const changedParameter: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Body', value: 'body' },
			{ name: 'Header', value: 'headers' },
			{ name: 'Query', value: 'qs' },
		],
		default: 'qs',
		description: 'Where the parameter should be set',
	},
	{ ...nameField, placeholder: 'e.g. page' },
	{ ...valueField, hint: 'Use expression mode and $response to access response data' },
];

const values: INodeProperties[] = [
	{
		displayName: 'Pagination Mode',
		name: 'paginationMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Off', value: 'off' },
			{ name: 'Update a Parameter in Each Request', value: 'updateAParameterInEachRequest' },
			{ name: 'Response Contains Next URL', value: 'responseContainsNextURL' },
		],
		default: 'updateAParameterInEachRequest',
		description: 'If pagination should be used',
	},
	{
		displayName:
			'Use $response for the previous response (body, headers, statusCode), and $pageCount for the pages fetched so far. Every page gets a token like any other call.',
		name: 'paginationNotice',
		type: 'notice',
		displayOptions: whenOn,
		default: '',
	},
	{
		displayName: 'Next URL',
		name: 'nextURL',
		type: 'string',
		displayOptions: { show: { paginationMode: ['responseContainsNextURL'] } },
		default: '',
		description: 'Should evaluate to the URL of the next page',
	},
	{
		displayName: 'Parameters',
		name: 'parameters',
		type: 'fixedCollection',
		displayOptions: { show: { paginationMode: ['updateAParameterInEachRequest'] } },
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: { parameters: [{ type: 'qs', name: '', value: '' }] },
		options: [{ name: 'parameters', displayName: 'Parameter', values: changedParameter }],
	},
	{
		displayName: 'Pagination Complete When',
		name: 'paginationCompleteWhen',
		type: 'options',
		noDataExpression: true,
		displayOptions: whenOn,
		options: [
			{ name: 'Response Is Empty', value: 'responseIsEmpty' },
			{ name: 'Receive Specific Status Code(s)', value: 'receiveSpecificStatusCodes' },
			{ name: 'Other', value: 'other' },
		],
		default: 'responseIsEmpty',
		description: 'When should no further requests be made?',
	},
	{
		displayName: 'Status Code(s) When Complete',
		name: 'statusCodesWhenComplete',
		type: 'string',
		noDataExpression: true,
		displayOptions: { show: { paginationCompleteWhen: ['receiveSpecificStatusCodes'] } },
		default: '',
		description: 'Accepts comma-separated values',
	},
	{
		displayName: 'Complete Expression',
		name: 'completeExpression',
		type: 'string',
		displayOptions: { show: { paginationCompleteWhen: ['other'] } },
		default: '',
		description: 'Should evaluate to true when pagination is complete',
	},
	{
		displayName: 'Limit Pages Fetched',
		name: 'limitPagesFetched',
		type: 'boolean',
		noDataExpression: true,
		displayOptions: whenOn,
		default: false,
		description: 'Whether the number of requests should be limited',
	},
	{
		displayName: 'Max Pages',
		name: 'maxRequests',
		type: 'number',
		noDataExpression: true,
		displayOptions: { show: { limitPagesFetched: [true] } },
		default: 100,
		description: 'How many pages to fetch at most',
	},
	{
		displayName: 'Request Interval (Ms)',
		name: 'requestInterval',
		type: 'number',
		typeOptions: { minValue: 0 },
		displayOptions: whenOn,
		default: 0,
		description: 'Time in milliseconds to wait between requests',
		hint: 'At 0 no delay will be added',
	},
];

export const paginationOption: INodeProperties = {
	displayName: 'Pagination',
	name: 'pagination',
	type: 'fixedCollection',
	typeOptions: { multipleValues: false },
	placeholder: 'Add pagination',
	default: { pagination: {} },
	options: [{ displayName: 'Pagination', name: 'pagination', values }],
};
