import { InputError } from '../../kit/errors';

/** A token (RFC 9110), which names of headers and of cookies are. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** Visible characters of Latin-1 and blanks (RFC 9110). */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What goes back as it came: servers set more than RFC 6265 lets them, such as quotes and commas. */
const COOKIE_VALUE = /^[\x20-\x3a\x3c-\x7e]*$/;

/** @throws {InputError} when no header can have that name, or carry that value */
export function headerField(name: string, value: string): [name: string, value: string] {
	checkName('header', name);
	if (HEADER_VALUE.test(value)) return [name, value];
	throw new InputError(`The header ${name} cannot carry what the credential puts there`, {
		description: 'A header takes one line, without line breaks and characters beyond Latin-1.',
	});
}

/** @throws {InputError} when no cookie can have that name, or carry that value */
export function cookiePair(name: string, value: string): string {
	checkName('cookie', name);
	if (COOKIE_VALUE.test(value)) return `${name}=${value}`;
	throw new InputError(`The cookie ${name} cannot carry what the credential puts there`, {
		description: 'A cookie takes no semicolons, line breaks and characters beyond ASCII.',
	});
}

function checkName(what: string, name: string): void {
	// Empty: it is the name in the token response, and there is no token yet.
	if (name === '' || NAME.test(name)) return;
	throw new InputError(`The credential names a ${what} that cannot exist`, {
		description: `The name of a ${what} has no blanks, colons, semicolons and line breaks, e.g. X-Auth-Token.`,
	});
}
