import { createHash } from 'node:crypto';

import type { Credentials, HttpRequest } from '../../kit/provider';

/** A YesApi credential, read and checked. */
export interface YesApiCredentials extends Credentials {
	appKey: string;
	/** May be empty unless calls are signed with it. */
	appSecret: string;
	/** `dynamic`: made of the parameters. `static`: the same for every call. */
	signatureMode: 'dynamic' | 'static' | 'none';
	/** The signature of every call in the mode `static`. */
	staticSignSecret?: string;
	pathStyle: 'query' | 'path';
	/** With the interface in the path: also send its name as the parameter `s`, which is signed then. */
	signService: boolean;
	/** What tokens are for that are made without saying so, e.g. for the HTTP Request node. */
	sub: string;
	uid: string;
}

export type Parameters = Record<string, string>;

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

/** `app_key` for a call with these parameters, and what signs it. */
function appParameters(
	{ appKey, appSecret, signatureMode, staticSignSecret = '' }: YesApiCredentials,
	parameters: Parameters,
	now: number,
): Parameters {
	const app = { app_key: appKey };
	switch (signatureMode) {
		case 'none':
			return app;
		case 'static':
			return { ...app, _timestamp: String(Math.floor(now / 1000)), sign: staticSignSecret };
		case 'dynamic':
			return { ...app, sign: yesApiSignature({ ...parameters, ...app }, appSecret) };
	}
}

/**
 * What to send besides with a call of any YesApi interface that has these parameters in its form or query.
 * A query that is part of `url` is a part of what is signed.
 *
 * @param url absolute
 * @param now Unix milliseconds
 */
export function addedParameters(
	credentials: YesApiCredentials,
	url: string,
	parameters: Parameters,
	now: number = Date.now(),
): Parameters {
	const service = credentials.signService ? serviceInPath(credentials, url) : null;
	const s: Parameters = service !== null && !('s' in parameters) ? { s: service } : {};
	const inUrl = Object.fromEntries(new URL(url).searchParams);
	return { ...s, ...appParameters(credentials, { ...inUrl, ...s, ...parameters }, now) };
}

/**
 * {@link addedParameters} and the parameters themselves.
 *
 * @example
 * signedParameters(credentials, 'https://example.okayapi.com/?s=App.Hello.World', { name: '小白' });
 * // { name: '小白', app_key: '…', sign: '…' }
 */
export function signedParameters(
	credentials: YesApiCredentials,
	url: string,
	parameters: Parameters,
	now?: number,
): Parameters {
	const { s, ...app } = addedParameters(credentials, url, parameters, now);
	return { ...(s !== undefined && { s }), ...parameters, ...app };
}

/** `App.Hello.World` of `<base URL>/api/App/Hello/World`; `null` where there is none in the path. */
function serviceInPath({ baseUrl }: YesApiCredentials, url: string): string | null {
	const start = `${baseUrl}/api/`;
	if (!url.startsWith(start)) return null;
	const [path = ''] = url.slice(start.length).split(/[?#]/, 1);
	return path.replace(/(?<!\/)\/+$/, '').replaceAll('/', '.');
}

/** The address of an interface, e.g. `App.Hello.World`, in the path style of the credential. */
export function interfaceUrl({ baseUrl, pathStyle }: YesApiCredentials, service: string): string {
	return pathStyle === 'path'
		? `${baseUrl}/api/${service.replaceAll('.', '/')}`
		: `${baseUrl}/?s=${service}`;
}

/**
 * A call of a YesApi interface: a `POST` with a form, so that no token stands in a URL, where logs would
 * keep it. Empty parameters are left out.
 */
export function interfaceRequest(
	credentials: YesApiCredentials,
	service: string,
	parameters: Parameters,
	now?: number,
): HttpRequest {
	const url = interfaceUrl(credentials, service);
	const filled = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
	return {
		method: 'POST',
		url,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams(signedParameters(credentials, url, filled, now)).toString(),
	};
}
