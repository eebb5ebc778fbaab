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
	// Where the editor puts the choice of the credential.
	{ displayName: 'Credential', name: 'credentials', type: 'credentials', default: '' },
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

const TYPES = ['agentAuthApi', 'maxusApi', 'serviceCombApi', 'yesApi'];

/**
 * What is hidden for the other providers. With `show` the editor takes Provider for a way to log in,
 * hides it, and asks whoever adds the node to connect to Maxus.
 */
export const credentialDescriptions = [
	...TYPES.map((name) => ({
		name,
		required: true,
		displayOptions: { hide: { provider: TYPES.filter((other) => other !== name) } },
	})),
	{
		displayName: 'Credential for SSL Certificates',
		name: 'httpSslAuth',
		required: true,
		displayOptions: { hide: { provideSslCertificates: [false] } },
	},
];
