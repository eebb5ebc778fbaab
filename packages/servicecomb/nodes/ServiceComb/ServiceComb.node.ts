import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { executeTokenNode } from '../../../../nodes/shared/tokenNode';
import { processEngine, type Engine, type Provider } from '../../../../providers';
import { entriesOf } from '../../../kit/operation';
import { requestList } from '../../../kit/requestList';
import { tokenFields } from '../../../kit/tokenFields';
import { vendorNode } from '../../../kit/vendorNode';
import { serviceComb } from '../../vendor';
import { configuration } from './configuration';
import { instance } from './instance';
import { microservice } from './microservice';
import { schema } from './schema';

const EXPIRATION_TIME = 'tokenExpirationTime';

const node = vendorNode({
	provider: serviceComb,
	resources: { configuration, instance, microservice, schema },
	defaultResource: 'microservice',
	tokenFields: tokenFields('Log in, and get a token for calls of your own', {
		displayName: 'Token Expiration Time',
		name: EXPIRATION_TIME,
		type: 'string',
		default: '12h',
		placeholder: 'e.g. 1h30m',
		description: 'How long the token is to be valid, from 15m to 24h',
	}),
	tokens: {
		get: async (engine, context) =>
			await executeTokenNode(engine, context, serviceComb as Provider, (itemIndex) => ({
				[EXPIRATION_TIME]: context.getNodeParameter(`options.${EXPIRATION_TIME}`, itemIndex, ''),
			})),
	},
});

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
		properties: node.properties,
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
		this.execute = node.execute(engine);
	}
}
