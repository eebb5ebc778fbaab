import { parsedJson } from '../kit/json';
import { parseJson } from '../kit/jsonNumber';
import { readClaims } from '../kit/jwt';
import type { HttpResponse } from '../kit/provider';
import type { Place } from './form';
import { valueAtPath } from './jsonPath';

/** A text or a number as text; `null` for anything else, and for blanks. */
export function textOf(value: unknown): string | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	return String(value).trim() || null;
}

/** A token without the `Bearer` that some services write before it, and that calls get by "How It Is Sent". */
export const withoutScheme = (token: string) => token.replace(/^Bearer\s+/i, '');

/** An ID or a token that is a number may have more digits than JavaScript keeps. */
const withAllDigits = (json: string) => parseJson(json, (digits) => digits);

/** The value at a place of a token response, as text; `null` when there is none. `token`: for claims. */
export function readPlace(
	{ from, path }: Place,
	response: HttpResponse,
	token: string,
	now: number,
): string | null {
	switch (from) {
		case 'json':
			return textOf(valueAtPath(parsedJson(response.body, withAllDigits), path));
		case 'header':
			return textOf([response.headers[path.trim().toLowerCase()]].flat()[0]);
		case 'cookie':
			return readCookie(response.headers['set-cookie'], path.trim(), now);
		case 'body':
			return readBody(response.body);
		case 'xml':
			return readElement(response.body, path.trim());
		case 'claim':
			return textOf(valueAtPath(readClaims(token), path));
	}
}

/** The whole body: plain text, or a JSON string in its quotes. A page, a sentence and other JSON are no token. */
function readBody(body: string): string | null {
	const json = parsedJson(body);
	if (typeof json === 'object') return null;
	const text = textOf(typeof json === 'string' ? json : body);
	return text === null || /^<|\s/.test(withoutScheme(text)) ? null : text;
}

/** The value of a cookie that a response sets (RFC 6265); one that ends it at once is none. */
function readCookie(header: unknown, name: string, now: number): string | null {
	const lines = [header].flat().filter((line) => typeof line === 'string');
	for (const line of lines) {
		const [pair = '', ...attributes] = line.split(';');
		const at = pair.indexOf('=');
		if (at < 0 || pair.slice(0, at).trim() !== name) continue;
		if (!isGone(attributes, now)) return textOf(pair.slice(at + 1).replace(/^\s*"(.*)"\s*$/, '$1'));
	}
	return null;
}

/** `Max-Age` counts more than `Expires`. */
function isGone(attributes: string[], now: number): boolean {
	const valueOf = (name: string) =>
		attributes
			.map((attribute) => attribute.split('='))
			.findLast(([key = '']) => key.trim().toLowerCase() === name)?.[1]
			?.trim();
	const maxAge = valueOf('max-age');
	if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
	return Date.parse(valueOf('expires') ?? '') <= now;
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What of XML stands for no element: a comment, or text that is written as it is. */
const NO_ELEMENT = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g;

/** The text of the first XML element of that name, whatever its namespace prefix. */
function readElement(xml: string, name: string): string | null {
	const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const content = new RegExp(
		`<(?:[\\w.-]+:)?${escaped}(?:\\s[^<>]*)?>([^<]*)</(?:[\\w.-]+:)?${escaped}\\s*>`,
	).exec(
		xml.replace(NO_ELEMENT, (_, text = '') => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')),
	)?.[1];
	return textOf(
		content?.replace(/&(#?\w+);/g, (whole, entity: string) => characterOf(entity) ?? whole),
	);
}

function characterOf(entity: string): string | undefined {
	if (!entity.startsWith('#')) return ENTITIES[entity];
	const code = Number(entity.slice(1).replace(/^x/, '0x'));
	return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
