import { InputError } from './errors';
import type { Credentials } from './provider';

type Data = Record<string, unknown>;

/** The field as text without white space around it; `''` when it is empty or missing. */
export function optionalText(data: Data, field: string): string {
	const value = data[field];
	return value === undefined || value === null ? '' : String(value).trim();
}

/** Like {@link optionalText}. @throws {InputError} when nothing is left. */
export function requiredText(data: Data, field: string, label: string): string {
	const text = optionalText(data, field);
	if (text === '') {
		throw new InputError(`The credential has no ${label}`, {
			description: `Open the credential and fill in "${label}".`,
		});
	}
	return text;
}

/**
 * An `http` or `https` URL without query, fragment and trailing slash.
 * @param endpoints what the provider itself adds to it, and so it must not end in
 * @throws {InputError}
 */
export function requiredBaseUrl(data: Data, example: string, ...endpoints: string[]): string {
	const text = requiredText(data, 'baseUrl', 'Base URL');
	const hint = `Open the credential and set "Base URL" to an address like ${example}.`;
	if (!URL.canParse(text)) {
		throw new InputError('The Base URL of the credential is not a valid URL', {
			description: hint,
		});
	}
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw new InputError('The Base URL of the credential must begin with https:// or http://', {
			description: hint,
		});
	}
	if (url.username !== '' || url.password !== '') {
		throw new InputError('The Base URL of the credential must not hold a user name or password', {
			description: hint,
		});
	}
	const baseUrl = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
	const endpoint = endpoints.find((path) => baseUrl.endsWith(path));
	if (endpoint !== undefined) {
		throw new InputError(`The Base URL of the credential must not end in ${endpoint}`, {
			description: `Open the credential and leave out ${endpoint}: it is added to the Base URL by itself.`,
		});
	}
	return baseUrl;
}

/** The base URL in an expression of a credential test, as {@link requiredBaseUrl} reads it. */
export const baseUrlExpression = '={{ $credentials.baseUrl.trim().replace(/\\/*([?#].*)?$/, "") }}';

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
