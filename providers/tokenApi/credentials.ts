import { readConnection } from '../kit/connectionFields';
import {
	allowedDomains,
	choice,
	optionalText,
	requiredBaseUrl,
	requiredText,
} from '../kit/credentialFields';
import { InputError } from '../kit/errors';
import type { Lifetime, Place, Placement, TimeUnit, TokenApiCredentials } from './form';
import { number, rowsOf, type Data } from './formFields';
import { readExpiredRule } from './expired';
import { readJwtForm } from './jwtForm';
import { PRESETS, type Preset } from './presets';
import { readRequestForm } from './requestForm';

const PLACES = ['json', 'header', 'cookie', 'body', 'xml', 'claim'] as const;
const UNITS: [TimeUnit, ...TimeUnit[]] = ['s', 'ms', 'min', 'unixS', 'unixMs', 'iso'];

/** The fields of a custom service as a new credential has them; a preset replaces some. */
const DEFAULTS: Data = {
	requestMethod: 'POST',
	bodyType: 'json',
	jsonBody: '{ "username": "{{username}}", "password": "{{password}}" }',
	valueFrom: 'json',
	valuePath: 'token',
	placements: { values: [{ place: 'header', name: 'Authorization', value: 'Bearer {{token}}' }] },
	lifetime: 'jwt',
	countedFrom: 'login',
	expiredStatuses: '401',
	jwt: 'none',
};

/** What counts only while its switch is on; a form keeps what was typed before that was turned off. */
const SWITCHES: Record<string, string[]> = {
	changeRequest: [
		'requestMethod',
		'bodyType',
		'jsonBody',
		'formFields',
		'rawBody',
		'rawContentType',
		'queryParameters',
		'headerParameters',
		'basicAuth',
		'basicAuthFormEncoded',
	],
	changeSending: ['placements'],
	changeExpired: [
		'expiredStatuses',
		'expiredPath',
		'expiredValues',
		'expiredText',
		'expiredHeader',
	],
	moreSecrets: ['value1Name', 'value1', 'value2Name', 'value2'],
};

/** The form of a Token API credential, checked. @throws {InputError} that names the field */
export function readTokenApiCredentials(given: Data): TokenApiCredentials {
	const preset = readPreset(given);
	const data: Data = preset
		? { ...DEFAULTS, ...commonFields(given), ...preset.fields }
		: { ...DEFAULTS, ...withoutSwitchedOff(given) };
	const baseUrl = requiredBaseUrl(data, preset?.baseUrl ?? 'https://api.example.com');
	const jwtUse = choice(data, 'jwt', 'Sign a JWT', ['none', 'value', 'accessToken']);
	return {
		baseUrl,
		allowedDomains: allowedDomains(data),
		...readConnection(data),
		values: readValues(data, preset),
		labels: {
			username: preset?.username ?? 'Username',
			password: preset?.password ?? 'Password',
			address: preset ? 'Base URL' : 'Token URL',
			areCustom: preset === null,
		},
		request: jwtUse === 'accessToken' ? null : readRequestForm(data, baseUrl),
		jwt: jwtUse === 'none' ? null : readJwtForm(data),
		token: readTokenPlace(data),
		extra: rowsOf(data, 'extraValues')
			.map((row) => ({ name: optionalText(row, 'name'), place: readRowPlace(row) }))
			.filter(({ name }) => name !== ''),
		placements: readPlacements(data),
		lifetime: readLifetime(data),
		isIdleLifetime: choice(data, 'countedFrom', 'Counted From', ['login', 'lastUse']) === 'lastUse',
		expired: readExpiredRule(data),
	};
}

function readPreset(data: Data): Preset | null {
	const known = Object.keys(PRESETS) as Array<keyof typeof PRESETS>;
	const service = choice(data, 'service', 'Service', ['custom', ...known]);
	return service === 'custom' ? null : PRESETS[service];
}

function withoutSwitchedOff(data: Data): Data {
	const off = Object.keys(SWITCHES).filter((name) => data[name] !== true);
	const fields = new Set(off.flatMap((name) => SWITCHES[name] ?? []));
	return Object.fromEntries(Object.entries(data).filter(([name]) => !fields.has(name)));
}

/** What a user fills in for a known service. A form keeps what was typed before another was chosen. */
function commonFields(data: Data): Data {
	const names = [
		'baseUrl',
		'username',
		'password',
		'database',
		'allowedHttpRequestDomains',
		'allowedDomains',
		'allowUnauthorizedCerts',
		'proxy',
		'processes',
	];
	return Object.fromEntries(names.map((name) => [name, data[name]]));
}

function readValues(data: Data, preset: Preset | null): Record<string, string> {
	if (preset) {
		return {
			username: requiredText(data, 'username', preset.username ?? 'Username'),
			password: requiredText(data, 'password', preset.password ?? 'Password'),
			...(preset.database && { database: requiredText(data, 'database', preset.database) }),
		};
	}
	const more = [1, 2]
		.map((number) => [
			optionalText(data, `value${number}Name`),
			optionalText(data, `value${number}`),
		])
		.filter(([name]) => name !== '');
	return {
		username: optionalText(data, 'username'),
		password: optionalText(data, 'password'),
		...(Object.fromEntries(more) as Record<string, string>),
	};
}

function readTokenPlace(data: Data): Place {
	const from = choice(data, 'valueFrom', 'Token Is In', [
		'json',
		'header',
		'cookie',
		'body',
		'xml',
	]);
	return { from, path: from === 'body' ? '' : requiredText(data, 'valuePath', 'Token Is At') };
}

function readRowPlace(row: Data): Place {
	const from = choice(row, 'from', 'Extra Values', PLACES);
	return { from, path: requiredText(row, 'path', 'Is At under Extra Values') };
}

function readPlacements(data: Data): Placement[] {
	const placements = rowsOf(data, 'placements').map((row) => ({
		place: choice(row, 'place', 'How It Is Sent', ['header', 'query', 'cookie', 'body']),
		name: requiredText(row, 'name', 'Name under How It Is Sent'),
		value: requiredText(row, 'value', 'Value under How It Is Sent'),
		isForWritesOnly: row.writesOnly === true,
	}));
	if (placements.some(({ value }) => value.includes('{{'))) return placements;
	throw new InputError('The credential sends the token nowhere', {
		description: 'Add a row under "How It Is Sent" whose value holds {{token}}.',
	});
}

function readLifetime(data: Data): Lifetime {
	const by = choice(data, 'lifetime', 'Lifetime', ['jwt', 'field', 'fixed', 'refusal']);
	if (by === 'fixed') {
		return { by, seconds: number(data, 'lifetimeSeconds', 'Lifetime in Seconds', 3600, 1) };
	}
	if (by !== 'field') return { by };
	return {
		by,
		path: requiredText(data, 'lifetimePath', 'Lifetime Is At'),
		unit: choice(data, 'lifetimeUnit', 'Lifetime Unit', UNITS),
	};
}
