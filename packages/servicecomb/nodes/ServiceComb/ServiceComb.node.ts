import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { executeTokenNode } from '../../../../nodes/shared/tokenNode';
import { processEngine, type Engine, type Provider } from '../../../../providers';
import { apiFields } from '../../../kit/apiFields';
import { entriesOf } from '../../../kit/operation';
import { operationOptions } from '../../../kit/operationOptions';
import { requestList } from '../../../kit/requestList';
import { tokenFields } from '../../../kit/tokenFields';
import { runVendorNode } from '../../../kit/vendorNode';
import { serviceComb } from '../../vendor';
import { configuration } from './configuration';
import { instance } from './instance';
import { microservice } from './microservice';
import { schema } from './schema';

const resources = { configuration, instance, microservice, schema };

const EXPIRATION_TIME = 'tokenExpirationTime';

export class ServiceComb implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ServiceComb',
		name: 'serviceComb',
		icon: { light: 'file:serviceComb.svg', dark: 'file:serviceComb.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with the service registry of Apache ServiceComb and Huawei Cloud CSE',
		defaults: { name: 'ServiceComb' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'serviceCombAccountApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'API', value: 'api' },
					{ name: 'Configuration', value: 'configuration' },
					{ name: 'Instance', value: 'instance' },
					{ name: 'Microservice', value: 'microservice' },
					{ name: 'Schema', value: 'schema' },
					{
						name: 'Token',
						value: 'token',
						// A model gets no token.
						displayOptions: { hide: { '@tool': [true] } },
					},
				],
				default: 'microservice',
			},
			...microservice.properties,
			...instance.properties,
			...schema.properties,
			...configuration.properties,
			operationOptions(Object.keys(resources)),
			...tokenFields('Log in, and get a token for calls of your own', {
				displayName: 'Token Expiration Time',
				name: EXPIRATION_TIME,
				type: 'string',
				default: '12h',
				placeholder: 'e.g. 1h30m',
				description: 'How long the token is to be valid, from 15m to 24h',
			}),
			...apiFields(serviceComb as Provider),
		],
	};

	methods = {
		listSearch: {
			async searchMicroservices(
				this: ILoadOptionsFunctions,
				filter = '',
			): Promise<INodeListSearchResult> {
				const url = '/v4/default/registry/microservices';
				const response = await requestList(this, serviceComb, { method: 'GET', url });
				const services = entriesOf(response, 'services') as Array<Record<string, string>>;
				const results = services
					.map(({ serviceId = '', serviceName, version }) => ({
						name: `${serviceName} ${version ?? ''}`.trim(),
						value: serviceId,
					}))
					.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
					.sort((a, b) => a.name.localeCompare(b.name));
				return { results };
			},
		},
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		const fields = this.description.properties;
		this.execute = async function () {
			return await runVendorNode(engine, this, {
				provider: serviceComb,
				resources,
				fields,
				tokens: {
					get: async () =>
						await executeTokenNode(engine, this, serviceComb as Provider, (itemIndex) => ({
							[EXPIRATION_TIME]: this.getNodeParameter(`options.${EXPIRATION_TIME}`, itemIndex, ''),
						})),
				},
			});
		};
	}
}
