import { listFields, shownFor } from '../../../kit/fields';
import { entriesOf, path, type Resource } from '../../../kit/operation';
import type { Parameters } from '../../../kit/parameters';
import { microserviceField } from './microserviceField';

/** "Service Center API" 4.0.0 of Apache ServiceComb, the paths about schemas. */
export const schema: Resource = {
	name: 'Schema',
	about: 'A schema is the contract of an interface of a microservice.',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['schema'] } },
			options: [
				{
					name: 'Create or Update',
					value: 'upsert',
					action: 'Create or update a schema',
					description:
						'Create a new record, or update the current one if it already exists (upsert)',
				},
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete a schema',
					description: 'Remove a schema of a microservice',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get a schema',
					description: 'Retrieve a schema of a microservice',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many schemas',
					description: 'Retrieve a list of the schemas of a microservice',
				},
			],
			default: 'getAll',
		},
		...shownFor('schema', ['delete', 'get', 'getAll', 'upsert'], microserviceField),
		...shownFor('schema', ['delete', 'get', 'upsert'], {
			displayName: 'Schema ID',
			name: 'schemaId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. orders',
			description: 'The name of the schema within its microservice',
		}),
		...shownFor(
			'schema',
			['upsert'],
			{
				displayName: 'Content',
				name: 'content',
				type: 'string',
				typeOptions: { rows: 8 },
				default: '',
				required: true,
				description: 'The schema itself, e.g. an OpenAPI document as YAML',
			},
			{
				displayName: 'Summary',
				name: 'summary',
				type: 'string',
				default: '',
				description: 'A digest of the content, by which consumers see that it has changed',
			},
		),
		...shownFor('schema', ['getAll'], ...listFields, {
			displayName: 'Include Content',
			name: 'withSchema',
			type: 'boolean',
			default: false,
			description: 'Whether to return the content of each schema, and not only its ID and summary',
		}),
	],
	operations: {
		upsert: (parameters) => ({
			method: 'PUT',
			url: one(parameters),
			body: {
				schema: parameters.rawText('content'),
				summary: parameters.optionalText('summary') || undefined,
			},
			output: () => ({ success: true }),
		}),
		delete: (parameters) => ({
			method: 'DELETE',
			url: one(parameters),
			output: () => ({ deleted: true }),
		}),
		get: (parameters) => ({ method: 'GET', url: one(parameters) }),
		getAll: (parameters) => ({
			method: 'GET',
			url: path`/v4/default/registry/microservices/${parameters.text('microserviceId')}/schemas`,
			query: { withSchema: parameters.switch('withSchema') ? 1 : 0 },
			output: (response) => entriesOf(response, 'schemas').slice(0, parameters.limit()),
		}),
	},
};

const one = (parameters: Parameters) =>
	path`/v4/default/registry/microservices/${parameters.text('microserviceId')}/schemas/${parameters.text('schemaId')}`;
