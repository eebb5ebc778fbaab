import { InputError } from '../kit/errors';

/** Visible characters of Latin-1 and blanks (RFC 9110). */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What a cookie can carry (RFC 6265), and blanks, which servers take. */
const COOKIE_VALUE = /^[\x20\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** @throws {InputError} when a header cannot carry that value */
export function checkedHeader(name: string, value: string): string {
	if (HEADER_VALUE.test(value)) return value;
	throw new InputError(`The header ${name} cannot carry what the credential puts there`, {
		description: 'A header takes one line, without line breaks and characters beyond Latin-1.',
	});
}

/** @throws {InputError} when a cookie cannot carry that value */
export function checkedCookie(name: string, value: string): string {
	if (COOKIE_VALUE.test(value)) return value;
	throw new InputError(`The cookie ${name} cannot carry what the credential puts there`, {
		description: 'A cookie takes no quotes, commas, semicolons, backslashes and line breaks.',
	});
}
