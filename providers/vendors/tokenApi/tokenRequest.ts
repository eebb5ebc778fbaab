import { InputError } from '../../kit/errors';
import { writeJson } from '../../kit/jsonNumber';
import type { HttpRequest } from '../../kit/provider';
import type { LoginRequest } from './description/schema';
import { headerField } from './headers';
import { fillJson, fillText, isLeftOut, type Values } from './template';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Names, with a template or several for each. */
type Pairs = Record<string, string[]>;

/**
 * A request of a description, filled in.
 * @param address what a path is below
 * @throws {InputError} when a name stands for nothing, or a value cannot stand where it should
 */
export function buildRequest(request: LoginRequest, address: string, values: Values): HttpRequest {
	const { contentType, body } = fillBody(request, values);
	const { basic, formEncodeBasic } = request;
	return {
		method: request.method ?? (isBodyless(request) ? 'GET' : 'POST'),
		url: fillUrl(request, address, values),
		headers: onePerName([
			...(contentType === null ? [] : [['Content-Type', contentType] as const]),
			...(basic === undefined
				? []
				: [['Authorization', basicAuth(basic, values, formEncodeBasic)] as const]),
			...filled(request.headers, values).map(([name, value]) => headerField(name, value)),
		]),
		body,
	};
}

/** A request without a word of its method is a POST where it has a body, else a GET. */
const isBodyless = ({ json, form, text }: LoginRequest) =>
	json === undefined && form === undefined && text === undefined;

/** The last of the headers whose names differ in case at most. */
function onePerName(headers: Array<readonly [name: string, value: string]>) {
	return Object.fromEntries(
		new Map(headers.map((header) => [header[0].toLowerCase(), header])).values(),
	);
}

/**
 * The value of a header with user name and password as RFC 7617 writes them, in UTF-8.
 * @param template of both, with a colon between them
 * @param isFormEncoded whether each is form-encoded first, as RFC 6749 wants it
 */
export function basicAuth(template: string, values: Values, isFormEncoded = false): string {
	const encode = isFormEncoded ? formEncoded : (value: string) => value;
	// A colon within braces is part of a name.
	const names = /\{\{[^{}]*\}\}/g;
	const colon = template.replace(names, (name) => '_'.repeat(name.length)).indexOf(':');
	const parts = colon < 0 ? [template, ''] : [template.slice(0, colon), template.slice(colon + 1)];
	const pair = parts.map((part) => encode(fillText(part, values)));
	return `Basic ${Buffer.from(pair.join(':'), 'utf8').toString('base64')}`;
}

function formEncoded(value: string): string {
	return new URLSearchParams([['', value]]).toString().slice(1);
}

/** The address of a request as it is described, its templates not filled in. */
export function urlOf(url: string, address: string): string {
	return /^https?:\/\//i.test(url) ? url : `${address}/${url.replace(/^\/+/, '')}`;
}

function fillUrl({ url, query }: LoginRequest, address: string, values: Values): string {
	const text = fillText(urlOf(url, address), values, encodeURIComponent);
	// `.` and `..` lead to the folder above, also when they are percent-encoded.
	if (/\/\.{1,2}(?=[/?]|$)/.test(text.replace(/\?.*/s, ''))) {
		throw new InputError('The Token URL of the credential has "." or ".." as a part of its path', {
			description: 'Check the Token URL, and the values that are filled in there.',
		});
	}
	const complete = new URL(text);
	const more = encodePairs(query, values);
	const present = complete.search.replace(/^\?/, '');
	complete.search = [present, more].filter((part) => part !== '').join('&');
	return complete.href;
}

function filled(pairs: Pairs, values: Values): Array<[name: string, value: string]> {
	return Object.entries(pairs).flatMap(([name, templates]) =>
		templates
			.filter((template) => !isLeftOut(template, values))
			.map((template): [string, string] => [fillText(name, values), fillText(template, values)]),
	);
}

function encodePairs(pairs: Pairs, values: Values): string {
	return filled(pairs, values)
		.map((pair) => pair.map(encodeURIComponent).join('='))
		.join('&');
}

function fillBody(
	{ json, form, text, contentType = 'text/plain' }: LoginRequest,
	values: Values,
): { contentType: string | null; body?: string } {
	if (json !== undefined) {
		return { contentType: 'application/json', body: writeJson(fillJson(json, values)) };
	}
	if (form !== undefined) return { contentType: FORM_TYPE, body: encodePairs(form, values) };
	if (text === undefined) return { contentType: null };
	return { contentType, body: fillText(text, values, encoderOf(contentType)) };
}

const XML: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

/** How a value is written so that it stays one value in a text of that type. */
function encoderOf(contentType: string): (value: string) => string {
	if (/[/+]xml\b/i.test(contentType)) {
		return (value) => value.replace(/[&<>"']/g, (character) => XML[character] ?? character);
	}
	if (/[/+]json\b/i.test(contentType)) return (value) => JSON.stringify(value).slice(1, -1);
	if (/x-www-form-urlencoded/i.test(contentType)) return encodeURIComponent;
	return (value) => value;
}
