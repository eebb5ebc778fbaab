import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { runJwtOperation } from '../../../../nodes/YesApiJwt/jwt';
import { processEngine, type Engine, type Provider } from '../../../../providers';
import { apiFields } from '../../../kit/apiFields';
import { operationOptions } from '../../../kit/operationOptions';
import { runVendorNode } from '../../../kit/vendorNode';
import { yesApi } from '../../vendor';
import { memberResource } from './memberResource';
import { record } from './record';
import { tokenProperties } from './token';

const resources = { member: memberResource, record };

export class YesApi implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'YesApi',
		name: 'yesApi',
		icon: { light: 'file:yesApi.svg', dark: 'file:yesApi.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with tables, members and JSON Web Tokens of YesApi',
		defaults: { name: 'YesApi' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'yesApiAccountApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'API', value: 'api' },
					{ name: 'Member', value: 'member' },
					{ name: 'Record', value: 'record' },
					{
						name: 'Token',
						value: 'token',
						// A model gets no token.
						displayOptions: { hide: { '@tool': [true] } },
					},
				],
				default: 'record',
			},
			...record.properties,
			...memberResource.properties,
			operationOptions(Object.keys(resources)),
			...tokenProperties,
			...apiFields(yesApi as Provider),
		],
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		const fields = this.description.properties;
		this.execute = async function () {
			const jwt = (operation: 'apply' | 'exchange' | 'verify') => async () =>
				await runJwtOperation(engine, this, yesApi, operation);
			return await runVendorNode(engine, this, {
				provider: yesApi,
				resources,
				fields,
				tokens: { get: jwt('apply'), exchange: jwt('exchange'), verify: jwt('verify') },
			});
		};
	}
}
