import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { agentAuth, processEngine, type Engine } from '../../providers';
import { MAIN } from '../shared/n8nVersion';
import { executeTokenNode } from '../shared/tokenNode';
import { tokenNodeOptions } from '../shared/tokenOptions';

export class AgentAuth implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agent Auth',
		name: 'agentAuth',
		icon: { light: 'file:agentAuth.svg', dark: 'file:agentAuth.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Get token',
		description: 'Get a new Agent Auth access token for each item',
		defaults: { name: 'Agent Auth' },
		inputs: [MAIN],
		outputs: [MAIN],
		// A model, and whoever runs it, would be given a live token.
		usableAsTool: undefined,
		credentials: [{ name: 'agentAuthApi', required: true }],
		properties: [
			{
				displayName:
					'A call to Agent Auth needs more than the token: it is encrypted and signed as well. The Authenticated Request node does all of it in one step.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			tokenNodeOptions(),
		],
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			return await executeTokenNode(engine, this, agentAuth);
		};
	}
}
