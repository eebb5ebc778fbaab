import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { executeTokenNode } from '../../../../nodes/shared/tokenNode';
import { processEngine, type Engine, type Provider } from '../../../../providers';
import { apiFields } from '../../../kit/apiFields';
import { entriesOf, member } from '../../../kit/operation';
import { operationOptions } from '../../../kit/operationOptions';
import { requestList } from '../../../kit/requestList';
import { tokenFields } from '../../../kit/tokenFields';
import { runVendorNode } from '../../../kit/vendorNode';
import { agentAuth } from '../../vendor';
import { betLog } from './betLog';
import { game } from './game';
import { player } from './player';

const resources = { betLog, game, player };

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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'API', value: 'api' },
					{ name: 'Bet Log', value: 'betLog' },
					{ name: 'Game', value: 'game' },
					{ name: 'Player', value: 'player' },
					{
						name: 'Token',
						value: 'token',
						// A model gets no token.
						displayOptions: { hide: { '@tool': [true] } },
					},
				],
				default: 'game',
			},
			...game.properties,
			...player.properties,
			...betLog.properties,
			operationOptions(Object.keys(resources)),
			...tokenFields('Log in, and get a token for calls of your own'),
			...apiFields(agentAuth as Provider),
		],
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
		const fields = this.description.properties;
		this.execute = async function () {
			return await runVendorNode(engine, this, {
				provider: agentAuth,
				resources,
				fields,
				tokens: { get: async () => await executeTokenNode(engine, this, agentAuth as Provider) },
			});
		};
	}
}
