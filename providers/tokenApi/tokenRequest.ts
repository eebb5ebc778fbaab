import { InputError } from '../kit/errors';
import { writeJson } from '../kit/jsonNumber';
import type { HttpRequest } from '../kit/provider';
import type { Row, TokenRequestForm } from './form';
import { headerField } from './headers';
import { fillJson, fillText, type Values } from './template';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The request for a token, filled in. @throws {InputError} */
export function buildTokenRequest(request: TokenRequestForm | null, values: Values): HttpRequest {
	if (request === null) throw new InputError('This credential makes its tokens itself');
	const { contentType, body } = fillBody(request.body, values);
	return {
		method: request.method,
		url: fillUrl(request, values),
		headers: onePerName([
			...(contentType === null ? [] : [['Content-Type', contentType] as const]),
			...(request.basicAuth === null
				? []
				: [['Authorization', basicAuth(values, request.basicAuth)] as const]),
			...request.headers.map(({ name, value }) =>
				headerField(fillText(name, values), fillText(value, values)),
			),
		]),
		body,
	};
}

/** The last of the headers whose names differ in case at most. */
function onePerName(headers: Array<readonly [name: string, value: string]>) {
	return Object.fromEntries(
		new Map(headers.map((header) => [header[0].toLowerCase(), header])).values(),
	);
}

/** User name and password as RFC 7617 writes them, in UTF-8; or form-encoded first, as RFC 6749 wants it. */
export function basicAuth(
	{ username = '', password = '' }: Values,
	encoding: 'plain' | 'form',
): string {
	const encode = encoding === 'form' ? formEncoded : (value: string) => value;
	const pair = `${encode(username)}:${encode(password)}`;
	return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

function formEncoded(value: string): string {
	return new URLSearchParams([['', value]]).toString().slice(1);
}

function encoded(values: Values, encode: (value: string) => string): Values {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encode(value)]));
}

function fillUrl({ url, query }: TokenRequestForm, values: Values): string {
	const text = fillText(url, encoded(values, encodeURIComponent));
	// `.` and `..` lead to the folder above, also when they are percent-encoded.
	if (/\/\.{1,2}(?=[/?]|$)/.test(text.replace(/\?.*/s, ''))) {
		throw new InputError('The Token URL of the credential has "." or ".." as a part of its path', {
			description: 'Check the Token URL, and the values that are filled in there.',
		});
	}
	const filled = new URL(text);
	const more = encodePairs(query, values);
	const present = filled.search.replace(/^\?/, '');
	filled.search = [present, more].filter((part) => part !== '').join('&');
	return filled.href;
}

function encodePairs(rows: Row[], values: Values): string {
	return rows
		.map(({ name, value }) => [fillText(name, values), fillText(value, values)])
		.map((pair) => pair.map(encodeURIComponent).join('='))
		.join('&');
}

function fillBody(
	body: TokenRequestForm['body'],
	values: Values,
): { contentType: string | null; body?: string } {
	switch (body.type) {
		case 'none':
			return { contentType: null };
		case 'json':
			return {
				contentType: 'application/json',
				body: writeJson(fillJson(body.template, values)),
			};
		case 'form':
			return { contentType: FORM_TYPE, body: encodePairs(body.rows, values) };
		case 'raw':
			return {
				contentType: body.contentType,
				body: fillText(body.text, encoded(values, encoderOf(body.contentType))),
			};
	}
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
