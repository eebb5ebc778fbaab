import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { runJwtOperation } from '../../../../nodes/YesApiJwt/jwt';
import { processEngine, type Engine } from '../../../../providers';
import { vendorNode } from '../../../kit/vendorNode';
import { yesApi } from '../../vendor';
import { memberResource } from './memberResource';
import { record } from './record';
import { tokenProperties } from './token';

/** One of the operations about tokens. */
const jwt =
	(operation: 'apply' | 'exchange' | 'verify') =>
	async (engine: Engine, context: IExecuteFunctions) =>
		await runJwtOperation(engine, context, yesApi, operation);

const node = vendorNode({
	provider: yesApi,
	resources: { member: memberResource, record },
	defaultResource: 'record',
	tokenFields: tokenProperties,
	tokens: { get: jwt('apply'), exchange: jwt('exchange'), verify: jwt('verify') },
});

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
		properties: node.properties,
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = node.execute(engine);
	}
}
