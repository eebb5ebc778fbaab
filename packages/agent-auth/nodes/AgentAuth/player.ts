import { shownFor } from '../../../kit/fields';
import { dataOf, type Resource } from '../../../kit/operation';

/** "Create Player", "Query Player Balance", "Transfer" and "Kick Player" of Vertex Play: paths below `/v2/members`. */
export const player: Resource = {
	name: 'Player',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['player'] } },
			options: [
				{
					name: 'Create',
					value: 'create',
					action: 'Create a player',
					description: 'Register a new player',
				},
				{
					name: 'Get Balance',
					value: 'getBalance',
					action: 'Get the balance of a player',
					description: 'Retrieve what a player has in the wallet',
				},
				{
					name: 'Kick',
					value: 'kick',
					action: 'Kick a player',
					description: 'End all sessions of a player at once',
				},
				{
					name: 'Transfer',
					value: 'transfer',
					action: 'Transfer funds of a player',
					description:
						'Deposit into the wallet of a player, or withdraw from it (transfer wallet only)',
				},
			],
			default: 'getBalance',
		},
		...shownFor('player', ['create', 'getBalance', 'kick', 'transfer'], {
			displayName: 'Player',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. player001',
			description: 'The account of the player: at most 25 letters and digits',
		}),
		...shownFor('player', ['create'], {
			displayName: 'Site ID',
			name: 'siteId',
			type: 'string',
			default: '',
			description: 'The site that the player belongs to, where you have several',
		}),
		...shownFor(
			'player',
			['transfer'],
			{
				displayName: 'Amount',
				name: 'amount',
				type: 'number',
				typeOptions: { numberPrecision: 6 },
				default: 0,
				required: true,
				description: 'What is deposited; a negative amount is withdrawn',
			},
			{
				displayName: 'Transaction ID',
				name: 'transactionId',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. 2c205e4f-c922-4967-8e45-f14480a2f075',
				description:
					'An ID of your own, another one for each transfer: the same one again is refused, so that nothing is transferred twice',
			},
		),
	],
	operations: {
		create: (parameters) => ({
			method: 'POST',
			url: '/v2/members',
			body: {
				username: parameters.text('username'),
				siteId: parameters.optionalText('siteId') || undefined,
			},
			output: () => ({ success: true }),
		}),
		getBalance: (parameters) => ({
			method: 'POST',
			url: '/v2/members/balance',
			body: { username: parameters.text('username') },
			output: dataOf,
		}),
		kick: (parameters) => ({
			method: 'POST',
			url: '/v2/members/sessions/logout',
			body: { username: parameters.text('username') },
			output: () => ({ success: true }),
		}),
		transfer: (parameters) => ({
			method: 'POST',
			url: '/v2/members/transaction',
			body: {
				username: parameters.text('username'),
				amount: parameters.decimal('amount'),
				transId: parameters.text('transactionId'),
			},
			output: dataOf,
		}),
	},
};
