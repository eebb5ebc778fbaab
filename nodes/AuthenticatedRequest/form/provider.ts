import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import type { Provider, TokenUse } from '../../../providers';
import { onlyFor, type Vendors } from './vendors';

/** The choice of the vendor, where there is one, and of how its tokens are used. */
export function providerProperties(vendors: Vendors): INodeProperties[] {
	const choice: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			noDataExpression: true,
			options: vendors.map(({ type, displayName, summary }) => ({
				name: displayName,
				value: type,
				description: summary,
			})),
			default: 'maxusApi',
			description: 'The service to request a token from',
		},
		// In n8n's editor a property of this type marks the place of the credential's drop-down list.
		{ displayName: 'Credential', name: 'credentials', type: 'credentials', default: '' },
	];
	return [
		...(vendors.length > 1 ? choice : []),
		...callTo(vendors),
		...tokenUse(vendors, 'fresh', ({ tokens }) => tokens.reuse === 'offered'),
		...tokenUse(vendors, 'reuse', ({ tokens }) => tokens.reuse === 'preferred'),
	];
}

/** What is called, where a vendor has calls that are signed beside those that carry a token. */
function callTo(vendors: Vendors): INodeProperties[] {
	return onlyFor(vendors, ({ signing }) => signing !== undefined, {
		displayName: 'Call',
		name: 'callTo',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Your Own Server (JWT)',
				value: 'server',
				description: 'The call carries a JWT that YesApi made: Authorization: Bearer …',
			},
			{
				name: 'Interface of YesApi (Signed)',
				value: 'interface',
				description: 'The call carries app_key and sign, for example App.Table.Get',
			},
		],
		default: 'server',
		description: 'Whether the call goes to your own server or to YesApi itself',
	});
}

/** The choice for the vendors of which `test` is true. */
function tokenUse(
	vendors: Vendors,
	byDefault: TokenUse,
	test: (vendor: Provider) => boolean,
): INodeProperties[] {
	return onlyFor(vendors, test, {
		displayName: 'Token Use',
		name: 'tokenUse',
		type: 'options',
		noDataExpression: true,
		// A signed call carries no token.
		displayOptions: { hide: { '/options.signRequest': [true], callTo: ['interface'] } },
		options: [
			{
				name: 'Fresh',
				value: 'fresh',
				description: 'A new token for every call: 20 items need 20 logins',
			},
			{
				name: 'Reuse',
				value: 'reuse',
				description:
					'One token for many calls, renewed shortly before it expires: 20 items need one login at most',
			},
		],
		default: byDefault,
		description: 'Whether every call gets its own token',
	});
}

/** The credential of each vendor, hidden for the others, and that of client certificates. */
export const credentialDescriptions = (vendors: Vendors): INodeCredentialDescription[] => [
	...vendors.map(({ type }) => ({
		name: type,
		required: true,
		displayOptions: {
			hide: { provider: vendors.map((other) => other.type).filter((other) => other !== type) },
		},
	})),
	sslCredential,
];

const sslCredential: INodeCredentialDescription = {
	displayName: 'Credential for SSL Certificates',
	name: 'httpSslAuth',
	required: true,
	displayOptions: { hide: { provideSslCertificates: [false] } },
};
