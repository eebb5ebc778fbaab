import { InputError } from '../../kit/errors';
import { isJsonObject, parseObject } from '../../kit/json';
import { parseJson } from '../../kit/jsonNumber';
import type { Authorization, BusinessRequest } from '../../kit/provider';
import { addedParameters, type Parameters, type YesApiCredentials } from './interfaceRequest';
import { assertSignableNames } from './phpNames';
import { jsonOfTexts, textsOf } from './texts';

/**
 * A request as a call of a YesApi interface, with `app_key`, the signature and the member's session among its
 * parameters, where PHP reads them: in the form of a `POST`, else in the query. Files are not signed.
 * @throws {InputError} when PHP would not read its parameters
 */
export function authorizeSigned(
	credentials: YesApiCredentials,
	session: Parameters,
	request: BusinessRequest,
	now: number,
): Authorization {
	const { method, url, form, multipart, body } = request;
	const inQuery = textsOf(request.query ?? {});
	const whole = new URL(url);
	for (const [name, value] of Object.entries(inQuery)) whole.searchParams.set(name, value);
	const added = (parameters: Parameters, areInJson = false): Parameters => {
		if (credentials.signatureMode === 'dynamic') {
			assertSignableNames([...whole.searchParams.keys()]);
			assertSignableNames(Object.keys(parameters), areInJson);
		}
		return {
			...session,
			...addedParameters(credentials, whole.href, { ...parameters, ...session }, now),
		};
	};

	if (multipart !== undefined) {
		assertPost(method);
		return { headers: {}, query: inQuery, multipart: added(Object.fromEntries(multipart)) };
	}
	if (form !== undefined || (body === undefined && method === 'POST')) {
		assertPost(method);
		const fields = textsOf(form ?? {});
		return {
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			query: inQuery,
			form: { ...fields, ...added(fields) },
		};
	}
	if (body === undefined) return { headers: {}, query: { ...inQuery, ...added({}) } };
	const json = jsonOfTexts(readJsonBody(body));
	return {
		headers: {},
		query: { ...inQuery, ...added(textsOf(json), true) },
		body: JSON.stringify(json),
	};
}

/** An interface as it stands in a path: `/api/App/Hello/World`. */
const INTERFACE_PATH = /\/api\/[A-Z]\w*\/[A-Z]\w*\/\w+/;

/**
 * A JWT is for the user's own servers: YesApi's interfaces want a signature.
 * @throws {InputError} for a call of an interface
 */
export function assertNoInterface(
	{ baseUrl }: YesApiCredentials,
	{ url, query = {} }: BusinessRequest,
): void {
	const { host, pathname, searchParams } = new URL(url);
	if (host !== new URL(baseUrl).host) return;
	const named = ['s', 'service'].some((name) => searchParams.has(name) || name in query);
	if (!named && !INTERFACE_PATH.test(pathname)) return;
	throw new InputError("This address is YesApi's own: switch on Sign Request", {
		description:
			'An interface of YesApi takes a signature and no JWT. Authenticated Request has "Sign Request" among its options, and HTTP Request cannot do it.',
	});
}

/** A form under another method PHP leaves unread, and so unsigned in its eyes. */
function assertPost(method: string): void {
	if (method === 'POST') return;
	throw new InputError(`YesApi reads no form of a ${method} call`, {
		description: 'Set "Method" to POST, or give the parameters as query parameters.',
	});
}

function readJsonBody(body: unknown): Record<string, unknown> {
	const json = typeof body === 'string' ? parseObject(body, parseJson) : body;
	if (isJsonObject(json)) return json;
	throw new InputError('A signed YesApi call sends its parameters as a form or as a JSON object', {
		description:
			'Set "Body Content Type" to "Form URL Encoded", "Form-Data" or "JSON", or choose another "Call".',
	});
}
