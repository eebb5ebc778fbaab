import type { INodeProperties } from 'n8n-workflow';

import { TokenApi } from '../../credentials/TokenApi.credentials';
import { tokenApi } from '../../providers';

const { properties } = new TokenApi();

/**
 * The fields that n8n's public API wants of a credential, by `toJsonSchema` of n8n 2.41.1: a required one that is
 * shown by conditions is wanted when the first value of the first of them is given.
 */
function wanted(data: Record<string, unknown>): string[] {
	const names = (wantedOf: (property: INodeProperties) => boolean) =>
		properties.filter(({ required }) => required === true).filter(wantedOf);
	const shown = properties.flatMap(({ name, displayOptions }) =>
		displayOptions?.show ? [name] : [],
	);
	const always = names(
		({ name, displayOptions }) => !displayOptions?.show && !shown.includes(name),
	);
	const conditional = names(({ displayOptions }) => {
		const [first] = Object.entries(displayOptions?.show ?? {});
		return first !== undefined && data[first[0]] === first[1]?.[0];
	});
	return [...always, ...conditional].map(({ name }) => name);
}

const expectAccepted = (data: Record<string, unknown>) => {
	const known = properties.map(({ name }) => name);
	expect(Object.keys(data).filter((name) => !known.includes(name))).toEqual([]);
	expect(wanted(data).filter((name) => !(name in data))).toEqual([]);
};

const custom = { service: 'custom', baseUrl: 'https://api.example.com' };
const login = { ...custom, requestUrl: '/login', username: 'me', password: 'fake' };

it.each<[string, Record<string, unknown>]>([
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
])('n8n takes %s with just its own fields', (_what, data) => {
	expectAccepted(data);
});

it.each(Object.entries(tokenApi.services))(
	'n8n takes %s with just its own fields',
	(service, { address = {}, loginAddress, values = {} }) => {
		const asked = Object.entries(values).filter(
			([, { optional, default: preset }]) => optional !== true && preset === undefined,
		);
		expectAccepted({
			service,
			...(address.default === undefined && { baseUrl: 'https://api.example.com' }),
			...(loginAddress !== undefined &&
				loginAddress.default === undefined && { loginAddress: 'https://login.example.com' }),
			...Object.fromEntries(asked.map(([name]) => [name, 'fake'])),
		});
	},
);
