import { tokenApi } from '../../providers';

/** A way to fill in a credential, and the fields that it has; all of it visibly fake. */
export type OwnFields = [what: string, data: Record<string, unknown>];

const custom = { service: 'custom', baseUrl: 'https://api.example.com' };
const login = { ...custom, requestUrl: '/login', username: 'me', password: 'fake' };

/** The forms of a Token API credential, each with no other fields than its own. */
export const formFields: OwnFields[] = [
	['the short way', login],
	['one that signs a JWT for the login', { ...login, jwt: 'value', signingKey: 'fake' }],
	['one whose JWT is the token', { ...custom, jwt: 'accessToken', signingKey: 'fake' }],
	['one without a JWT, which says so', { ...login, jwt: 'none' }],
	['a cURL command', { service: 'curl', curl: 'curl https://api.example.com' }],
	['a description', { service: 'description', description: '{}' }],
	[
		'one with a client certificate',
		{ ...login, clientCertificate: true, clientCert: 'fake', clientKey: 'fake' },
	],
];

/** Each service of the list, with the fields that it asks for. */
export const serviceFields: OwnFields[] = Object.entries(tokenApi.services).map(
	([service, { address = {}, loginAddress, values = {} }]) => {
		const asked = Object.entries(values).filter(
			([, { optional, default: preset }]) => optional !== true && preset === undefined,
		);
		return [
			service,
			{
				service,
				...(address.default === undefined && { baseUrl: 'https://api.example.com' }),
				...(loginAddress !== undefined &&
					loginAddress.default === undefined && { loginAddress: 'https://login.example.com' }),
				...Object.fromEntries(asked.map(([name]) => [name, 'fake'])),
			},
		];
	},
);
