import { InputError } from '../../kit/errors';
import { isJsonObject, scalarText } from '../../kit/json';
import { parseJson, writeJson } from '../../kit/jsonNumber';
import type { Authorization, BusinessRequest } from '../../kit/provider';
import type { Placement } from './description/schema';
import { cookiePair, headerField } from './headers';
import { keysOf } from '../../kit/jsonPath';
import type { LoginCredentials } from './loginCredentials';
import { namesTaken } from './steps';
import { fillText, isLeftOut, namesIn, type Values } from './template';
import { basicAuth } from './tokenRequest';

const READING_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * What a call carries that came with the login, for a token item: nothing in it is a stored secret.
 * Where that is one header alone, it is that header.
 */
export function carriedBy(
	credentials: LoginCredentials,
	token: string,
	extra: Readonly<Record<string, string>>,
): Authorization {
	const { description, secretNames } = credentials;
	const isStored = (template: string) =>
		namesIn(template).some((name) => secretNames.includes(name));
	const send = description.send?.filter(
		({ value, basic = '', ...place }) =>
			![value, basic, ...Object.values(place).map(String)].some(isStored),
	);
	const request = { method: 'POST', url: `${credentials.baseUrl}/` };
	return placeToken(
		{ ...credentials, description: { ...description, send } },
		token,
		extra,
		request,
	);
}

/** Where calls carry a token of which nothing else is said. */
const BEARER: Placement[] = [
	{ header: 'Authorization', value: 'Bearer {{token}}', writesOnly: false },
];

/** What came with the token, and has all cookies of the login in it. */
export const COOKIES = 'cookies';

/**
 * The request with the token, and what came with it, in the places that the description names. Cookies are
 * added to those the request has.
 * @throws {InputError} when a place cannot carry its value, or the body has no fields
 */
export function placeToken(
	{ description, values }: LoginCredentials,
	token: string,
	extra: Readonly<Record<string, string>>,
	request: BusinessRequest,
): Authorization {
	const { keepCookies, send = keepCookies ? [] : BEARER } = description;
	// Before there is a token, what comes with it is empty, too.
	const coming = Object.fromEntries(
		namesTaken(description).map(([name, { optional }]) => [name, optional ? undefined : '']),
	);
	const known: Values = { ...values, ...coming, ...extra, token };
	const isReading = READING_METHODS.includes(request.method.toUpperCase());
	const placements = send
		.filter(({ writesOnly }) => !writesOnly || !isReading)
		.filter(({ value }) => !isLeftOut(value, known));
	const of = (place: 'header' | 'query' | 'cookie' | 'json' | 'form' | 'path') =>
		placements.flatMap((placement) => {
			const name = placement[place];
			return name === undefined
				? []
				: [{ name: fillText(name, known), value: fillText(placement.value, known) }];
		});

	const kept = keepCookies && extra[COOKIES] ? [extra[COOKIES]] : [];
	const cookies = [...kept, ...of('cookie').map(({ name, value }) => cookiePair(name, value))];
	const own = cookies.length > 0 ? cookieHeaderOf(request) : [];
	const query = of('query').map(({ name, value }) => [name, value]);
	const fields = fieldsFor(request, of('json'), placements);
	const basic = placements.flatMap((placement) => placement.basic ?? []);
	return {
		headers: {
			...Object.fromEntries(basic.map((template) => ['Authorization', basicAuth(template, known)])),
			...Object.fromEntries(of('header').map(({ name, value }) => headerField(name, value))),
			...(cookies.length > 0 && { Cookie: [...own, ...cookies].join('; ') }),
			// n8n's helper adds this header where the body is an object; here the body is the text of one.
			...(fields.length > 0 && !hasHeader(request, 'content-type') && JSON_TYPE),
		},
		...(query.length > 0 && { query: Object.fromEntries(query) as Record<string, string> }),
		...(fields.length > 0 && { body: writeJson(withFields(request, fields)) }),
		...inForm(request, of('form')),
		...inPath(request, of('path')),
	};
}

/**
 * The fields of the JSON body; none for a call that reads and has no body.
 * @throws {InputError} where such a call would carry nothing else
 */
function fieldsFor(
	{ method, body }: BusinessRequest,
	fields: Field[],
	placements: Placement[],
): Field[] {
	const hasNoBody = body === undefined && READING_METHODS.includes(method.toUpperCase());
	if (fields.length === 0 || !hasNoBody) return fields;
	if (placements.length > fields.length) return [];
	throw new InputError(`The token goes into the JSON body, and this ${method} has none`, {
		description: 'Send a JSON body, use the method POST, or change "How It Is Sent".',
	});
}

/** The fields of the form of a call, which has no other body. @throws {InputError} when it has one */
function inForm(
	request: BusinessRequest,
	fields: Field[],
): Pick<Authorization, 'form' | 'multipart'> {
	if (fields.length === 0) return {};
	const added = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
	if (request.multipart !== undefined) return { multipart: added };
	const { form = formOf(request) } = request;
	if (form === null) {
		throw new InputError('The token goes into a form, and this call has another body', {
			description: 'Send the body as a form, or change "How It Is Sent" in the credential.',
		});
	}
	const given = Object.entries(form).map(([name, value]) => [name, scalarText(value)]);
	return { form: { ...(Object.fromEntries(given) as Record<string, string>), ...added } };
}

/** The form that a body is, or an empty one where there is none. */
function formOf({ body, headers = {} }: BusinessRequest): Record<string, unknown> | null {
	if (body === undefined || body === null || body === '') return {};
	const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	const isForm = typeof body === 'string' && /x-www-form-urlencoded/i.test(String(type));
	return isForm ? Object.fromEntries(new URLSearchParams(body)) : null;
}

/** What stands in double braces in the URL of a call, also as URLs write them. */
function inPath({ url }: BusinessRequest, fields: Field[]): Pick<Authorization, 'url'> {
	if (fields.length === 0) return {};
	const values = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
	const filled = url.replace(/(?:\{\{|%7B%7B)(\w+)(?:\}\}|%7D%7D)/gi, (whole, name: string) => {
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		return value === undefined ? whole : encodeURIComponent(value);
	});
	return filled === url ? {} : { url: filled };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

function hasHeader({ headers = {} }: BusinessRequest, name: string): boolean {
	return Object.entries(headers).some(
		([key, value]) => key.toLowerCase() === name && Boolean(value),
	);
}

function cookieHeaderOf({ headers = {} }: BusinessRequest): string[] {
	return Object.entries(headers)
		.filter(([name, value]) => name.toLowerCase() === 'cookie' && Boolean(value))
		.map(([, value]) => [value].flat().join('; '));
}

/** A field, and what goes into it. */
interface Field {
	name: string;
	value: string;
}

/** The JSON object of the request's body with more fields; a request without a body gets one. */
function withFields(
	{ body, form, multipart }: BusinessRequest,
	fields: Field[],
): Record<string, unknown> {
	const object = form === undefined && multipart === undefined ? objectOf(body) : null;
	if (object === null) {
		throw new InputError('The token goes into the JSON body, and this call has another body', {
			description: 'Send the body as a JSON object, or change "How It Is Sent" in the credential.',
		});
	}
	for (const { name, value } of fields) setAtPath(object, keysOf(name) ?? [name], value);
	return object;
}

function objectOf(body: unknown): Record<string, unknown> | null {
	if (body === undefined || body === null || body === '') return {};
	try {
		const json: unknown = typeof body === 'string' ? parseJson(body) : structuredClone(body);
		return isJsonObject(json) ? json : null;
	} catch {
		return null;
	}
}

function setAtPath(object: Record<string, unknown>, parts: string[], value: string): void {
	const [first = '', ...rest] = parts;
	const inner = Object.hasOwn(object, first) ? object[first] : undefined;
	const next = (typeof inner === 'object' && inner !== null ? inner : {}) as Record<
		string,
		unknown
	>;
	if (rest.length > 0) setAtPath(next, rest, value);
	// An assignment to `__proto__` would set no field.
	Object.defineProperty(object, first, {
		value: rest.length > 0 ? next : value,
		enumerable: true,
		configurable: true,
		writable: true,
	});
}
