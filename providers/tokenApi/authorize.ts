import { InputError } from '../kit/errors';
import { isJsonObject } from '../kit/json';
import { parseJson, writeJson } from '../kit/jsonNumber';
import type { Authorization, BusinessRequest } from '../kit/provider';
import type { Placement, TokenApiCredentials } from './form';
import { cookiePair, headerField } from './headers';
import { pathParts } from './jsonPath';
import { fillText } from './template';

const READING_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The request with the token, and what came with it, in the places that the credential names. Cookies are
 * added to those the request has.
 * @throws {InputError} when a place cannot carry its value, or the body has no fields
 */
export function placeToken(
	{ placements, values, extra: named }: TokenApiCredentials,
	token: string,
	extra: Readonly<Record<string, string>>,
	request: BusinessRequest,
): Authorization {
	// Before there is a token, what comes with it is empty, too.
	const empty = Object.fromEntries(named.map(({ name }) => [name, '']));
	const known = { ...values, ...empty, ...extra, token };
	const isReading = READING_METHODS.includes(request.method.toUpperCase());
	const filled = placements
		.filter(({ isForWritesOnly }) => !isForWritesOnly || !isReading)
		.map((placement) => ({
			...placement,
			name: fillText(placement.name, known),
			value: fillText(placement.value, known),
		}));
	const of = (place: Placement['place']) => filled.filter((placement) => placement.place === place);

	const cookies = of('cookie').map(({ name, value }) => cookiePair(name, value));
	const own = cookies.length > 0 ? cookieHeaderOf(request) : [];
	const query = of('query').map(({ name, value }) => [name, value]);
	const fields = of('body');
	return {
		headers: {
			...Object.fromEntries(of('header').map(({ name, value }) => headerField(name, value))),
			...(cookies.length > 0 && { Cookie: [...own, ...cookies].join('; ') }),
			// n8n's helper adds this header where the body is an object; here the body is the text of one.
			...(fields.length > 0 && !hasHeader(request, 'content-type') && JSON_TYPE),
		},
		...(query.length > 0 && { query: Object.fromEntries(query) as Record<string, string> }),
		...(fields.length > 0 && { body: writeJson(withFields(request, fields)) }),
	};
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

/** The JSON object of the request's body with more fields; a request without a body gets one. */
function withFields(
	{ body, form, multipart }: BusinessRequest,
	fields: Placement[],
): Record<string, unknown> {
	const object = form === undefined && multipart === undefined ? objectOf(body) : null;
	if (object === null) {
		throw new InputError('The token goes into the JSON body, and this call has another body', {
			description: 'Send the body as a JSON object, or change "How It Is Sent" in the credential.',
		});
	}
	for (const { name, value } of fields) setAtPath(object, pathParts(name), value);
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
