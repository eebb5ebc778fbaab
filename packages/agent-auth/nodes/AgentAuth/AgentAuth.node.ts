import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { processEngine, type Engine } from '../../../../providers';
import { entriesOf, member } from '../../../kit/operation';
import { requestList } from '../../../kit/requestList';
import { tokenFields } from '../../../kit/tokenFields';
import { vendorNode } from '../../../kit/vendorNode';
import { agentAuth } from '../../vendor';
import { betLog } from './betLog';
import { game } from './game';
import { player } from './player';

const node = vendorNode({
	provider: agentAuth,
	resources: { betLog, game, player },
	defaultResource: 'game',
	tokenFields: tokenFields('Log in, and get a token for calls of your own'),
});

export class AgentAuth implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agent Auth',
		name: 'agentAuth',
		icon: { light: 'file:agentAuth.svg', dark: 'file:agentAuth.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with games, players and bet logs of Vertex Play',
		defaults: { name: 'Agent Auth' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'agentAuthAccountApi', required: true }],
		properties: node.properties,
	};

	methods = {
		loadOptions: {
			async getGames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const request = { method: 'POST', url: '/v2/games', body: {} } as const;
				const games = entriesOf(await requestList(this, agentAuth, request), 'data');
				return games
					.map((one) => {
						const code = String(member(one, 'gameCode'));
						return { name: String(member(one, 'name', 'en') ?? code), value: code };
					})
					.sort((a, b) => a.name.localeCompare(b.name));
			},
		},
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = node.execute(engine);
	}
}
