import type { IHttpRequestOptions } from 'n8n-workflow';

import type { BusinessRequest, Credentials, Provider } from '../kit/provider';
import type { Engine } from './engine';
import { assertTokenMayGo } from './hosts';

/**
 * Both kinds of options that n8n hands to a credential: those of `httpRequestWithAuthentication`, and those
 * of `requestWithAuthentication`, by which the HTTP Request node comes, with `uri` for `url` and other names
 * for two switches.
 */
type RequestOptions = IHttpRequestOptions & {
	uri?: string;
	form?: Record<string, unknown>;
	formData?: Record<string, unknown>;
};

/** The plain body of options that were authorized before, in case they have to be sent again. */
const plainBodies = new WeakMap<object, unknown>();

const ABSOLUTE_URL = /^([a-z][a-z\d+.-]*:)?\/\//i;

/**
 * A copy of n8n's request options with the token. They themselves stay as they are: n8n would store
 * the token with a failed execution.
 * @throws {InputError} when the token may not go there, or the request cannot be authorized
 */
export function authorizeOptions(
	{ runtime }: Engine,
	provider: Provider,
	credentials: Credentials,
	token: string,
	options: RequestOptions,
	extra?: Record<string, string>,
): IHttpRequestOptions {
	const url = absoluteUrl(options);
	assertTokenMayGo(provider, credentials, url);

	const request = toBusinessRequest(options, url);
	const { headers, query, form, body } = provider.authorize(
		credentials,
		token,
		request,
		runtime,
		extra,
	);
	const authorized = {
		...options,
		headers: withHeaders(options.headers ?? {}, headers),
		...(query !== undefined && { qs: { ...(options.qs as object | undefined), ...query } }),
		...(form !== undefined && { body: new URLSearchParams(form) }),
		...(body !== undefined && { body }),
		// No hook sees each hop of a redirect, so the token could leave for another host.
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		...(credentials.proxy !== undefined && !options.proxy && { proxy: credentials.proxy as never }),
		...(credentials.allowUnauthorizedCerts === true && {
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		}),
	};
	plainBodies.set(authorized, request.body);
	return authorized;
}

function toBusinessRequest(options: RequestOptions, url: string): BusinessRequest {
	const { method = 'GET', qs, headers, body, form, formData } = options;
	return {
		method,
		url,
		query: qs,
		headers,
		form,
		multipart: formData && textFields(formData),
		body: plainBodies.has(options) ? plainBodies.get(options) : body,
	};
}

function textFields(formData: Record<string, unknown>): Array<[string, string]> {
	return Object.entries(formData).filter(
		(field): field is [string, string] => typeof field[1] === 'string',
	);
}

/** Joins as axios does, which takes less for absolute than `URL`: not a URL that begins with a space. */
function absoluteUrl({ url, uri, baseURL }: RequestOptions): string {
	const target = String(url ?? uri ?? '');
	if (!baseURL) return target;
	const joined = ABSOLUTE_URL.test(target)
		? target
		: `${String(baseURL).replace(/\/+$/, '')}/${target.replace(/^\/+/, '')}`;
	return URL.canParse(joined, baseURL) ? new URL(joined, baseURL).href : joined;
}

/** `headers` with `added` in the place of any header of the same name, however it is written. */
export function withHeaders<V>(headers: object, added: Record<string, V>) {
	const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
	return {
		...Object.fromEntries(
			Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())),
		),
		...added,
	};
}
