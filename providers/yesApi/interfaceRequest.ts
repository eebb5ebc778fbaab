import { createHash } from 'node:crypto';

import { optionalText } from '../kit/credentialFields';
import { InputError } from '../kit/errors';
import type { Credentials, HttpRequest } from '../kit/provider';

/** A YesApi credential, read and checked. */
export interface YesApiCredentials extends Credentials {
	appKey: string;
	/** May be empty while signing is switched off. */
	appSecret: string;
	signatureMode: 'dynamic' | 'none';
	pathStyle: 'query' | 'path';
	/** With the interface in the path: also send its name as the parameter `s`, which is signed then. */
	signService: boolean;
	/** What tokens are for that are made without saying so, e.g. for the HTTP Request node. */
	sub: string;
	uid: string;
}

/** What can be asked of every interface. */
export interface YesApiRequestOptions {
	/** The member on whose behalf the call is made; goes together with `sessionToken`. */
	uuid?: string;
	sessionToken?: string;
	/** Refuse an answer that is not signed with the app secret. */
	verifyResponse?: boolean;
}

type Parameters = Record<string, string>;

const UUID_LENGTH = 32;
const SESSION_TOKEN_LENGTH = 64;

/**
 * The parameter `sign`: upper-case hex MD5 of the values of all parameters but `sign`, ordered by the
 * bytes of their names and joined with nothing, followed by the app secret; all in UTF-8, before any URL
 * encoding.
 */
export function yesApiSignature(parameters: Parameters, appSecret: string): string {
	const values = Object.entries(parameters)
		.filter(([name]) => name !== 'sign')
		.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
		.map(([, value]) => value);
	return createHash('md5')
		.update(`${values.join('')}${appSecret}`)
		.digest('hex')
		.toUpperCase();
}

/** `app_key` for a call with these parameters, and `sign` unless the app has signing switched off. */
function appParameters(
	{ appKey, appSecret, signatureMode }: YesApiCredentials,
	parameters: Parameters,
): Parameters {
	const app = { app_key: appKey };
	if (signatureMode === 'none') return app;
	return { ...app, sign: yesApiSignature({ ...parameters, ...app }, appSecret) };
}

/**
 * What to send with a call of any YesApi interface, as the form of a `POST` or the query of a `GET`:
 * `parameters` with `app_key` and `sign`. A query that is part of `url` is a part of what is signed.
 *
 * @param url absolute
 * @example
 * signedParameters(credentials, 'https://example.okayapi.com/?s=App.Hello.World', { name: '小白' });
 * // { name: '小白', app_key: '…', sign: '…' }
 */
export function signedParameters(
	credentials: YesApiCredentials,
	url: string,
	parameters: Parameters,
): Parameters {
	const service = credentials.signService ? serviceInPath(credentials, url) : null;
	const sent = { ...(service !== null && { s: service }), ...parameters };
	const inUrl = Object.fromEntries(new URL(url).searchParams);
	return { ...sent, ...appParameters(credentials, { ...inUrl, ...sent }) };
}

/** `App.Hello.World` of `<base URL>/api/App/Hello/World`; `null` where there is none in the path. */
function serviceInPath({ baseUrl }: YesApiCredentials, url: string): string | null {
	const start = `${baseUrl}/api/`;
	return url.startsWith(start)
		? url
				.slice(start.length)
				.replace(/[?#].*/, '')
				.replaceAll('/', '.')
		: null;
}

/**
 * A call of a YesApi interface: a `POST` with a form, so that no token stands in a URL, where logs would
 * keep it. Empty parameters are left out.
 */
export function interfaceRequest(
	credentials: YesApiCredentials,
	service: string,
	parameters: Parameters,
): HttpRequest {
	const { baseUrl, pathStyle } = credentials;
	const url =
		pathStyle === 'path'
			? `${baseUrl}/api/${service.replaceAll('.', '/')}`
			: `${baseUrl}/?s=${service}`;
	const filled = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
	return {
		method: 'POST',
		url,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams(signedParameters(credentials, url, filled)).toString(),
	};
}

/**
 * The parameters `uuid` and `token` of a member's session; empty ones where no member is named.
 * @throws {InputError} when one is given without the other, or has not the length the vendor demands
 */
export function sessionParameters(options: YesApiRequestOptions): Parameters {
	const uuid = optionalText({ ...options }, 'uuid');
	const token = optionalText({ ...options }, 'sessionToken');
	if (uuid === '' && token === '') return {};
	if (uuid === '' || token === '') {
		throw new InputError('UUID and Session Token go together, and only one of them is given', {
			description: `Fill in ${uuid === '' ? 'the UUID' : 'the Session Token'} too, or neither. Both come from YesApi's member login.`,
		});
	}
	assertLength('UUID', uuid, UUID_LENGTH);
	assertLength('Session Token', token, SESSION_TOKEN_LENGTH);
	return { uuid, token };
}

function assertLength(label: string, text: string, length: number): void {
	if (text.length === length) return;
	throw new InputError(`The ${label} must have ${length} characters, and has ${text.length}`, {
		description: `Check that the ${label} was copied in full. It comes from YesApi's member login.`,
	});
}
