import type { INodeProperties } from 'n8n-workflow';

import { listFields, pairsField, shownFor, simplifyField } from '../../../kit/fields';
import { entriesOf, only, path, type Resource, type VendorRequest } from '../../../kit/operation';
import type { Parameters } from '../../../kit/parameters';

const SIMPLIFIED = ['id', 'key', 'value', 'value_type', 'labels', 'status', 'update_time'];

/** The most entries that the configuration center gives at once. */
const PAGE_SIZE = 100;

const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Disabled', value: 'disabled' },
		{ name: 'Enabled', value: 'enabled' },
	],
	default: 'enabled',
	description: 'Whether microservices are given this entry',
};

const valueField: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	description: 'The value of the entry, as text',
};

/** The API of Apache ServiceComb Kie, which Huawei Cloud CSE calls its configuration center: `/v1/…/kie/kv`. */
export const configuration: Resource = {
	name: 'Configuration',
	about: 'A configuration entry is a key and a value that microservices read.',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['configuration'] } },
			options: [
				{
					name: 'Create',
					value: 'create',
					action: 'Create a configuration entry',
					description: 'Add a key and its value',
				},
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete a configuration entry',
					description: 'Remove a key and its value',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get a configuration entry',
					description: 'Retrieve a key and its value by the ID of the entry',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many configuration entries',
					description: 'Retrieve a list of keys and values',
				},
				{
					name: 'Update',
					value: 'update',
					action: 'Update a configuration entry',
					description: 'Change the value or the status of an entry',
				},
			],
			default: 'getAll',
		},
		...shownFor('configuration', ['create', 'delete', 'get', 'getAll', 'update'], {
			displayName: 'Configuration Center URL',
			name: 'configurationUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://engine.example:30110',
			description: 'Where the configuration center is. Without it, the Base URL of the credential.',
			hint: 'On the host of the Base URL, ports 30103 and 30110 need nothing else. List another host in the credential, under "Where the Token May Go".',
		}),
		...shownFor('configuration', ['delete', 'get', 'update'], {
			displayName: 'Entry ID',
			name: 'entryId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. b01ad993-2bad-4468-8a3c-5aa7ad54afea',
			description: 'The ID that the configuration center gave the entry',
		}),
		...shownFor(
			'configuration',
			['create'],
			{
				displayName: 'Key',
				name: 'key',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. timeout',
				description: 'The name of the entry',
			},
			valueField,
			{
				displayName: 'Value Type',
				name: 'valueType',
				type: 'options',
				options: [
					{ name: 'INI', value: 'ini' },
					{ name: 'JSON', value: 'json' },
					{ name: 'Properties', value: 'properties' },
					{ name: 'Text', value: 'text' },
					{ name: 'XML', value: 'xml' },
					{ name: 'YAML', value: 'yaml' },
				],
				default: 'text',
				description: 'What kind of text the value is',
			},
			pairsField('Labels', 'labels', 'Label', 'Which microservices the entry is for'),
			statusField,
		),
		...shownFor('configuration', ['update'], valueField, statusField),
		...shownFor('configuration', ['getAll'], ...listFields, {
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					default: '',
					description: 'Entries with this key',
				},
				pairsField('Labels', 'labels', 'Label', 'Entries that have these labels'),
				{
					displayName: 'Labels Match Exactly',
					name: 'isExact',
					type: 'boolean',
					default: false,
					description: 'Whether to return only entries that have no labels beside these',
				},
				statusField,
			],
		}),
		...shownFor('configuration', ['create', 'get', 'getAll', 'update'], simplifyField),
	],
	operations: {
		create: (parameters) => ({
			method: 'POST',
			url: `${all(parameters)}`,
			body: {
				key: parameters.text('key'),
				value: parameters.rawText('value'),
				value_type: parameters.optionalText('valueType') || undefined,
				labels: parameters.pairs('labels'),
				status: parameters.optionalText('status') || undefined,
			},
			output: (response) => simplified(parameters, response),
		}),
		delete: (parameters) => ({
			method: 'DELETE',
			url: one(parameters),
			output: () => ({ deleted: true }),
		}),
		get: (parameters) => ({
			method: 'GET',
			url: one(parameters),
			output: (response) => simplified(parameters, response),
		}),
		getAll: (parameters) => page(parameters, 0),
		update: (parameters) => ({
			method: 'PUT',
			url: one(parameters),
			body: {
				value: parameters.rawText('value'),
				status: parameters.optionalText('status') || undefined,
			},
			output: (response) => simplified(parameters, response),
		}),
	},
};

const all = (parameters: Parameters) =>
	`${parameters.optionalText('configurationUrl').replace(/\/+$/, '')}/v1/default/kie/kv`;

const one = (parameters: Parameters) => `${all(parameters)}${path`/${parameters.text('entryId')}`}`;

const simplified = (parameters: Parameters, value: unknown) =>
	parameters.switch('simplify') ? only(value, SIMPLIFIED) : value;

/** A page of the list, which begins with the entry of that number. */
function page(parameters: Parameters, offset: number): VendorRequest {
	const left = parameters.limit() - offset;
	return {
		method: 'GET',
		url: all(parameters),
		query: {
			key: parameters.optionalText('filters.key'),
			label: Object.entries(parameters.pairs('filters.labels')).map(
				([name, value]) => `${name}:${value}`,
			),
			match: parameters.switch('filters.isExact') ? 'exact' : '',
			status: parameters.optionalText('filters.status'),
			limit: Math.min(left, PAGE_SIZE),
			offset,
		},
		output: (response) => simplified(parameters, entriesOf(response, 'data')),
		next: (response) =>
			entriesOf(response, 'data').length === PAGE_SIZE && left > PAGE_SIZE
				? page(parameters, offset + PAGE_SIZE)
				: null,
	};
}
