import { listFields, shownFor } from '../../../kit/fields';
import { dataOf, entriesOf, type Resource } from '../../../kit/operation';

/** "Query Game List" (`/v2/games`) and "Open Game" (`/v2/opengame`) of Vertex Play. */
export const game: Resource = {
	name: 'Game',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['game'] } },
			options: [
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many games',
					description: 'Retrieve a list of the available games',
				},
				{
					name: 'Open',
					value: 'open',
					action: 'Open a game',
					description: 'Get the address that starts a game for a player',
				},
			],
			default: 'getAll',
		},
		...shownFor('game', ['getAll'], ...listFields),
		...shownFor(
			'game',
			['open'],
			{
				displayName: 'Game Name or ID',
				name: 'gameCode',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getGames' },
				default: '',
				required: true,
				description:
					'The code of the game. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Launch Type',
				name: 'launchType',
				type: 'options',
				options: [
					{ name: 'Both', value: 0 },
					{ name: 'Demo', value: 1 },
					{ name: 'Real', value: 2 },
				],
				default: 0,
				description: 'What the game is played with',
			},
			{
				displayName: 'Player',
				name: 'username',
				type: 'string',
				default: '',
				placeholder: 'e.g. player001',
				description: 'The account of the player; only a demo needs none',
			},
			{
				displayName: 'IP Address',
				name: 'ipAddress',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. 203.0.113.7',
				description: 'From where the player comes: one address',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: 'en',
				required: true,
				placeholder: 'e.g. en',
				description: 'The language of the game',
			},
			{
				displayName: 'Device',
				name: 'deviceType',
				type: 'options',
				options: [
					{ name: 'Mobile', value: 1 },
					{ name: 'PC', value: 0 },
				],
				default: 0,
				description: 'What the player plays on',
			},
			{
				displayName: 'Lobby URL',
				name: 'lobbyUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/lobby',
				description: 'Where the player is led after the game, over https',
			},
		),
	],
	operations: {
		getAll: (parameters) => ({
			method: 'POST',
			url: '/v2/games',
			body: {},
			output: (response) => entriesOf(response, 'data').slice(0, parameters.limit()),
		}),
		open: (parameters) => ({
			method: 'POST',
			url: '/v2/opengame',
			body: {
				gameCode: parameters.text('gameCode'),
				launchType: parameters.number('launchType') ?? 0,
				username: parameters.optionalText('username') || undefined,
				ipaddress: parameters.text('ipAddress'),
				lang: parameters.text('language'),
				deviceType: parameters.number('deviceType') ?? 0,
				lobbyUrl: parameters.optionalText('lobbyUrl') || undefined,
			},
			output: dataOf,
		}),
	},
};
