import { VendorError } from '../kit/errors';
import { parsedJson } from '../kit/json';
import type { HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';
import type { ExpiredRule } from './form';
import { valueAtPath } from './jsonPath';
import { textOf } from './places';

/** Where services put their words and codes, the commonest first. */
const TEXTS = [
	'error_description',
	'errorMessage',
	'message',
	'msg',
	'errmsg',
	'errMsg',
	'detail',
	'error.message.value',
	'error.message',
	'error.data',
	'errors[0].message',
	'errors[0].detail',
	'messages[0].message',
	'messages[0].text',
	'errorMessages[0]',
	'error',
];
const CODES = [
	'errorCode',
	'errcode',
	'code',
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
	return { text: find(TEXTS), code: find(CODES) };
}

/**
 * What a response to a business request says when its token is no longer good, by the rule of the
 * credential; `null` when it does not say so.
 */
export function expiredToken(
	rule: ExpiredRule,
	response: HttpResponse,
	now: number,
): VendorError | null {
	// A 401 says so for every provider.
	if (response.status === 401 || !saysExpired(rule, response)) return null;
	const { text, code } = refusalText(response.body);
	const said = text === null ? '' : `: ${text}`;
	const details = statusDetails(response, now);
	return new VendorError(`The service refused the token (HTTP ${response.status})${said}`, {
		...details,
		vendorCode: code ?? details.vendorCode,
		tokenState: 'refused',
		description:
			'A renewed token was refused, too. Check what the account may do, and "How It Is Sent" and "Expired" of the credential.',
	});
}

function saysExpired(rule: ExpiredRule, { status, headers, body }: HttpResponse): boolean {
	if (rule.statuses.includes(status)) return true;
	if (rule.header !== null && hasHeader(headers, rule.header)) return true;
	const value = rule.path === '' ? body : scalarAt(body, rule.path);
	if (value === null) return false;
	if (rule.text !== '' && value.includes(rule.text)) return true;
	return rule.path !== '' && rule.values.includes(value);
}

function hasHeader(
	headers: HttpResponse['headers'],
	{ name, value }: NonNullable<ExpiredRule['header']>,
): boolean {
	const given = [headers[name]].flat().filter((one) => one !== undefined && one !== null);
	return given.some((one) => value === '' || String(one).trim() === value);
}

function scalarAt(body: string, path: string): string | null {
	const value = valueAtPath(parsedJson(body), path);
	return typeof value === 'boolean' ? String(value) : textOf(value);
}
