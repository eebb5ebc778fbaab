import { InputError } from './errors';
import { scalarText } from './json';
import type { Credentials } from './provider';

type Data = Record<string, unknown>;

/** Half of a surrogate pair: it has no bytes in UTF-8, so the service would receive another text. */
const BROKEN_CHARACTER = /\p{Cs}/u;

/** The field as text, as it was typed; `''` when it is empty or missing. @throws {InputError} */
export function typedText(data: Data, field: string): string {
	const value = data[field];
	if ((typeof value === 'object' && value !== null) || Number.isNaN(value)) {
		throw new InputError(`The value of "${field}" is not text`, {
			description: 'Check what its expression returns, and name the field that holds the value.',
		});
	}
	const text = scalarText(value);
	if (!BROKEN_CHARACTER.test(text)) return text;
	throw new InputError(`The value of "${field}" holds a broken character`, {
		description: 'Enter it again: it was cut within a character, for example an emoji.',
	});
}

/** Like {@link typedText}, without white space around it. */
export function optionalText(data: Data, field: string): string {
	return typedText(data, field).trim();
}

/** Like {@link optionalText}. @throws {InputError} when nothing is left. */
export function requiredText(data: Data, field: string, label: string): string {
	const text = optionalText(data, field);
	if (Object.hasOwn(data, field) && (data[field] === undefined || data[field] === null)) {
		throw new InputError(`The expression in "${label}" of the credential gives nothing`, {
			description: 'Check what the field that it reads holds for this item.',
		});
	}
	if (text === '') {
		throw new InputError(`The credential has no ${label}`, {
			description: `Open the credential and fill in "${label}".`,
		});
	}
	return text;
}

/** One of `values`, the first when the field is empty. @throws {InputError} */
export function choice<V extends string>(
	data: Data,
	field: string,
	label: string,
	values: readonly [V, ...V[]],
): V {
	const text = optionalText(data, field) || values[0];
	const value = values.find((known) => known === text);
	if (value !== undefined) return value;
	throw new InputError(`The credential's ${label} "${text}" is not known`, {
		description: `Open the credential and choose one of the offered values for "${label}".`,
	});
}

/** Blanks, control characters and those that cannot be seen: `URL` drops or rewrites them. */
const STRAY = /[\s\p{Cc}\p{Cf}]/u;

/**
 * The Base URL: an `http` or `https` URL, without its trailing slash. It has nothing in it that would lead what
 * is added to it, with the secret, elsewhere.
 * @param endpoints what the provider itself adds to it, and so it must not end in
 * @throws {InputError}
 */
export function requiredBaseUrl(data: Data, example: string, ...endpoints: string[]): string {
	return requiredAddress(data, 'baseUrl', 'Base URL', example, endpoints);
}

/** Like {@link requiredBaseUrl}, for the field of that name and label. @throws {InputError} */
export function requiredAddress(
	data: Data,
	field: string,
	label: string,
	example: string,
	endpoints: string[] = [],
): string {
	const text = requiredText(data, field, label);
	const hint = `Open the credential and set "${label}" to an address like ${example}.`;
	if (!URL.canParse(text)) {
		throw new InputError(`The ${label} of the credential is not a valid URL`, {
			description: hint,
		});
	}
	const url = new URL(text);
	if (!/^https?:\/\/[^/]/i.test(text)) {
		throw new InputError(`The ${label} of the credential must begin with https:// or http://`, {
			description: hint,
		});
	}
	const stray = strayPart(text, url);
	if (stray !== null) {
		throw new InputError(`The ${label} of the credential must not hold ${stray}`, {
			description: hint,
		});
	}
	const baseUrl = `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '');
	const endpoint = endpoints.find((path) => baseUrl.endsWith(path));
	if (endpoint !== undefined) {
		throw new InputError(`The ${label} of the credential must not end in ${endpoint}`, {
			description: `Open the credential and leave out ${endpoint}: it is added to the ${label} by itself.`,
		});
	}
	return baseUrl;
}

/** What an address has in it that would lead elsewhere, or would be dropped on the way; `null`: nothing. */
export function strayPart(text: string, { username, password }: URL): string | null {
	if (username !== '' || password !== '') return 'a user name or password';
	if (text.includes('?')) return 'a query: the part that begins with "?"';
	if (text.includes('#')) return 'a fragment: the part that begins with "#"';
	if (text.includes('\\')) return 'a backslash';
	return STRAY.test(text) ? 'blanks, line breaks or invisible characters' : null;
}

/**
 * The base URL in an expression of a credential test, as {@link requiredBaseUrl} reads it. A form without that field
 * needs some address all the same, by which its Test is known to be one.
 */
export const baseUrlExpression =
	'={{ $credentials.baseUrl.trim().replace(/(?<!\\/)\\/+$/, "") || "https://base-url.invalid" }}';

/** Reads where the token may go. */
export function allowedDomains(data: Data): Credentials['allowedDomains'] {
	switch (data.allowedHttpRequestDomains) {
		case 'none':
			return [];
		case 'domains':
			return optionalText(data, 'allowedDomains')
				.split(',')
				.map((domain) => domain.trim().toLowerCase().replace(/\.$/, ''))
				.filter((domain) => domain !== '');
		default:
			return null;
	}
}
