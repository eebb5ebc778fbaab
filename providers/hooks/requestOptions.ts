import type { IHttpRequestOptions } from 'n8n-workflow';

import { carriesSecret } from '../call/carriesSecret';
import { InputError } from '../kit/errors';
import { assertNoHost, withHeaders } from '../kit/headers';
import type { BusinessRequest, Credentials, Provider, TestRequest } from '../kit/provider';
import type { Engine } from '../tokens/engine';
import { assertTokenMayGo } from '../tokens/hosts';

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

/** What options were before they were authorized, in case they have to be sent again. */
interface Plain {
	body: unknown;
	carriesSecret: boolean;
}

const plainOf = new WeakMap<object, Plain>();

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
	const target = absoluteUrl(options);
	if (plainOf.get(options)?.carriesSecret === true) throw sentOnce();
	assertTokenMayGo(provider, credentials, target);
	assertNoHost(Object.keys(options.headers ?? {}));

	const request = toBusinessRequest(options, target);
	const { headers, url, query, form, body } = provider.authorize({
		credentials,
		token: { token, extra },
		request,
		env: runtime,
	});
	const authorized = {
		...options,
		...(url !== undefined && { baseURL: undefined, [options.uri ? 'uri' : 'url']: url }),
		headers: withHeaders(options.headers ?? {}, headers),
		...(query !== undefined && { qs: { ...(options.qs as object | undefined), ...query } }),
		...(form !== undefined && { body: new URLSearchParams(form) }),
		...(body !== undefined && { body }),
		// No hook sees each hop of a redirect, so the token could leave for another host.
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		...(credentials.proxy !== undefined && !options.proxy && { proxy: credentials.proxy as never }),
		...(credentials.certificates !== undefined &&
			!options.agentOptions && { agentOptions: credentials.certificates }),
		...(credentials.allowUnauthorizedCerts === true && {
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		}),
	};
	const { qs, form: fields, formData } = options;
	const parts = [new URL(target).search.slice(1), options.headers, qs, fields, formData];
	plainOf.set(authorized, {
		body: request.body,
		carriesSecret:
			plainOf.get(options)?.carriesSecret ??
			carriesSecret([...parts, request.body], provider.secretsOf({ credentials })),
	});
	return authorized;
}

const sentOnce = () =>
	new InputError('A call that carries a password is not sent again with a new token', {
		description:
			'The service answered it with 401. Check the password or the secret in the call first, and then run it again.',
	});

/**
 * The call of a Test that the provider names, in place of the one that n8n asks for. Where it names none, what
 * the Base URL answers says nothing, but n8n can reach it.
 */
export function withCall(
	options: IHttpRequestOptions,
	test: TestRequest | null,
	{ baseUrl }: Credentials,
): IHttpRequestOptions {
	const others = { ...options, baseURL: undefined };
	if (test === null) {
		return { ...others, method: 'GET', url: `${baseUrl}/`, ignoreHttpStatusErrors: true };
	}
	const { method, url, headers, body } = test.call;
	return {
		...others,
		method,
		url,
		headers: withHeaders(options.headers ?? {}, headers),
		body,
		ignoreHttpStatusErrors: false,
	};
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
		body: plainOf.has(options) ? plainOf.get(options)?.body : body,
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
		: `${String(baseURL).replace(/(?<!\/)\/+$/, '')}/${target.replace(/^\/+/, '')}`;
	return URL.canParse(joined, baseURL) ? new URL(joined, baseURL).href : joined;
}
