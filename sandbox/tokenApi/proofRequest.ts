import { isDeepStrictEqual } from 'node:util';
import { parseJsonObject } from '../body';
import type { Exchange } from '../types';

type Texts = Record<string, unknown>;

/** A request as the vendor's documents print it; values stand in it as `{{username}}`. */
export interface PrintedRequest {
	method: string;
	url: string;
	query?: Texts;
	headers?: Texts;
	isBasicFormEncoded?: boolean;
	json?: unknown;
	form?: Texts;
	text?: string;
}

/** What a call carries. */
export interface PrintedCall {
	method?: string;
	headers?: Texts;
	query?: Texts;
	json?: Texts;
	form?: Texts;
}

export type Values = Record<string, string>;

/** A printed text with the values in it. */
function filled(template: unknown, values: Values, encode = (text: string) => text): unknown {
	if (typeof template === 'string') {
		return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
			values[name] === undefined ? whole : encode(values[name]),
		);
	}
	if (Array.isArray(template)) return template.map((inner) => filled(inner, values, encode));
	if (typeof template !== 'object' || template === null) return template;
	return Object.fromEntries(
		Object.entries(template).map(([name, inner]) => [name, filled(inner, values, encode)]),
	);
}

type Pairs = Array<[name: string, value: string]>;

const sorted = (pairs: Iterable<readonly [string, string]>): Pairs =>
	[...pairs].map(([name, value]): [string, string] => [name, value]).sort();

const printedPairs = (texts: Record<string, unknown> = {}, values: Values): Pairs =>
	sorted(Object.entries(texts).map(([name, text]) => [name, String(filled(text, values))]));

/** User name and password, as `Basic name:password`. */
function readable(header: string, isFormEncoded = false): string {
	if (!header.startsWith('Basic ')) return header;
	const pair = Buffer.from(header.slice('Basic '.length), 'base64').toString();
	const decode = (part: string) =>
		isFormEncoded ? (new URLSearchParams(`x=${part}`).get('x') ?? '') : part;
	return `Basic ${pair.split(':').map(decode).join(':')}`;
}

function hasHeaders(
	{ headers }: Exchange,
	printed: Record<string, unknown> = {},
	values: Values,
	isFormEncoded?: boolean,
): boolean {
	return Object.entries(printed).every(([name, text]) => {
		const given = readable(String(headers[name] ?? ''), isFormEncoded);
		return name === 'cookie'
			? given.split('; ').sort().join() === String(filled(text, values)).split('; ').sort().join()
			: given === filled(text, values);
	});
}

/** A query or a form: these pairs, and no other. */
const isOnly = (text: string, printed: Record<string, unknown> | undefined, values: Values) =>
	isDeepStrictEqual(sorted(new URLSearchParams(text)), printedPairs(printed, values));

const XML: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

const inXml = (text: string) => text.replace(/[&<>"']/g, (character) => XML[character] ?? '');

/** Whether a request is the printed one. */
export const isRequest = {
	path({ path }: Pick<Exchange, 'path'>, { url }: PrintedRequest, values: Values): boolean {
		const printed = new URL(String(filled(url, values, encodeURIComponent)));
		return decodeURIComponent(path) === decodeURIComponent(printed.pathname);
	},

	whole(exchange: Exchange, printed: PrintedRequest, values: Values): boolean {
		const body = exchange.content.toString();
		const { query, headers, json, form, text, isBasicFormEncoded } = printed;
		if (!hasHeaders(exchange, headers, values, isBasicFormEncoded)) return false;
		if (!isOnly(exchange.record.query, query, values)) return false;
		if (json !== undefined) {
			const given: unknown = JSON.parse(body || 'null');
			return isDeepStrictEqual(given, filled(json, values));
		}
		if (form !== undefined) return isOnly(body, form, values);
		if (text === undefined) return body === '';
		return body === filled(text, values, /^\s*</.test(text) ? inXml : undefined);
	},
};

/** Whether a call carries what the documents say; it may hold more of its own. */
export function carries(exchange: Exchange, printed: PrintedCall, values: Values): boolean {
	const { headers, query, json, form } = printed;
	const has = (given: Record<string, unknown>, wanted: Record<string, unknown> = {}) =>
		Object.entries(wanted).every(([name, text]) =>
			isDeepStrictEqual(given[name], filled(text, values)),
		);
	const ofText = (text: string) => Object.fromEntries(new URLSearchParams(text));
	return (
		hasHeaders(exchange, headers, values) &&
		has(ofText(exchange.record.query), query) &&
		has(parseJsonObject(exchange.content) ?? {}, json) &&
		has(ofText(exchange.content.toString()), form)
	);
}
