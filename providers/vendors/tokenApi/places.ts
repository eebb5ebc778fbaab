import { parseJson } from '../../kit/jsonNumber';
import { readClaims } from '../../kit/jwt';
import type { HttpResponse } from '../../kit/provider';
import { cookieValue } from './cookies';
import type { Place } from './description/schema';
import { valueAtPath } from '../../kit/jsonPath';
import { responseJson } from './responseJson';
import { elementIn } from './xml';

/** A text or a number as text; `null` for anything else, and for blanks. */
export function textOf(value: unknown): string | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	return String(value).trim() || null;
}

/** Whether a text is more than what programs write where there is no token. */
export function isToken(text: string | null): text is string {
	return text !== null && !/^(?:null|undefined|none|bearer|bearer (?:null|undefined))$/i.test(text);
}

/** A token without the `Bearer` that some services write before it, and that calls get by "How It Is Sent". */
export const withoutScheme = (token: string) => token.replace(/^Bearer\s+/i, '');

/** An ID or a token that is a number may have more digits than JavaScript keeps. */
const withAllDigits = (json: string) => parseJson(json, (digits) => digits);

/** The value at a place of a response, as text; `null` when there is none. `token`: for claims. */
export function readPlace(
	place: Place,
	response: HttpResponse,
	token: string,
	now: number,
): string | null {
	return textOf(valueAt(place, response, token, now));
}

/** What stands at a place of a response, also a truth value; a JSON value may be of any type. */
export function valueAt(
	{ json, header, cookie, xml, attribute, form, claim }: Place,
	{ headers, body }: HttpResponse,
	token: string,
	now: number,
): unknown {
	if (json !== undefined) return valueAtPath(responseJson(body, withAllDigits), json);
	if (header !== undefined) return [headers[header.toLowerCase()]].flat()[0];
	if (cookie !== undefined) return cookieValue(headers, cookie, now);
	if (xml !== undefined) return elementIn(body, xml, attribute);
	if (form !== undefined) return new URLSearchParams(body.trim()).get(form);
	if (claim !== undefined) return valueAtPath(readClaims(token), claim);
	return readBody(body);
}

/** The whole body: plain text, or a JSON string in its quotes. A page, a sentence and other JSON are no token. */
function readBody(body: string): string | null {
	const json = responseJson(body);
	if (typeof json === 'object') return null;
	const text = textOf(typeof json === 'string' ? json : body);
	return text === null || /^<|\s/.test(withoutScheme(text)) ? null : text;
}

/** A place, as a message names it. */
export function describePlace(place: Place): string {
	const { json, header, cookie, xml, form, claim, attribute } = place;
	if (json !== undefined) return `the JSON path "${json}"`;
	if (header !== undefined) return `the header "${header}"`;
	if (cookie !== undefined) return `the cookie "${cookie}"`;
	if (xml !== undefined) {
		return `the XML element "${xml}"${attribute === undefined ? '' : ` and its attribute "${attribute}"`}`;
	}
	if (form !== undefined) return `the form field "${form}"`;
	if (claim !== undefined) return `the claim "${claim}"`;
	if (place.auto === true) return 'any place that looks like it';
	return 'the body';
}
