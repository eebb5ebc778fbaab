import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { serviceComb, processEngine, type Engine } from '../../providers';
import { MAIN } from '../shared/n8nVersion';
import { executeTokenNode } from '../shared/tokenNode';
import { tokenNodeOptions } from '../shared/tokenOptions';

const EXPIRATION_TIME = 'tokenExpirationTime';

export class ServiceCombToken implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ServiceComb Token',
		name: 'serviceCombToken',
		icon: { light: 'file:serviceComb.svg', dark: 'file:serviceComb.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Get token',
		description: 'Get a new ServiceComb user token for each item',
		defaults: { name: 'ServiceComb Token' },
		inputs: [MAIN],
		outputs: [MAIN],
		// The model would be given a valid token.
		usableAsTool: undefined,
		credentials: [{ name: 'serviceCombApi', required: true }],
		properties: [
			{
				displayName:
					'A token is valid for hours and for many calls. The Authenticated Request node fetches one when it needs it, and calls the engine in one step.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			tokenNodeOptions({
				displayName: 'Token Expiration Time',
				name: EXPIRATION_TIME,
				type: 'string',
				default: '12h',
				placeholder: 'e.g. 1h30m',
				description: 'How long the token is valid, from 15m to 24h, for example 1h30m',
			}),
		],
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			return await executeTokenNode(engine, this, serviceComb, (itemIndex) => ({
				[EXPIRATION_TIME]: this.getNodeParameter(`options.${EXPIRATION_TIME}`, itemIndex, ''),
			}));
		};
	}
}
