import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { maxus, processEngine, type Engine } from '../../providers';
import { MAIN } from '../shared/n8nVersion';
import { executeTokenNode } from '../shared/tokenNode';
import { tokenNodeOptions } from '../shared/tokenOptions';

export class MaxusToken implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maxus Token',
		name: 'maxusToken',
		icon: { light: 'file:maxus.svg', dark: 'file:maxus.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Get token',
		description: 'Get a new Maxus token for each item',
		defaults: { name: 'Maxus Token' },
		inputs: [MAIN],
		outputs: [MAIN],
		// A model would be given a live token, and so would the people who run it.
		usableAsTool: undefined,
		credentials: [{ name: 'maxusApi', required: true }],
		properties: [
			{
				displayName:
					'A token is valid for 3 minutes and is meant for one call. To call Maxus, the Authenticated Request node does both in one step.',
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
			return await executeTokenNode(engine, this, maxus);
		};
	}
}
