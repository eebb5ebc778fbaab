import { choice, optionalText, requiredText } from '../../../kit/credentialFields';
import { InputError } from '../../../kit/errors';
import { number, rowsOf, type Data } from './formFields';
import { readExpiredConditions } from './formExpired';
import { readJwtForm } from './formJwt';
import { readRequestForm } from './formRequest';
import type { WrittenDescription } from './schema';

type Written<Name extends keyof WrittenDescription> = NonNullable<WrittenDescription[Name]>;

const PLACES = ['json', 'header', 'cookie', 'body', 'xml', 'form', 'claim'] as const;
const UNITS = ['s', 'ms', 'min', 'h', 'unixS', 'unixMs', 'iso'] as const;

/** The fields of the form as a new credential has them. */
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
	changeSending: ['placements', 'keepCookies'],
	changeExpired: [
		'expiredStatuses',
		'expiredPath',
		'expiredValues',
		'expiredText',
		'expiredHeader',
	],
};

/** The login that the fields of the form describe. @throws {InputError} that names the field */
export function descriptionOfForm(given: Data): WrittenDescription {
	const data: Data = { ...DEFAULTS, ...withoutSwitchedOff(given) };
	const jwtUse = choice(data, 'jwt', 'Sign a JWT', ['none', 'value', 'accessToken']);
	return {
		version: 1,
		name: 'Custom',
		values: {
			username: { label: 'Username' },
			password: { label: 'Password', secret: true },
		},
		...(jwtUse !== 'accessToken' && { login: readRequestForm(data) }),
		...(jwtUse !== 'none' && {
			jwt: readJwtForm(data, jwtUse === 'value' ? 'login' : 'token'),
		}),
		token: [readTokenPlace(data)],
		also: Object.fromEntries(
			rowsOf(data, 'extraValues')
				.map((row) => [optionalText(row, 'name'), readRowPlace(row)] as const)
				.filter(([name]) => name !== ''),
		),
		...(data.keepCookies === true && { keepCookies: true }),
		send: readPlacements(data),
		lifetime: readLifetime(data),
		expiredIf: readExpiredConditions(data),
	};
}

function withoutSwitchedOff(data: Data): Data {
	const off = Object.keys(SWITCHES).filter((name) => data[name] !== true);
	const fields = new Set(off.flatMap((name) => SWITCHES[name] ?? []));
	return Object.fromEntries(Object.entries(data).filter(([name]) => !fields.has(name)));
}

type WrittenPlace = Written<'also'>[string];

function readTokenPlace(data: Data): WrittenPlace {
	const from = choice(data, 'valueFrom', 'Token Is In', [
		'json',
		'header',
		'cookie',
		'body',
		'xml',
		'form',
	]);
	if (from === 'json' && optionalText(data, 'valuePath') === '') return { auto: true };
	return from === 'body'
		? { body: true }
		: placeAt(from, requiredText(data, 'valuePath', 'Token Is At'));
}

/** An attribute of an XML element is written as `element@attribute`. */
function placeAt(from: Exclude<(typeof PLACES)[number], 'body'>, path: string): WrittenPlace {
	const [element = '', attribute] = from === 'xml' ? path.split('@') : [path];
	return { [from]: element, ...(attribute !== undefined && { attribute }) };
}

function readRowPlace(row: Data): WrittenPlace {
	const from = choice(row, 'from', 'Extra Values', PLACES);
	const path = requiredText(row, 'path', 'Is At under Extra Values');
	return from === 'body' ? { body: true } : placeAt(from, path);
}

const SENT_IN = ['header', 'query', 'cookie', 'body', 'form', 'path', 'basic'] as const;

function readPlacements(data: Data): Written<'send'> {
	const rows = rowsOf(data, 'placements').map((row) => ({
		place: choice(row, 'place', 'How It Is Sent', SENT_IN),
		name: requiredText(row, 'name', 'Name under How It Is Sent'),
		value: requiredText(row, 'value', 'Value under How It Is Sent'),
		writesOnly: row.writesOnly === true,
	}));
	const isSent = rows.some(({ name, value }) => `${name}${value}`.includes('{{'));
	if (!isSent && data.keepCookies !== true) {
		throw new InputError('The credential sends the token nowhere', {
			description: 'Add a row under "How It Is Sent" whose value holds {{token}}.',
		});
	}
	return rows.map(({ place, name, value, writesOnly }) => {
		if (place === 'basic') return { basic: `${name}:${value}`, writesOnly };
		return { [place === 'body' ? 'json' : place]: name, value, writesOnly };
	});
}

function readLifetime(data: Data): WrittenDescription['lifetime'] {
	const by = choice(data, 'lifetime', 'Lifetime', ['jwt', 'field', 'fixed', 'refusal', 'auto']);
	const idle = choice(data, 'countedFrom', 'Counted From', ['login', 'lastUse']) === 'lastUse';
	switch (by) {
		case 'jwt':
			return undefined;
		case 'auto':
			return { auto: true, idle };
		case 'refusal':
			return { untilRefused: true };
		case 'fixed':
			return { seconds: number(data, 'lifetimeSeconds', 'Lifetime in Seconds', 3600, 1), idle };
		case 'field': {
			const unit = choice(data, 'lifetimeUnit', 'Lifetime Unit', UNITS);
			return {
				json: requiredText(data, 'lifetimePath', 'Lifetime Is At'),
				unit: unit === 'iso' ? 'date' : unit,
				idle,
			};
		}
	}
}
