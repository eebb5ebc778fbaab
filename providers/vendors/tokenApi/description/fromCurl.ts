import { optionalText, requiredText } from '../../../kit/credentialFields';
import { InputError } from '../../../kit/errors';
import { isJsonObject, parsedJson } from '../../../kit/json';
import { parseJson } from '../../../kit/jsonNumber';
import { parseCurl, type CurlRequest } from './curl';
import type { Data } from './formFields';
import type { WrittenDescription } from './schema';

type WrittenRequest = NonNullable<WrittenDescription['login']>;

/** What a client says by itself, and a browser says of its page. */
const NOT_OURS =
	/^(?:host|content-length|connection|accept-encoding|priority|upgrade-insecure-requests|sec-.*|dnt|pragma|cache-control)$/i;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * The login that a pasted cURL command makes, and the texts in it that may be secret. Where the token stands and
 * how long it is good is found in the response.
 * @throws {InputError} that says what the command lacks
 */
export function descriptionOfCurl(data: Data): {
	description: WrittenDescription;
	secrets: string[];
} {
	const command = requiredText(data, 'curl', 'cURL Command');
	const curl = parseCurl(command);
	const isOptional = (name: string) => !new RegExp(`\\{\\{ ?${name}\\b`).test(command);
	const address = /^[a-z]+:\/\//i.test(curl.url) ? curl.url : `https://${curl.url}`;
	if (!URL.canParse(address)) {
		throw new InputError('The cURL command has an address that is not a valid URL', {
			description: 'It has to begin like https://api.example.com/login.',
		});
	}
	const login = requestOf({ ...curl, url: address });
	const path = optionalText(data, 'valuePath');
	return {
		description: {
			version: 1,
			name: 'cURL',
			address: { default: new URL(address).origin },
			values: {
				username: { label: 'Username', optional: isOptional('username') },
				password: { label: 'Password', secret: true, optional: isOptional('password') },
			},
			login,
			token: path === '' ? { auto: true } : { json: path },
			lifetime: { auto: true },
		},
		secrets: secretsIn(login),
	};
}

function requestOf({
	url,
	headers,
	data,
	isJson,
	isGet,
	user,
	...curl
}: CurlRequest): WrittenRequest {
	const body = data.join(isJson ? '' : '&');
	const method = METHODS.find(
		(known) => known === (curl.method ?? (body === '' || isGet ? 'GET' : 'POST')),
	);
	if (method === undefined) {
		throw new InputError(
			`The cURL command uses the method ${curl.method}, which no login here can`,
			{
				description: `It may be ${METHODS.join(', ')}.`,
			},
		);
	}
	const type = headers.find(([name]) => /^content-type$/i.test(name))?.[1];
	const query = isGet ? pairsOf(body) : {};
	const kept = headers.filter(([name]) => !NOT_OURS.test(name) && !/^content-type$/i.test(name));
	return {
		method,
		url,
		query,
		headers: Object.fromEntries(kept),
		...(!isGet && body !== '' && bodyOf(body, isJson ? 'application/json' : type)),
		...(user !== undefined && { basic: user.includes(':') ? user : `${user}:` }),
	};
}

/** cURL sends a form unless the command says otherwise. */
function bodyOf(body: string, type = 'application/x-www-form-urlencoded'): Partial<WrittenRequest> {
	const json = /json/i.test(type) ? parsedJson(body, parseJson) : undefined;
	if (typeof json === 'object' && json !== null) return { json };
	if (/x-www-form-urlencoded/i.test(type)) return { form: pairsOf(body) };
	return { text: body, contentType: type };
}

/** What a form says, so that a value in a template is encoded once. */
function pairsOf(form: string): Record<string, string[]> {
	const params = new URLSearchParams(form);
	return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

/** Names whose values are no secrets. */
const PUBLIC =
	/^(?:grant_?type|scope|audience|resource|user_?name|user|login|e-?mail|account|client_?id|tenant|realm|lang|locale|accept.*|user-agent|referer|origin|content-type|x-requested-with)$/i;

/** The texts of a login that may be secret: all but those that are known to be harmless. */
function secretsIn({
	headers = {},
	query = {},
	form = {},
	json,
	text,
	basic,
}: WrittenRequest): string[] {
	const pairs = [headers, query, form].flatMap((part) => Object.entries(part));
	const named = [...pairs, ...leavesOf(json)].filter(([name]) => !PUBLIC.test(name));
	const texts = named.flatMap(([, value]) => [value].flat().map(String));
	const [, ...password] = (basic ?? '').split(':');
	return [...texts, password.join(':'), text ?? ''].filter(
		(one) => one.length > 2 && !/\{\{/.test(one),
	);
}

function leavesOf(json: unknown, name = ''): Array<[name: string, value: unknown]> {
	if (Array.isArray(json)) return json.flatMap((inner) => leavesOf(inner, name));
	if (!isJsonObject(json)) return typeof json === 'string' ? [[name, json]] : [];
	return Object.entries(json).flatMap(([key, inner]) => leavesOf(inner, key));
}
