import type { LoginCredentials } from './loginCredentials';
import { fillText, namesIn } from './template';
import { urlOf } from './tokenRequest';

/** Addresses of programs that serve whatever a request names: JSON-RPC, GraphQL, the CGI of a device. */
const SERVES_ALL = /(?:rpc|graphql|\.(?:php|cgi|fcgi|ashx|asmx|do|dll))$/i;

/** What such a request is called where it logs in, in words or as a part of a name. */
const LOGIN_WORD = /log[-_. ]?in|sign[-_. ]?in|auth|token|session/i;

/** The addresses that serve nothing but a request of the login. Those that follow from a response are not known. */
export function loginUrls(credentials: LoginCredentials): string[] {
	return requestsOf(credentials).flatMap(({ url }) => (servesAll(url) ? [] : [url]));
}

/** Whether a request goes to an address that serves all, and says there what the login says. */
export function namesLogin(
	credentials: LoginCredentials,
	[path = '', ...texts]: string[],
): boolean {
	return requestsOf(credentials).some(({ url, request }) => {
		if (!servesAll(url) || path !== new URL(url).pathname.replace(/^\//, '').toLowerCase())
			return false;
		const words = textsIn(request).filter((text) => LOGIN_WORD.test(text));
		const said = texts.join('\n').toLowerCase();
		return words.some((word) => said.includes(word.toLowerCase()));
	});
}

function servesAll(url: string): boolean {
	const name = new URL(url).pathname.split('/').at(-1) ?? '';
	return SERVES_ALL.test(name) && !LOGIN_WORD.test(name);
}

function requestsOf({ description, loginAddress, values }: LoginCredentials) {
	return [description.before, description.login, description.after].flatMap((request) => {
		const url = urlOf(request?.url ?? '', loginAddress);
		const isKnown = namesIn(url).every((name) => values[name] !== undefined);
		if (request === undefined || !isKnown) return [];
		const filled = fillText(url, values, encodeURIComponent);
		return URL.canParse(filled) ? [{ url: filled, request }] : [];
	});
}

/** What a description writes itself, and not the values of a credential. */
function textsIn(described: unknown): string[] {
	if (typeof described === 'string') return described.includes('{{') ? [] : [described];
	if (typeof described !== 'object' || described === null) return [];
	const { json, form, query, url } = described as Record<string, unknown>;
	const parts = [json, form, query, url].filter((part) => part !== undefined);
	return (parts.length > 0 ? parts : Object.values(described)).flatMap(textsIn);
}
