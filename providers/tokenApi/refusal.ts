import type { ExpiredRule } from './form';
import { valueAtPath } from './jsonPath';
import { parsedJson } from './places';

const MAX_TEXT_LENGTH = 300;

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

/** What a service says in the body of a refusal, cut to a length; `null`: it says nothing we know. */
export function refusalText(body: string): { text: string | null; code: string | null } {
	const json = parsedJson(body);
	const find = (paths: string[]) => {
		const value = paths
			.map((path) => valueAtPath(json, path))
			.find((found) => (typeof found === 'string' && found !== '') || typeof found === 'number');
		return value === undefined ? null : String(value).slice(0, MAX_TEXT_LENGTH);
	};
	return { text: find(TEXTS), code: find(CODES) };
}

/** Whether a response to a business request says that the token is no longer good. */
export function saysExpired(rule: ExpiredRule, status: number, body: string): boolean {
	if (rule.statuses.includes(status)) return true;
	if (rule.text !== '' && body.includes(rule.text)) return true;
	if (rule.path === '') return false;
	const value = valueAtPath(parsedJson(body), rule.path);
	return value !== undefined && value !== null && rule.values.includes(String(value));
}

/** Whether the body has to be read to tell. */
export function looksAtBody({ path, text }: ExpiredRule): boolean {
	return path !== '' || text !== '';
}
