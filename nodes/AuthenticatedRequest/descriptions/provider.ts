import type { INodeProperties } from 'n8n-workflow';

import { providers, type Provider, type TokenUse } from '../../../providers';

/** In the order of their names. */
const all: Provider[] = Object.values(providers).sort((a, b) =>
	a.displayName.localeCompare(b.displayName),
);

/** The types of the providers of which `test` is true. */
export const typesWhere = (test: (provider: Provider) => boolean): string[] =>
	all.filter(test).map(({ type }) => type);

/** For a sentence: "A, B or C". */
export const providerNames = all
	.map(({ displayName }) => displayName)
	.join(', ')
	.replace(/, ([^,]*)$/, ' or $1');

export const providerProperties: INodeProperties[] = [
	{
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		noDataExpression: true,
		options: all.map(({ type, displayName, summary }) => ({
			name: displayName,
			value: type,
			description: summary,
		})),
		default: 'maxusApi',
		description: 'Whose token each call carries',
	},
	// In n8n's editor a property of this type marks the place of the credential's drop-down list.
	{ displayName: 'Credential', name: 'credentials', type: 'credentials', default: '' },
	tokenUse('fresh', ({ reusesTokens, prefersReuse }) => reusesTokens && prefersReuse !== true),
	tokenUse('reuse', ({ prefersReuse }) => prefersReuse === true),
];

/** The choice for the providers of which `test` is true; hidden for the others: see below. */
function tokenUse(byDefault: TokenUse, test: (provider: Provider) => boolean): INodeProperties {
	return {
		displayName: 'Token Use',
		name: 'tokenUse',
		type: 'options',
		noDataExpression: true,
		displayOptions: {
			hide: {
				provider: typesWhere((provider) => !test(provider)),
				// A signed call carries no token.
				'/options.signRequest': [true],
			},
		},
		options: [
			{
				name: 'Fresh',
				value: 'fresh',
				description: 'A new token for every call: 20 items are 20 logins',
			},
			{
				name: 'Reuse',
				value: 'reuse',
				description:
					'One token for many calls, renewed shortly before it expires: 20 items are 1 login, or none',
			},
		],
		default: byDefault,
		description: 'Whether every call gets a token of its own',
	};
}

/**
 * What is hidden for the other providers. With `show` the editor takes Provider for a way to log in,
 * hides it, and asks whoever adds the node to connect to Maxus.
 */
export const credentialDescriptions = [
	...all.map(({ type }) => ({
		name: type,
		required: true,
		displayOptions: { hide: { provider: typesWhere((other) => other.type !== type) } },
	})),
	{
		displayName: 'Credential for SSL Certificates',
		name: 'httpSslAuth',
		required: true,
		displayOptions: { hide: { provideSslCertificates: [false] } },
	},
];
