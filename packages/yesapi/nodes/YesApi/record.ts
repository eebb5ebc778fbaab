import type { INodeProperties } from 'n8n-workflow';

import type { YesApiCredentials } from '../../vendor';
import { listFields, shownFor } from '../../../kit/fields';
import {
	dataOf,
	entriesOf,
	member,
	type Resource,
	type VendorRequest,
} from '../../../kit/operation';
import type { Parameters } from '../../../kit/parameters';
import { interfaceCall } from './interfaceCall';

/** The most records that YesApi gives at once. */
const PAGE_SIZE = 10_000;

const fieldsField: INodeProperties = {
	displayName: 'Fields (JSON)',
	name: 'data',
	type: 'json',
	default: '{}',
	required: true,
	description: 'The values by the names of their fields, e.g. { "title": "Hello" }',
};

/** The interfaces `App.Table.Create`, `.Delete`, `.FreeQuery`, `.Get` and `.Update`. */
export const record: Resource<YesApiCredentials> = {
	name: 'Record',
	about: 'A record is a row of a table of this account, with an ID.',
	isSigned: true,
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['record'] } },
			options: [
				{
					name: 'Create',
					value: 'create',
					action: 'Create a record',
					description: 'Add a record to a table',
				},
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete a record',
					description: 'Remove a record from a table',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get a record',
					description: 'Retrieve a record by its ID',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many records',
					description: 'Retrieve a list of records, which may be filtered and sorted',
				},
				{
					name: 'Update',
					value: 'update',
					action: 'Update a record',
					description: 'Change fields of a record',
				},
			],
			default: 'getAll',
		},
		...shownFor('record', ['create', 'delete', 'get', 'getAll', 'update'], {
			displayName: 'Table',
			name: 'table',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. okayapi_article',
			description: 'The name of the table, as the YesApi console has it (表单名称)',
		}),
		...shownFor('record', ['delete', 'get', 'update'], {
			displayName: 'Record ID',
			name: 'recordId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 12',
			description: 'The field "ID" of the record',
		}),
		...shownFor('record', ['create', 'update'], fieldsField),
		...shownFor('record', ['getAll'], ...listFields, {
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Conditions (JSON)',
					name: 'where',
					type: 'json',
					default: '[["id", ">=", 1]]',
					description: 'A list of conditions, each of a field, a comparison and a value',
				},
				{
					displayName: 'Fields',
					name: 'select',
					type: 'string',
					default: '',
					placeholder: 'e.g. title,author',
					description: 'The fields to return, separated by commas. Without it: all.',
				},
				{
					displayName: 'Must Match',
					name: 'logic',
					type: 'options',
					options: [
						{ name: 'All Conditions', value: 'and' },
						{ name: 'Any Condition', value: 'or' },
					],
					default: 'and',
					description: 'How many of the conditions a record has to meet',
				},
				{
					displayName: 'Order (JSON)',
					name: 'order',
					type: 'json',
					default: '["id DESC"]',
					description: 'A list of fields to sort by, each with ASC or DESC',
				},
			],
		}),
	],
	operations: {
		create: (parameters, credentials) => ({
			...interfaceCall(credentials, 'App.Table.Create', {
				model_name: parameters.text('table'),
				data: parameters.jsonObject('data'),
			}),
			output: dataOf,
		}),
		delete: (parameters, credentials) => ({
			...interfaceCall(credentials, 'App.Table.Delete', oneRecord(parameters)),
			output: () => ({ deleted: true }),
		}),
		get: (parameters, credentials) => ({
			...interfaceCall(credentials, 'App.Table.Get', oneRecord(parameters)),
			output: (response) => member(response, 'data', 'data'),
		}),
		getAll: (parameters, credentials) => page(parameters, credentials, 1),
		update: (parameters, credentials) => ({
			...interfaceCall(credentials, 'App.Table.Update', {
				...oneRecord(parameters),
				data: parameters.jsonObject('data'),
			}),
			output: dataOf,
		}),
	},
};

const oneRecord = (parameters: Parameters) => ({
	model_name: parameters.text('table'),
	id: parameters.text('recordId'),
});

function page(
	parameters: Parameters,
	credentials: YesApiCredentials,
	number: number,
): VendorRequest {
	const size = Math.min(parameters.limit(), PAGE_SIZE);
	const left = parameters.limit() - size * (number - 1);
	return {
		...interfaceCall(credentials, 'App.Table.FreeQuery', {
			model_name: parameters.text('table'),
			select: parameters.optionalText('filters.select'),
			logic: parameters.optionalText('filters.logic'),
			// Without any the interface gives the record with the ID 1 alone.
			where: parameters.json('filters.where') ?? [['id', '>=', 1]],
			order: parameters.json('filters.order'),
			page: number,
			perpage: size,
		}),
		output: (response) => entriesOf(response, 'data', 'list').slice(0, left),
		next: (response) =>
			entriesOf(response, 'data', 'list').length === size && left > size
				? page(parameters, credentials, number + 1)
				: null,
	};
}
