import { isJsonObject } from '../../providers/kit/json';
import type { WrittenDescription } from '../../providers/vendors/tokenApi/description/schema';
import { Failure } from '../../host/step';
import { configTemplates } from './configTemplates';
import { at, objectAt, resolved, textAt, type JsonObject } from './document';

/**
 * A draft of a description from a low-code manifest of Airbyte whose streams log in for a session token.
 * @throws {Failure} when it has no such login, or one that a template of ours cannot say
 */
export function draftOfAirbyte(manifest: unknown): WrittenDescription {
	const authenticator = sessionTokenIn(resolved(manifest, manifest));
	if (authenticator === undefined) {
		throw new Failure('The manifest has no SessionTokenAuthenticator.');
	}
	const login = objectAt(authenticator, 'login_requester');
	const asked = objectAt(manifest, 'spec', 'connection_specification', 'properties');
	const { template, values } = configTemplates(asked);
	const { address, url } = addressOf(login, asked);
	const request = requestOf(login, url, template);
	const send = sendingOf(objectAt(authenticator, 'request_authentication'));
	return {
		version: 1,
		name: textAt(manifest, 'metadata', 'name') ?? textAt(manifest, 'name') ?? 'Service',
		address,
		values: values(),
		login: request,
		token: { json: pathOf(at(authenticator, 'session_token_path')) },
		...(send && { send }),
		lifetime: lifetimeOf(textAt(authenticator, 'expiration_duration')),
	};
}

/** The first one, wherever it stands. */
function sessionTokenIn(value: unknown): JsonObject | undefined {
	if (Array.isArray(value)) return firstOf(value);
	if (!isJsonObject(value)) return undefined;
	return value.type === 'SessionTokenAuthenticator' ? value : firstOf(Object.values(value));
}

function firstOf(values: unknown[]): JsonObject | undefined {
	for (const value of values) {
		const found = sessionTokenIn(value);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** No template stands in the host of a description: an address with one is the user's to give. */
function addressOf(login: JsonObject, asked: JsonObject) {
	const base = (textAt(login, 'url_base') ?? textAt(login, 'url') ?? '').replace(/\/$/, '');
	const url = `/${(textAt(login, 'path') ?? '').replace(/^\//, '')}`;
	const [, whole] = /^\{\{\s*config\[['"](\w+)['"]\]\s*\}\}$/.exec(base) ?? [];
	if (whole !== undefined) {
		const label = textAt(asked, whole, 'title');
		return { url, address: { example: 'https://api.example.com', ...(label && { label }) } };
	}
	if (!base.includes('{{')) return { url, address: { default: base } };
	return { url, address: { example: base.replace(/\{\{.*?\}\}/g, 'acme') } };
}

function requestOf(login: JsonObject, url: string, template: (text: unknown) => string) {
	const body = objectAt(login, 'request_body');
	const isForm = textAt(body, 'type') === 'RequestBodyUrlEncodedForm';
	const value = at(body, 'value');
	const json = at(login, 'request_body_json') ?? (isForm ? undefined : value);
	const form = at(login, 'request_body_data') ?? (isForm ? value : undefined);
	const basic = objectAt(login, 'authenticator');
	const isBasic = textAt(basic, 'type') === 'BasicHttpAuthenticator';
	const method = (textAt(login, 'http_method') ?? 'GET') as 'GET' | 'POST';
	const pairs = (of: unknown) =>
		Object.fromEntries(
			Object.entries(objectAt({ of }, 'of')).map(([name, one]) => [name, template(one)]),
		);
	return {
		method,
		url,
		...(at(login, 'request_headers') !== undefined && { headers: pairs(login.request_headers) }),
		...(at(login, 'request_parameters') !== undefined && {
			query: pairs(login.request_parameters),
		}),
		...(json !== undefined && { json: inTemplates(json, template) }),
		...(form !== undefined && { form: pairs(form) }),
		...(isBasic && { basic: `${template(basic.username)}:${template(basic.password)}` }),
	};
}

function inTemplates(value: unknown, template: (text: unknown) => string): unknown {
	if (typeof value === 'string') return template(value);
	if (Array.isArray(value)) return value.map((one) => inTemplates(one, template));
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, inTemplates(one, template)]),
	);
}

/** Where calls carry the token; Bearer is what a description says by itself. */
function sendingOf(authentication: JsonObject) {
	const place = objectAt(authentication, 'inject_into');
	const name = textAt(place, 'field_name');
	if (name === undefined) return undefined;
	const kinds = {
		header: 'header',
		request_parameter: 'query',
		body_json: 'json',
		body_data: 'form',
	};
	const kind = kinds[(textAt(place, 'inject_into') ?? 'header') as keyof typeof kinds];
	const written = textAt(authentication, 'api_token') ?? '{{ session_token }}';
	const value = written.replace(/\{\{\s*session_token\s*\}\}/, '{{token}}');
	return { [kind]: name, ...(value !== '{{token}}' && { value }) };
}

const pathOf = (path: unknown) => [path ?? 'token'].flat().join('.');

/** An ISO duration of days and below; without one, until the service refuses the token. */
function lifetimeOf(duration = '') {
	const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
	const [days = 0, hours = 0, minutes = 0, seconds = 0] = (parts ?? [])
		.slice(1)
		.map((part) => Number(part ?? 0));
	const all = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
	return all > 0 ? { seconds: all } : { untilRefused: true as const };
}
