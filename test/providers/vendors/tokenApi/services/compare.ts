import type { Authorization, HttpRequest } from '../../../../../providers/kit/provider';
import type { Exchange, ProofCall, ProofRequest } from './proof';

export type Values = Record<string, string>;

/** `template` with the values in it, written by `encode`. */
export function filled(template: string, values: Values, encode = (text: string) => text): string {
	return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
		const value = values[name];
		if (value === undefined) throw new Error(`The proof uses {{${name}}}, which is no value`);
		return encode(value);
	});
}

/** JSON with the values in its texts. */
export function filledJson(template: unknown, values: Values): unknown {
	if (typeof template === 'string') return filled(template, values);
	if (Array.isArray(template)) return template.map((inner) => filledJson(inner, values));
	if (typeof template !== 'object' || template === null) return template;
	return Object.fromEntries(
		Object.entries(template).map(([name, inner]) => [name, filledJson(inner, values)]),
	);
}

const pairsOf = (texts: Record<string, unknown>, values: Values) =>
	Object.entries(texts)
		.map(([name, text]) => [name, filled(String(text), values)])
		.sort();

const inXml = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&apos;');

const lowerCased = (headers: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));

/** User name and password, as a server reads them. */
function readBasic(header: string, isFormEncoded: boolean): string {
	const pair = Buffer.from(header.slice('Basic '.length), 'base64').toString();
	const decode = (part: string) =>
		isFormEncoded ? (new URLSearchParams(`x=${part}`).get('x') ?? '') : part;
	return `Basic ${pair.split(':').map(decode).join(':')}`;
}

/** Asserts that a request is, to who reads it as a server does, the one of the documents. */
export function expectRequest(made: HttpRequest, expected: ProofRequest, values: Values): void {
	const url = new URL(made.url);
	expect(made.method).toBe(expected.method);
	const path = new URL(filled(expected.url, values, encodeURIComponent));
	expect(`${url.origin}${decodeURIComponent(url.pathname)}`).toBe(
		`${path.origin}${decodeURIComponent(path.pathname)}`,
	);
	expect([...url.searchParams].sort()).toEqual(pairsOf(expected.query, values));

	const { 'content-type': contentType, ...headers } = lowerCased(made.headers);
	const { 'content-type': wanted, ...others } = expected.headers;
	if (wanted !== undefined) expect(contentType).toBe(wanted);
	if (typeof headers.authorization === 'string' && headers.authorization.startsWith('Basic ')) {
		headers.authorization = readBasic(headers.authorization, expected.isBasicFormEncoded);
	}
	expect(headers).toEqual(Object.fromEntries(pairsOf(others, values)));

	if (expected.json !== undefined) {
		expect(contentType).toMatch(/json/);
		expect(JSON.parse(made.body ?? '')).toEqual(filledJson(expected.json, values));
	} else if (expected.form !== undefined) {
		expect(contentType).toBe('application/x-www-form-urlencoded');
		expect([...new URLSearchParams(made.body)].sort()).toEqual(pairsOf(expected.form, values));
	} else if (expected.text !== undefined) {
		const encode = /xml/.test(String(contentType)) ? inXml : undefined;
		expect(made.body).toBe(filled(expected.text, values, encode));
	} else {
		expect(made.body).toBeUndefined();
	}
}

/** Asserts what a call carries. */
export function expectCall(made: Authorization, expected: ProofCall, values: Values): void {
	const headers = lowerCased(made.headers);
	if (expected.json !== undefined) delete headers['content-type'];
	expect(headers).toEqual(Object.fromEntries(pairsOf(expected.headers, values)));
	expect(made.query).toEqual(expected.query && Object.fromEntries(pairsOf(expected.query, values)));
	expect(made.form).toEqual(expected.form && Object.fromEntries(pairsOf(expected.form, values)));
	expect(made.body === undefined ? undefined : JSON.parse(made.body)).toEqual(
		filledJson(expected.json, values),
	);
}

/** The requests of a login, and their responses. */
export const exchangesOf = (login: Exchange | Exchange[] | undefined): Exchange[] =>
	[login ?? []].flat();
