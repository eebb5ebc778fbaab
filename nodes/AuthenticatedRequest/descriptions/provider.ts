import type { INodeProperties } from 'n8n-workflow';

export const providerProperties: INodeProperties[] = [
	{
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Agent Auth', value: 'agentAuthApi', description: 'Encrypts and signs each call' },
			{ name: 'Maxus', value: 'maxusApi', description: 'Header maxus_jwt' },
			{ name: 'ServiceComb', value: 'serviceCombApi', description: 'Header Authorization' },
			{ name: 'YesApi', value: 'yesApi', description: 'Header Authorization, on your own servers' },
		],
		default: 'maxusApi',
		description: 'Whose token each call carries',
	},
	{
		displayName: 'Token Use',
		name: 'tokenUse',
		type: 'options',
		noDataExpression: true,
		displayOptions: { hide: { provider: ['maxusApi'] } },
		options: [
			{ name: 'Fresh', value: 'fresh', description: 'A new token for every call' },
			{
				name: 'Reuse',
				value: 'reuse',
				description: 'One token for many calls, renewed shortly before it expires',
			},
		],
		default: 'fresh',
		description: 'Whether every call gets a token of its own',
	},
];

export const credentialDescriptions = ['agentAuthApi', 'maxusApi', 'serviceCombApi', 'yesApi'].map(
	(name) => ({ name, required: true, displayOptions: { show: { provider: [name] } } }),
);
