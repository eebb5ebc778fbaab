import type { INodeProperties } from 'n8n-workflow';

import { tokenApi } from '../../providers';
import { CURL, CUSTOM, OWN_DESCRIPTION, shownFor, UNKNOWN } from './shown';

const services = Object.entries(tokenApi.services);

type Service = (typeof tokenApi.services)[string];

type Value = NonNullable<Service['values']>[string];
type Address = NonNullable<Service['address']>;

/** A service, and a field that it needs. */
type Fields = [service: string, property: INodeProperties];

/**
 * Each field once, shown for all services that need it like this. A field comes after those that stand before it in
 * the files of these services.
 */
function grouped(fields: Fields[]): INodeProperties[] {
	const byText = new Map<string, { property: INodeProperties; service: string[]; place: number }>();
	const placeIn = new Map<string, number>();
	for (const [service, property] of fields) {
		const text = JSON.stringify(property);
		const known = byText.get(text);
		const place = Math.max(placeIn.get(service) ?? 0, known?.place ?? 0);
		placeIn.set(service, place + 1);
		byText.set(text, { property, service: [...(known?.service ?? []), service], place });
	}
	return [...byText.values()]
		.sort((a, b) => a.place - b.place)
		.flatMap(({ property, service }) => shownFor({ service }, property));
}

const BASE_HINT = 'What the addresses of all calls begin with. The token goes to this host only.';
const OWN_HINT = `${BASE_HINT} Empty: the default of the description.`;
const CURL_HINT = `${BASE_HINT} Empty: the host of the command.`;
const OWN_LOGIN_HINT = 'Only where the description has a loginAddress';
const LOGIN_HINT = 'Where the login is, which is not where the calls go';

function addressField(
	name: string,
	label: string,
	{ default: preset, example = preset, hint, label: own = label }: Address,
	fallback: string,
): INodeProperties {
	const said = preset === undefined ? fallback : `Empty: ${preset}`;
	return {
		displayName: own,
		name,
		type: 'string',
		default: '',
		...(preset === undefined && { required: true }),
		placeholder: `e.g. ${example ?? 'https://api.example.com'}`,
		hint: hint === undefined ? said : `${hint}. ${said}`,
	};
}

function valueField(name: string, value: Value): INodeProperties {
	const { label, example, where, secret = false, optional = false } = value;
	const hint = [value.hint, where && `In ${where}`].filter(Boolean).join('. ');
	const isKey = name === 'signingKey';
	return {
		displayName: label,
		name,
		type: 'string',
		...(secret && { typeOptions: { password: true, ...(isKey && { rows: 4 }) } }),
		default: '',
		...(!optional && value.default === undefined && { required: true }),
		...(example !== undefined && { placeholder: `e.g. ${example}` }),
		...(hint !== '' && { hint }),
	};
}

const nameOf = ({ name, zh }: Service) => (zh === undefined ? name : `${name} (${zh})`);

/** The field of work of a service, and what else it is known by. */
const descriptionOf = ({ group, words }: Service) =>
	[group, ...[words ?? []].flat()].filter(Boolean).join(', ');

/** A notice for each of the services that have something to say. */
const notices: INodeProperties[] = services.flatMap(([service, { notice }]) =>
	notice === undefined
		? []
		: shownFor(
				{ service: [service] },
				{ displayName: notice, name: 'serviceNotice', type: 'notice', default: '' },
			),
);

export const serviceProperties: INodeProperties[] = [
	{
		displayName: 'Service',
		name: 'service',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Custom', value: 'custom', description: 'Any service: describe its login below' },
			{
				name: 'From a cURL Command',
				value: 'curl',
				description: 'Any service: paste a login that works in cURL',
			},
			{
				name: 'Own Description',
				value: 'description',
				description: 'Any service: paste a description of its login, as the documentation shows',
			},
			...services
				.map(([value, service]) => ({
					name: nameOf(service),
					value,
					description: descriptionOf(service),
				}))
				.sort((a, b) => a.name.localeCompare(b.name, 'en')),
		],
		default: 'custom',
		hint: 'Type a name to search. "Custom" is for a service that is not in the list.',
		description: 'A known service fills in how to log in and where the token goes',
	},
	{
		displayName:
			"This service does not say how long a token is good for. Authenticated Request renews it when it is refused, and repeats the call. n8n's HTTP Request node cannot repeat it: when a token has ended, calls may fail there for a minute.",
		name: 'untilRefusedNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				service: services
					.filter(([, { lifetime }]) => lifetime?.untilRefused === true)
					.map(([service]) => service),
			},
		},
	},
	...grouped([
		['custom', addressField('baseUrl', 'Base URL', {}, BASE_HINT)],
		['curl', { ...addressField('baseUrl', 'Base URL', {}, CURL_HINT), required: false }],
		['description', { ...addressField('baseUrl', 'Base URL', {}, OWN_HINT), required: false }],
		[
			'description',
			{ ...addressField('loginAddress', 'Login Address', {}, OWN_LOGIN_HINT), required: false },
		],
		...services.map(
			([service, { address = {} }]): Fields => [
				service,
				addressField('baseUrl', 'Base URL', address, BASE_HINT),
			],
		),
		...services.flatMap(([service, { loginAddress }]): Fields[] =>
			loginAddress === undefined
				? []
				: [[service, addressField('loginAddress', 'Login Address', loginAddress, LOGIN_HINT)]],
		),
	]),
	...shownFor(CUSTOM, {
		displayName: 'Token URL',
		name: 'requestUrl',
		type: 'string',
		noDataExpression: true,
		default: '',
		required: true,
		placeholder: 'e.g. /api/login',
		hint: 'Where to log in: a path below the Base URL, or an absolute URL',
		displayOptions: { show: { jwt: ['none', 'value'] } },
	}),
	...shownFor(CURL, {
		displayName: 'cURL Command',
		name: 'curl',
		type: 'string',
		typeOptions: { password: true, rows: 6 },
		noDataExpression: true,
		default: '',
		required: true,
		placeholder: "curl https://api.example.com/login -d '…'",
		hint: 'As "Copy as cURL" of a browser or the page of the vendor gives it. Secrets may stand in it, or {{username}} and {{password}} of the fields below.',
	}),
	...shownFor(OWN_DESCRIPTION, {
		displayName: 'Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 8 },
		noDataExpression: true,
		default: '',
		required: true,
		placeholder: '{ "version": 1, "name": "…", "login": { "url": "/api/login" } }',
		hint: 'In JSON, without secrets: these go into the fields below',
	}),
	...shownFor(UNKNOWN, {
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		hint: 'The login uses it as {{username}}: a name, an email, a client ID or an app key',
	}),
	...shownFor(UNKNOWN, {
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: 'The login uses it as {{password}}: a password, a client secret or an app secret',
	}),
	...grouped(
		services.flatMap(([service, { values = {} }]) =>
			Object.entries(values).map(([name, value]): Fields => [service, valueField(name, value)]),
		),
	),
	...notices,
	...shownFor(
		UNKNOWN,
		{
			displayName: 'More Secrets',
			name: 'moreSecrets',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			hint: 'e.g. a PIN or a tenant, which the login uses as {{pin}}',
			description: 'Whether the login takes more secrets than the password',
		},
		...[1, 2, 3, 4].flatMap((number) =>
			shownFor(
				{ moreSecrets: [true] },
				{
					displayName: `Name of Value ${number}`,
					name: `value${number}Name`,
					type: 'string',
					noDataExpression: true,
					default: '',
					placeholder: 'e.g. pin',
					hint: 'The login uses the value by this name: {{pin}}',
				},
				{
					displayName: `Value ${number}`,
					name: `value${number}`,
					type: 'string',
					typeOptions: { password: true },
					default: '',
				},
			),
		),
	),
	...shownFor(
		{ moreSecrets: [true], ...UNKNOWN },
		{
			displayName: 'Keep Blanks',
			name: 'keepBlanks',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			hint: 'Off: blanks at the ends are cut off, since pasting often adds them',
			description:
				'Whether blanks at the ends of the password and of these values belong to them; else they are cut off, as pasting adds them',
		},
	),
	...shownFor(
		{ moreSecrets: [true], ...OWN_DESCRIPTION },
		{
			displayName: 'Signing Key',
			name: 'signingKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			hint: 'Only where the description signs a JWT: the value signingKey',
		},
		{
			displayName: 'Key Passphrase',
			name: 'keyPassphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Only for an encrypted key: the value keyPassphrase',
		},
	),
];
