import { parsedJson } from '../kit/json';
import type { HttpResponse } from '../kit/provider';
import { valueAtPath } from './jsonPath';
import { textOf } from './places';

/** Where services put their words and codes, the commonest first. */
const TEXTS = [
	'error_description',
	'errorMessage',
	'error_message',
	'errorSummary',
	'message',
	'Message',
	'msg',
	'errmsg',
	'errMsg',
	'detail',
	'reason',
	'error.message.value',
	'error.data.message',
	'error.data',
	'error.message',
	'error.detail',
	'errors[0].message',
	'errors[0].detail',
	'messages[0].message',
	'messages[0].text',
	'errors[0]',
	'errorMessages[0]',
	'non_field_errors[0]',
	'[0].message',
	'error',
];
const CODES = [
	'errorCode',
	'error_code',
	'errcode',
	'code',
	'Code',
	'error.code',
	'errors[0].extensions.code',
	'errors[0].code',
	'messages[0].code',
	'error',
];

/** A longer text is no sentence. */
const MAX_SENTENCE = 200;

/** The words of a refusal that are its whole body: plain text, or a JSON string; `null`: they are not. */
export function refusalSentence({ status, body }: HttpResponse): string | null {
	const json = parsedJson(body);
	const text = typeof json === 'string' ? json : json === undefined ? body.trim() : '';
	// In another answer that could be the token.
	const isSentence = status >= 400 && text.length <= MAX_SENTENCE && !/^[<{[]/.test(text);
	return isSentence ? textOf(text) : null;
}

/** What a service says in the body of a refusal; `null`: it says nothing we know. */
export function refusalText(body: string): { text: string | null; code: string | null } {
	const json = parsedJson(body);
	const find = (paths: string[]) => {
		const value = paths
			.map((path) => valueAtPath(json, path))
			.find((found) => (typeof found === 'string' && found !== '') || typeof found === 'number');
		return value === undefined ? null : String(value);
	};
	// WordPress writes its sentences in HTML.
	return { text: find(TEXTS)?.replace(/<[^<>]*>/g, '') ?? null, code: find(CODES) };
}
