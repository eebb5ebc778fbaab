import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { TokenApi } from '../../credentials/TokenApi.credentials';
import { tokenApi } from '../../providers';
import { thrownBy } from '../support/leaks';

const { displayName: listedAs, properties } = new TokenApi();

it('is found by "login" where n8n lists credentials, and says what it is where n8n cuts "API"', () => {
	expect(listedAs).toBe('Login Token API');
});

/** What every credential of the package ends with. */
const COMMON = [
	'Test Path',
	'Client Certificate',
	'Ignore SSL Issues (Insecure)',
	'Proxy',
	'Processes Sharing the Limit',
	'Where the Token May Go',
];

/** What the form shows while these fields have these values, and the others their default. */
function shown(values: object): INodeProperties[] {
	const given = values as INodeParameters;
	const data = NodeHelpers.getNodeParameters(properties, given, true, true, null, null) ?? {};
	return properties.filter(
		(property) =>
			property.type !== 'hidden' && NodeHelpers.displayParameter(data, property, null, null),
	);
}

const labels = (values: object) =>
	shown(values)
		.filter(({ type }) => type !== 'notice')
		.map(({ displayName }) => displayName);

const NEW = labels({});

/** What appears, and what goes, when these fields are set. */
function changes(values: object, before: object = {}) {
	const [old, now] = [labels(before), labels(values)];
	return {
		more: now.filter((label) => !old.includes(label)),
		less: old.filter((label) => !now.includes(label)),
	};
}

it('a new credential shows what the short way needs, and a switch for each thing that may differ', () => {
	expect(NEW).toEqual([
		'Service',
		'Base URL',
		'Token URL',
		'Username',
		'Password',
		'More Secrets',
		'Sign a JWT',
		'Change the Token Request',
		'Token Is In',
		'Token Is At',
		'Extra Values',
		'Change How It Is Sent',
		'Lifetime',
		'Change What Means Expired',
		...COMMON,
	]);
});

it('a known service asks for its values in the order in which its file has them', () => {
	expect(labels({ service: 'strapi' }).slice(0, 4)).toEqual([
		'Service',
		'Base URL',
		'Email',
		'Password',
	]);
	const order = (names: string[], service: string) =>
		shown({ service })
			.map(({ name }) => name)
			.filter((name) => names.includes(name));
	const known = Object.entries(tokenApi.services);
	expect(known.map(([service, { values = {} }]) => order(Object.keys(values), service))).toEqual(
		known.map(([, { values = {} }]) => Object.keys(values)),
	);
});

it('the hint of Lifetime says what HTTP Request cannot do', () => {
	const hint = properties.find(({ name }) => name === 'lifetime')?.hint;
	expect(hint).toContain('HTTP Request node depends on it');
});

const REQUEST = ['Query Parameters', 'Headers', 'Basic Auth'];

it.each<[object, string[], string[]]>([
	[
		{ moreSecrets: true },
		[
			...[1, 2, 3, 4].flatMap((number) => [`Name of Value ${number}`, `Value ${number}`]),
			'Keep Blanks',
		],
		[],
	],
	[{ changeRequest: true }, ['Method', 'Body', 'JSON Body', ...REQUEST], []],
	[{ changeRequest: true, requestMethod: 'GET' }, ['Method', ...REQUEST], []],
	[{ changeRequest: true, bodyType: 'form' }, ['Method', 'Body', 'Form Fields', ...REQUEST], []],
	[
		{ changeRequest: true, bodyType: 'raw', basicAuth: true },
		['Method', 'Body', 'Raw Body', 'Content Type', ...REQUEST, 'Form-Encode Basic Auth'],
		[],
	],
	[{ changeRequest: true, bodyType: 'none' }, ['Method', 'Body', ...REQUEST], []],
	[{ valueFrom: 'body' }, [], ['Token Is At']],
	[{ changeSending: true }, ['Keep All Cookies of the Login', 'How It Is Sent'], []],
	[{ lifetime: 'field' }, ['Lifetime Is At', 'Lifetime Unit', 'Counted From'], []],
	[{ lifetime: 'fixed' }, ['Lifetime in Seconds', 'Counted From'], []],
	[{ lifetime: 'refusal' }, [], []],
	[{ lifetime: 'auto' }, [], []],
	[{ testPath: '/me' }, ['Test Method'], []],
	[{ testPath: '/me', testMethod: 'POST' }, ['Test Method', 'Test Body'], []],
	[
		{ clientCertificate: true },
		['Certificate in PEM', 'Private Key', 'Private Key Passphrase'],
		[],
	],
	[
		{ changeExpired: true },
		[
			'Expired: Statuses',
			'Expired: Path in the JSON Body',
			'Expired: Values at That Path',
			'Expired: Text in the Body',
			'Expired: Header',
		],
		[],
	],
	[
		{ jwt: 'value' },
		[
			'Algorithm',
			'Signing Key',
			'Key Passphrase',
			'Key ID',
			'Certificate',
			'JWT Header Fields',
			'Claims',
			'JWT Lifetime in Seconds',
			'Clock Margin in Seconds',
		],
		[],
	],
	[
		{ jwt: 'accessToken', jwtAlgorithm: 'HS256' },
		[
			'Algorithm',
			'Signing Key',
			'Signing Key Is',
			'Key ID',
			'JWT Header Fields',
			'Claims',
			'JWT Lifetime in Seconds',
			'Clock Margin in Seconds',
		],
		[
			'Token URL',
			'Change the Token Request',
			'Token Is In',
			'Token Is At',
			'Extra Values',
			'Lifetime',
		],
	],
	[{ allowedHttpRequestDomains: 'domains' }, ['Hosts'], []],
])('%j', (values, more, less) => {
	expect(changes(values)).toEqual({ more, less });
});

it('what was switched on before there was no token request shows no more', () => {
	const before = { changeRequest: true, lifetime: 'field', valueFrom: 'json', basicAuth: true };
	expect(changes({ ...before, jwt: 'accessToken' }, { jwt: 'accessToken' }).more).toEqual([]);
});

it.each(Object.entries(tokenApi.services))(
	'%s asks for what the service calls them, and no more',
	(service, { values = {}, address, loginAddress, lifetime, notice }) => {
		const left = { changeRequest: true, jwt: 'value', lifetime: 'field', moreSecrets: true };
		const login = loginAddress === undefined ? [] : [loginAddress.label ?? 'Login Address'];
		const asked = Object.values(values).map(({ label }) => label);
		const form = labels({ service, ...left });
		expect(form[0]).toBe('Service');
		const own = [address?.label ?? 'Base URL', ...login, ...asked];
		expect([...form.slice(1)].sort()).toEqual([...own, ...COMMON].sort());
		const required = shown({ service }).filter((property) => property.required === true);
		const needed = Object.values(values).filter(
			({ optional, default: preset }) => optional !== true && preset === undefined,
		);
		expect(required.map(({ displayName }) => displayName)).toEqual(
			expect.arrayContaining(needed.map(({ label }) => label)),
		);
		const notices = shown({ service }).filter(({ type }) => type === 'notice');
		const expected = [lifetime?.untilRefused === true, notice !== undefined].filter(Boolean);
		expect(notices).toHaveLength(expected.length);
	},
);

it('only secrets are masked, and none stands in a row, which n8n would mix up when one is deleted', () => {
	const masked = properties.filter(({ typeOptions }) => typeOptions?.password === true);
	const ofForm = [
		'accessToken',
		'clientCert',
		'clientKey',
		'clientKeyPassphrase',
		'curl',
		'keyPassphrase',
		'password',
		'signingCert',
		'signingKey',
		'value1',
		'value2',
		'value3',
		'value4',
	];
	const ofServices = Object.values(tokenApi.services).flatMap(({ values = {} }) =>
		Object.keys(values).filter((name) => values[name]?.secret === true),
	);
	expect(new Set(masked.map(({ name }) => name))).toEqual(new Set([...ofForm, ...ofServices]));
	const rows = properties.filter(({ type }) => type === 'fixedCollection');
	expect(JSON.stringify(rows)).not.toContain('"password":true');
});

describe('a value that cannot be right is named as the form names its field', () => {
	const service = { service: 'custom', baseUrl: 'https://api.example.com', requestUrl: '/login' };
	const jwt = { ...service, jwt: 'value', signingKey: 'fake-key' };
	const labelOf = (name: string, data: object) =>
		[...shown(data), ...properties].find((property) => property.name === name)?.displayName ?? name;

	it.each<[string, object]>([
		['baseUrl', { ...service, baseUrl: '' }],
		['requestUrl', { ...service, requestUrl: '' }],
		['valuePath', { ...service, valueFrom: 'cookie', valuePath: '' }],
		['curl', { ...service, service: 'curl' }],
		['description', { ...service, service: 'description' }],
		['testMethod', { ...service, testPath: '/me', testMethod: 'FETCH' }],
		['testBody', { ...service, testPath: '/me', testMethod: 'POST', testBody: '{' }],
		['clientCert', { ...service, clientCertificate: true }],
		['jwtHeader', { ...jwt, jwtHeader: '[]' }],
		['valueFrom', { ...service, valueFrom: 'page' }],
		['jwt', { ...service, jwt: 'yes' }],
		['jwtAlgorithm', { ...jwt, jwtAlgorithm: 'none' }],
		['signingKey', { ...jwt, signingKey: '' }],
		['signingKeyEncoding', { ...jwt, signingKeyEncoding: 'pem' }],
		['jwtClaims', { ...jwt, jwtClaims: 'iss' }],
		['jwtLifetime', { ...jwt, jwtLifetime: 0 }],
		['jwtMargin', { ...jwt, jwtMargin: -1 }],
		['requestMethod', { ...service, changeRequest: true, requestMethod: 'PATCH' }],
		['bodyType', { ...service, changeRequest: true, bodyType: 'xml' }],
		['jsonBody', { ...service, changeRequest: true, jsonBody: '{' }],
		['rawContentType', { ...service, changeRequest: true, bodyType: 'raw' }],
		['placements', { ...service, changeSending: true, placements: {} }],
		['placements', { ...service, changeSending: true, placements: { values: [{ name: '' }] } }],
		['extraValues', { ...service, extraValues: { values: [{ name: 'csrf', path: '' }] } }],
		['lifetime', { ...service, lifetime: 'forever' }],
		['lifetimePath', { ...service, lifetime: 'field', lifetimePath: '' }],
		['lifetimeUnit', { ...service, lifetime: 'field', lifetimePath: 'x', lifetimeUnit: 'weeks' }],
		['lifetimeSeconds', { ...service, lifetime: 'fixed', lifetimeSeconds: -1 }],
		['countedFrom', { ...service, countedFrom: 'now' }],
	])('%s %#', async (name, data) => {
		const error = await thrownBy(() => tokenApi.readCredentials(data as never));
		const { message, description } = error as Error & { description?: string };
		expect(`${message}. ${description}`).toContain(labelOf(name, data));
	});
});
