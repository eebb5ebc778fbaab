import type { INodeProperties } from 'n8n-workflow';

import { listFields, pairsField, shownFor, simplifyField } from '../../../kit/fields';
import { entriesOf, member, only, path, type Resource } from '../../../kit/operation';
import type { Parameters } from '../../../kit/parameters';
import { environmentField, microserviceField } from './microserviceField';

const SIMPLIFIED = [
	'instanceId',
	'serviceId',
	'version',
	'hostName',
	'endpoints',
	'status',
	'properties',
	'modTimestamp',
];

const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Down', value: 'DOWN' },
		{ name: 'Out of Service', value: 'OUTOFSERVICE' },
		{ name: 'Starting', value: 'STARTING' },
		{ name: 'Testing', value: 'TESTING' },
		{ name: 'Up', value: 'UP' },
	],
	default: 'UP',
	description: 'The status that consumers are told',
};

/** "Service Center API" 4.0.0 of Apache ServiceComb, the paths about instances. */
export const instance: Resource = {
	name: 'Instance',
	about: 'An instance is one running process of a microservice.',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['instance'] } },
			options: [
				{
					name: 'Create',
					value: 'create',
					action: 'Create an instance',
					description: 'Register an instance of a microservice',
				},
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete an instance',
					description: 'Unregister an instance of a microservice',
				},
				{
					name: 'Find Many',
					value: 'findAll',
					action: 'Find many instances by microservice name',
					description: 'Discover the instances of a microservice by its name',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get an instance',
					description: 'Retrieve an instance of a microservice',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many instances',
					description: 'Retrieve a list of the instances of a microservice',
				},
				{
					name: 'Send Heartbeat',
					value: 'sendHeartbeat',
					action: 'Send a heartbeat for an instance',
					description: 'Tell the registry that an instance is alive',
				},
				{
					name: 'Update',
					value: 'update',
					action: 'Update an instance',
					description: 'Replace the properties of an instance',
				},
				{
					name: 'Update Status',
					value: 'updateStatus',
					action: 'Update the status of an instance',
					description: 'Set the status of an instance, e.g. out of service',
				},
			],
			default: 'getAll',
		},
		...shownFor(
			'instance',
			['create', 'delete', 'get', 'getAll', 'sendHeartbeat', 'update', 'updateStatus'],
			microserviceField,
		),
		...shownFor('instance', ['delete', 'get', 'sendHeartbeat', 'update', 'updateStatus'], {
			displayName: 'Instance ID',
			name: 'instanceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. e8a04b54cf2711e7b701286ed488fc20',
			description: 'The ID that the registry gave the instance',
		}),
		...shownFor(
			'instance',
			['findAll'],
			{
				displayName: 'Microservice Name',
				name: 'serviceName',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. order-service',
				description: 'The name that the microservice is registered by',
			},
			{
				displayName: 'Application ID',
				name: 'appId',
				type: 'string',
				default: 'default',
				required: true,
				description: 'The application that the microservice belongs to',
			},
			environmentField,
		),
		...shownFor(
			'instance',
			['create'],
			{
				displayName: 'Host Name',
				name: 'hostName',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. node-1',
				description: 'The machine that the instance runs on',
			},
			{
				displayName: 'Endpoints',
				name: 'endpoints',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. rest://10.0.0.1:8080',
				description: 'The addresses of the instance, separated by commas',
			},
			{
				displayName: 'Additional Fields',
				name: 'additionalFields',
				type: 'collection',
				placeholder: 'Add Field',
				default: {},
				options: [
					{
						displayName: 'Heartbeat Interval (Seconds)',
						name: 'heartbeatInterval',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 30,
						description: 'How often the instance will send a heartbeat',
					},
					{
						displayName: 'Heartbeat Retries',
						name: 'heartbeatTimes',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 3,
						description: 'How many heartbeats may be missing before the instance is removed',
					},
					{
						displayName: 'Instance ID',
						name: 'ownInstanceId',
						type: 'string',
						default: '',
						description: 'An ID of your own. Without it the registry makes one.',
					},
					pairsField('Properties', 'properties', 'Property', 'What else the registry is to keep'),
					statusField,
				],
			},
		),
		...shownFor('instance', ['updateStatus'], statusField),
		...shownFor(
			'instance',
			['update'],
			pairsField(
				'Properties',
				'properties',
				'Property',
				'They take the place of all properties that the instance has',
			),
		),
		...shownFor('instance', ['findAll', 'getAll'], ...listFields),
		...shownFor('instance', ['findAll', 'get', 'getAll'], simplifyField),
	],
	operations: {
		create: (parameters) => ({
			method: 'POST',
			url: `${ofMicroservice(parameters)}/instances`,
			body: {
				instance: {
					instanceId: parameters.optionalText('additionalFields.ownInstanceId') || undefined,
					hostName: parameters.text('hostName'),
					endpoints: parameters.list('endpoints'),
					status: parameters.optionalText('additionalFields.status') || undefined,
					properties: parameters.pairs('additionalFields.properties'),
					healthCheck: healthCheckOf(parameters),
				},
			},
		}),
		delete: (parameters) => ({
			method: 'DELETE',
			url: one(parameters),
			output: () => ({ deleted: true }),
		}),
		findAll: (parameters) => ({
			method: 'GET',
			url: '/v4/default/registry/instances',
			query: {
				appId: parameters.text('appId'),
				serviceName: parameters.text('serviceName'),
				env: parameters.optionalText('environment'),
			},
			output: (response) => list(parameters, response),
		}),
		get: (parameters) => ({
			method: 'GET',
			url: one(parameters),
			output: (response) => simplified(parameters, member(response, 'instance')),
		}),
		getAll: (parameters) => ({
			method: 'GET',
			url: `${ofMicroservice(parameters)}/instances`,
			output: (response) => list(parameters, response),
		}),
		sendHeartbeat: (parameters) => ({
			method: 'PUT',
			url: `${one(parameters)}/heartbeat`,
			output: () => ({ success: true }),
		}),
		update: (parameters) => ({
			method: 'PUT',
			url: `${one(parameters)}/properties`,
			body: { properties: parameters.pairs('properties') },
			output: () => ({ success: true }),
		}),
		updateStatus: (parameters) => ({
			method: 'PUT',
			url: `${one(parameters)}/status`,
			query: { value: parameters.text('status') },
			output: () => ({ success: true }),
		}),
	},
};

const ofMicroservice = (parameters: Parameters) =>
	path`/v4/default/registry/microservices/${parameters.text('microserviceId')}`;

const one = (parameters: Parameters) =>
	`${ofMicroservice(parameters)}${path`/instances/${parameters.text('instanceId')}`}`;

const simplified = (parameters: Parameters, value: unknown) =>
	parameters.switch('simplify') ? only(value, SIMPLIFIED) : value;

function list(parameters: Parameters, response: unknown): unknown {
	return simplified(parameters, entriesOf(response, 'instances').slice(0, parameters.limit()));
}

/** By default the registry expects a heartbeat every 30 seconds, and forgives three. */
function healthCheckOf(parameters: Parameters): object | undefined {
	const interval = parameters.number('additionalFields.heartbeatInterval', 1);
	const times = parameters.number('additionalFields.heartbeatTimes');
	if (interval === undefined && times === undefined) return undefined;
	return { mode: 'push', interval: interval ?? 30, times: times ?? 3 };
}
