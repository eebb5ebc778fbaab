import { readConnection } from '../kit/connectionFields';
import {
	allowedDomains,
	choice,
	optionalText,
	requiredBaseUrl,
	requiredText,
	strayPart,
	typedText,
} from '../kit/credentialFields';
import { InputError } from '../kit/errors';
import type {
	ExpiredRule,
	Lifetime,
	Place,
	Placement,
	Row,
	TimeUnit,
	TokenApiCredentials,
	TokenRequestForm,
} from './form';
import { jsonObject, listOf, number, rowsOf, type Data } from './formFields';
import { readJwtForm } from './jwtForm';
import { PRESETS, type Preset } from './presets';

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
		request: jwtUse === 'accessToken' ? null : readRequest(data, baseUrl),
		jwt: jwtUse === 'none' ? null : readJwtForm(data),
		token: readTokenPlace(data),
		extra: rowsOf(data, 'extraValues')
			.map((row) => ({ name: optionalText(row, 'name'), place: readRowPlace(row) }))
			.filter(({ name }) => name !== ''),
		placements: readPlacements(data),
		lifetime: readLifetime(data),
		isIdleLifetime: choice(data, 'countedFrom', 'Counted From', ['login', 'lastUse']) === 'lastUse',
		expired: readExpired(data),
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

function readRequest(data: Data, baseUrl: string): TokenRequestForm {
	const method = choice(data, 'requestMethod', 'Method', ['POST', 'GET', 'PUT']);
	return {
		method,
		url: readTokenUrl(data, baseUrl),
		headers: named(rowsOf(data, 'headerParameters')),
		query: named(rowsOf(data, 'queryParameters')),
		body: method === 'GET' ? { type: 'none' } : readBody(data),
		basicAuth: readBasicAuth(data),
	};
}

function readBasicAuth(data: Data): TokenRequestForm['basicAuth'] {
	if (data.basicAuth !== true) return null;
	return data.basicAuthFormEncoded === true ? 'form' : 'plain';
}

function readTokenUrl(data: Data, baseUrl: string): string {
	const text = requiredText(data, 'requestUrl', 'Token URL');
	const url = /^https?:\/\//i.test(text) ? text : `${baseUrl}/${text.replace(/^\/+/, '')}`;
	if (!URL.canParse(url)) {
		throw new InputError('The Token URL of the credential is not a valid URL', {
			description: 'Give an absolute URL, or a path below the Base URL such as /api/login.',
		});
	}
	if (/^https?:\/\/[^/?#]*\{\{/i.test(url)) {
		throw new InputError('The Token URL of the credential has a template in its host', {
			description:
				'Write the host out: templates are filled in after it, so that no value can lead the login elsewhere.',
		});
	}
	// No fault of the Token URL: its query, and names in braces, which are filled in later.
	const stray = strayPart(url.replace(/\{\{[^}]*\}\}|\?/g, ''), new URL(url));
	if (stray === null) return url;
	throw new InputError(`The Token URL of the credential must not hold ${stray}`, {
		description:
			'Use the fields Username and Password, and "Basic Auth" where the service wants it; write blanks in a query as %20.',
	});
}

function readBody(data: Data): TokenRequestForm['body'] {
	switch (choice(data, 'bodyType', 'Body', ['json', 'form', 'none', 'raw'])) {
		case 'json':
			return { type: 'json', template: jsonObject(data, 'jsonBody', 'JSON Body') };
		case 'form':
			return { type: 'form', rows: named(rowsOf(data, 'formFields')) };
		case 'raw':
			return {
				type: 'raw',
				text: typedText(data, 'rawBody'),
				contentType: requiredText(data, 'rawContentType', 'Content Type'),
			};
		case 'none':
			return { type: 'none' };
	}
}

const named = (rows: Data[]): Row[] =>
	rows
		.map((row) => ({ name: optionalText(row, 'name'), value: typedText(row, 'value') }))
		.filter(({ name }) => name !== '');

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

function readExpired(data: Data): ExpiredRule {
	const path = optionalText(data, 'expiredPath');
	const values = listOf(data, 'expiredValues');
	const text = optionalText(data, 'expiredText');
	if (path === '' ? values.length > 0 : values.length === 0 && text === '') {
		throw new InputError('The credential does not say fully what means expired', {
			description:
				'"Path in the JSON Body" needs values or a text that mean it, and values need the path where they stand.',
		});
	}
	return {
		statuses: listOf(data, 'expiredStatuses').map((text) => {
			const status = Number(text);
			if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
			throw new InputError(`"${text}" under "Expired" of the credential is not an HTTP status`, {
				description: 'Give numbers from 100 to 599 with commas between them, e.g. 401, 403.',
			});
		}),
		path,
		values,
		text,
		header: readHeaderRule(optionalText(data, 'expiredHeader')),
	};
}

/** `Name: value`, or the name alone. */
function readHeaderRule(text: string): ExpiredRule['header'] {
	const [, name = '', value = ''] = /^([^:]*):?(.*)$/s.exec(text) ?? [];
	return name.trim() === '' ? null : { name: name.trim().toLowerCase(), value: value.trim() };
}
