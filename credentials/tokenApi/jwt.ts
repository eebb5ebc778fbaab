import type { INodeProperties } from 'n8n-workflow';

import { CUSTOM, shownFor } from './shown';

const family = (name: string) => ['256', '384', '512'].map((bits) => name + bits);

const WITH_SECRET = family('HS');

const ALGORITHMS = ['EdDSA', ...family('ES'), ...WITH_SECRET, ...family('PS'), ...family('RS')];

/** A JWT that is signed here. */
export const jwtProperties: INodeProperties[] = [
	...shownFor(CUSTOM, {
		displayName: 'Sign a JWT',
		name: 'jwt',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'No', value: 'none' },
			{
				name: 'For the Token Request',
				value: 'value',
				description: 'Signed for each login, which uses it as {{jwt}}: RFC 7523, GitHub App',
			},
			{
				name: 'It Is the Token',
				value: 'accessToken',
				description: 'There is no login: App Store Connect, Ghost, Snowflake',
			},
		],
		default: 'none',
		hint: 'For services that take a JWT which you sign with your own key',
	}),
	...shownFor(
		{ jwt: ['value', 'accessToken'], ...CUSTOM },
		{
			displayName: 'Algorithm',
			name: 'jwtAlgorithm',
			type: 'options',
			noDataExpression: true,
			options: ALGORITHMS.map((name) => ({ name, value: name })),
			default: 'RS256',
		},
		{
			displayName: 'Signing Key',
			name: 'signingKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			hint: 'A private key in PEM, encrypted or not, also on one line; for HS, the shared secret',
		},
		{
			displayName: 'Signing Key Is',
			name: 'signingKeyEncoding',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { jwtAlgorithm: WITH_SECRET } },
			options: [
				{ name: 'Base64', value: 'base64' },
				{ name: 'Hex', value: 'hex' },
				{ name: 'Text', value: 'utf8' },
			],
			default: 'utf8',
		},
		{
			displayName: 'Key Passphrase',
			name: 'keyPassphrase',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { hide: { jwtAlgorithm: WITH_SECRET } },
			default: '',
			hint: 'Only for an encrypted key',
		},
		{
			displayName: 'Key ID',
			name: 'keyId',
			type: 'string',
			default: '',
			hint: 'The header kid, where the service wants one',
		},
		{
			displayName: 'Certificate',
			name: 'signingCert',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: { hide: { jwtAlgorithm: WITH_SECRET } },
			default: '',
			hint: 'Only where the service wants x5t in the header: the certificate of the key in PEM, for x5t and x5t#S256',
		},
		{
			displayName: 'JWT Header Fields',
			name: 'jwtHeader',
			type: 'string',
			typeOptions: { rows: 2 },
			noDataExpression: true,
			default: '{}',
			hint: 'As JSON: what stands in the header beside alg, typ and kid',
		},
		{
			displayName: 'Claims',
			name: 'jwtClaims',
			type: 'string',
			typeOptions: { rows: 4 },
			noDataExpression: true,
			default: '{\n  "iss": "{{username}}"\n}',
			hint: 'As JSON. iat and exp are added. {{fingerprint}} is the SHA-256 fingerprint of the public key, {{nonce}} a new random text each time, e.g. for jti.',
		},
		{
			displayName: 'JWT Lifetime in Seconds',
			name: 'jwtLifetime',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 300,
			hint: 'The documentation of the service says how long a JWT may be good for',
		},
		{
			displayName: 'Clock Margin in Seconds',
			name: 'jwtMargin',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			hint: 'How far iat is set back, for a service whose clock is behind',
		},
	),
];
