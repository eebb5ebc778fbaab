import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { processEngine, tokenApi, type Engine, type TokenUse } from '../../providers';
import { MAIN } from '../shared/n8nVersion';
import { executeTokenNode } from '../shared/tokenNode';
import { tokenNodeOptions } from '../shared/tokenOptions';

export class Token implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Token',
		name: 'token',
		icon: { light: 'file:token.svg', dark: 'file:token.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Get token',
		description: 'Log in to any service and get its token',
		defaults: { name: 'Token' },
		inputs: [MAIN],
		outputs: [MAIN],
		// A model would be given a live token, and so would the people who run it.
		usableAsTool: undefined,
		credentials: [{ name: 'tokenApi', required: true }],
		properties: [
			{
				displayName:
					'To call the service, the Authenticated Request node logs in, sends the token and renews it in one step.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Token Use',
				name: 'tokenUse',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Fresh',
						value: 'fresh',
						description: 'A login for each item, one after the other',
					},
					{
						name: 'Reuse',
						value: 'reuse',
						description: 'One token for all items while it is good',
					},
				],
				default: 'reuse',
				description: 'Whether every item gets a token of its own',
			},
			tokenNodeOptions(),
		],
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			const use = this.getNodeParameter('tokenUse', 0, 'reuse') as TokenUse;
			return await executeTokenNode(engine, this, tokenApi, undefined, use);
		};
	}
}
