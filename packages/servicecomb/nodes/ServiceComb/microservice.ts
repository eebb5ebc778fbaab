import { listFields, pairsField, shownFor, simplifyField } from '../../../kit/fields';
import { entriesOf, member, only, path, type Resource } from '../../../kit/operation';
import { environmentField, microserviceField } from './microserviceField';

const SIMPLIFIED = [
	'serviceId',
	'appId',
	'serviceName',
	'version',
	'environment',
	'status',
	'description',
	'schemas',
	'properties',
];

const BASE = '/v4/default/registry/microservices';

/** "Service Center API" 4.0.0 of Apache ServiceComb, paths below `/registry/microservices`. */
export const microservice: Resource = {
	name: 'Microservice',
	about: 'A microservice is registered by its name and version, and has a service ID.',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['microservice'] } },
			options: [
				{
					name: 'Create',
					value: 'create',
					action: 'Create a microservice',
					description: 'Register a microservice, so that instances of it can be registered',
				},
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete a microservice',
					description: 'Remove a microservice from the registry',
				},
				{
					name: 'Find ID',
					value: 'findId',
					action: 'Find the ID of a microservice',
					description: 'Look up the ID of a microservice by its name and version',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get a microservice',
					description: 'Retrieve a microservice',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many microservices',
					description: 'Retrieve a list of microservices',
				},
				{
					name: 'Update',
					value: 'update',
					action: 'Update a microservice',
					description: 'Replace the properties of a microservice',
				},
			],
			default: 'getAll',
		},
		...shownFor('microservice', ['get', 'delete', 'update'], microserviceField),
		...shownFor(
			'microservice',
			['create', 'findId'],
			{
				displayName: 'Microservice Name',
				name: 'serviceName',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. order-service',
				description: 'Unique within its application',
			},
			{
				displayName: 'Application ID',
				name: 'appId',
				type: 'string',
				default: 'default',
				required: true,
				description: 'The application that the microservice belongs to',
			},
			{
				displayName: 'Version',
				name: 'version',
				type: 'string',
				default: '1.0.0',
				required: true,
				placeholder: 'e.g. 1.0.0',
				description: 'The version of the microservice',
			},
			environmentField,
		),
		...shownFor('microservice', ['create'], {
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					description: 'What the microservice is for',
				},
				{
					displayName: 'Level',
					name: 'level',
					type: 'options',
					options: [
						{ name: 'Back', value: 'BACK' },
						{ name: 'Front', value: 'FRONT' },
						{ name: 'Middle', value: 'MIDDLE' },
					],
					default: 'BACK',
					description: 'The layer that the microservice is on',
				},
				pairsField('Properties', 'properties', 'Property', 'What else the registry is to keep'),
				{
					displayName: 'Schema IDs',
					name: 'schemas',
					type: 'string',
					default: '',
					placeholder: 'e.g. orders,customers',
					description: 'The schemas that the microservice will have, separated by commas',
				},
			],
		}),
		...shownFor(
			'microservice',
			['update'],
			pairsField(
				'Properties',
				'properties',
				'Property',
				'They take the place of all properties that the microservice has',
			),
		),
		...shownFor('microservice', ['delete'], {
			displayName: 'Force',
			name: 'force',
			type: 'boolean',
			default: false,
			description:
				'Whether to delete the microservice with all its instances, even if other microservices depend on it',
		}),
		...shownFor('microservice', ['getAll'], ...listFields),
		...shownFor('microservice', ['get', 'getAll'], simplifyField),
	],
	operations: {
		create: (parameters) => ({
			method: 'POST',
			url: BASE,
			body: {
				service: {
					serviceName: parameters.text('serviceName'),
					appId: parameters.text('appId'),
					version: parameters.text('version'),
					environment: parameters.optionalText('environment') || undefined,
					description: parameters.optionalText('additionalFields.description') || undefined,
					level: parameters.optionalText('additionalFields.level') || undefined,
					schemas: parameters.list('additionalFields.schemas'),
					properties: parameters.pairs('additionalFields.properties'),
				},
			},
		}),
		delete: (parameters) => ({
			method: 'DELETE',
			url: path`/v4/default/registry/microservices/${parameters.text('microserviceId')}`,
			query: { force: parameters.switch('force') },
			output: () => ({ deleted: true }),
		}),
		findId: (parameters) => ({
			method: 'GET',
			url: '/v4/default/registry/existence',
			query: {
				type: 'microservice',
				appId: parameters.text('appId'),
				serviceName: parameters.text('serviceName'),
				version: parameters.text('version'),
				env: parameters.optionalText('environment'),
			},
		}),
		get: (parameters) => ({
			method: 'GET',
			url: path`/v4/default/registry/microservices/${parameters.text('microserviceId')}`,
			output: (response) => simplified(parameters.switch('simplify'), member(response, 'service')),
		}),
		getAll: (parameters) => ({
			method: 'GET',
			url: BASE,
			output: (response) => {
				const services = entriesOf(response, 'services').slice(0, parameters.limit());
				return simplified(parameters.switch('simplify'), services);
			},
		}),
		update: (parameters) => ({
			method: 'PUT',
			url: path`/v4/default/registry/microservices/${parameters.text('microserviceId')}/properties`,
			body: { properties: parameters.pairs('properties') },
			output: () => ({ success: true }),
		}),
	},
};

const simplified = (isSimple: boolean, value: unknown) =>
	isSimple ? only(value, SIMPLIFIED) : value;
