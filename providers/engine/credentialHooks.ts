import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { credentialKey, dropAccessToken, getAccessToken, rateLimit } from './accessToken';
import { systemEnvironment } from './environment';
import { InputError, ProviderError } from '../kit/errors';
import { assertTokenMayGo } from './hosts';
import type { Provider } from '../kit/provider';
import { DEFAULT_MAX_RETRIES } from './retry';
import { sendVia } from './transport';

const TOKEN_FIELD = 'accessToken';

const TEST_HEADER = 'x-credential-test';

/**
 * For the request of a credential's Test: has it log in whatever is in memory, since only that tells
 * whether the credential works now. The header is not sent.
 */
export const testHeaders = { [TEST_HEADER]: 'log in' };

/**
 * n8n calls `preAuthentication` while the stored value of such a property is `''`. It always stays so,
 * because no token is ever handed back for storing: that is what makes n8n ask before every request.
 */
export const tokenField: INodeProperties = {
	displayName: 'Access Token',
	name: TOKEN_FIELD,
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	default: '',
};

/** The plain body of a request that was already encrypted, in case it has to be sent again. */
const plainBodies = new WeakMap<object, unknown>();

/** n8n gives its helpers to `preAuthentication` only, and `authenticate` may need a new token. */
const helpersOf = new WeakMap<object, IHttpRequestHelper['helpers']>();

/** Where a login was made for this data, and not a token taken from memory. */
const newLogins = new WeakSet<object>();

/** Failed token requests: n8n's older path asks once more with the same data, right afterwards. */
const failures = new WeakMap<object, { error: unknown }>();

/**
 * The two hooks with which n8n's own nodes use a credential. `preAuthentication` puts the token on the
 * credential's data, in memory; `authenticate` finds it there.
 */
export function credentialHooks(provider: Provider) {
	return {
		preAuthentication: async function (
			this: IHttpRequestHelper,
			data: ICredentialDataDecryptedObject,
		) {
			helpersOf.set(data, this.helpers);
			const failure = failures.get(data);
			failures.delete(data);
			if (failure !== undefined) throw failure.error;

			const used = data[TOKEN_FIELD];
			if (typeof used === 'string' && used !== '') {
				// n8n calls a second time with the same data after any error, and mostly does not send again.
				dropAccessToken(provider, provider.readCredentials(data), {}, used);
				data[TOKEN_FIELD] = '';
				return {};
			}
			data[TOKEN_FIELD] = await fetchToken(provider, this.helpers, data).catch((error: unknown) => {
				failures.set(data, { error });
				throw error;
			});
			return {};
		},

		authenticate: (async (data, requestOptions) => {
			const isTest = requestOptions.headers?.[TEST_HEADER] !== undefined;
			const needsLogin = isTest && !newLogins.has(data);
			const helpers = helpersOf.get(data);
			const token =
				(!needsLogin && data[TOKEN_FIELD]) ||
				(helpers && (await fetchToken(provider, helpers, data, needsLogin)));
			if (typeof token !== 'string') {
				throw new InputError('This version of n8n did not fetch a token before the request', {
					description: 'Use the Authenticated Request node instead.',
				});
			}
			return authorizeOptions(provider, data, token, requestOptions);
		}) satisfies ICredentialType['authenticate'],
	};
}

/** n8n's Test button shows the message alone, so that it has to say what to do, too. */
function inOneText(reason: unknown): unknown {
	if (!(reason instanceof ProviderError) || reason.description === undefined) return reason;
	const { message, description, vendorCode } = reason;
	// What the vendor said stands last in the message, and may end in a stop of its own.
	const said = message.trimEnd();
	const stop = /[.!?…。！？]$/.test(said) ? '' : '.';
	return Object.assign(new Error(`${said}${stop} ${description}`), { vendorCode });
}

/** @throws an error whose message alone says all */
async function fetchToken(
	provider: Provider,
	helpers: IHttpRequestHelper['helpers'],
	data: ICredentialDataDecryptedObject,
	isTest = false,
): Promise<string> {
	return await getToken(provider, helpers, data, isTest).catch((reason: unknown) => {
		throw inOneText(reason);
	});
}

async function getToken(
	provider: Provider,
	helpers: IHttpRequestHelper['helpers'],
	data: ICredentialDataDecryptedObject,
	isTest: boolean,
): Promise<string> {
	const credentials = provider.readCredentials(data);
	// Room for two: the token request and the call it is for, which n8n makes right afterwards.
	const reservation = await rateLimit.reserve(credentialKey(provider, credentials), 2, {
		perMinute: provider.requestsPerMinute,
	});
	try {
		const { token } = await getAccessToken(provider, credentials, {
			use: provider.reusesTokens && !isTest ? 'reuse' : 'fresh',
			options: {},
			send: sendVia(helpers.httpRequest, credentials),
			maxRetries: DEFAULT_MAX_RETRIES,
			beforeRequest: async () => {
				newLogins.add(data);
				await reservation.use();
			},
		});
		await reservation.use();
		return token;
	} finally {
		reservation.release();
	}
}

const ABSOLUTE_URL = /^([a-z][a-z\d+.-]*:)?\/\//i;

/** The HTTP Request node comes by an older path of n8n, with `uri` and other names for two switches. */
type AnyRequestOptions = IHttpRequestOptions & {
	uri?: string;
	form?: unknown;
	formData?: unknown;
};

function authorizeOptions(
	provider: Provider,
	data: ICredentialDataDecryptedObject,
	token: string,
	requestOptions: AnyRequestOptions,
): IHttpRequestOptions {
	const credentials = provider.readCredentials(data);
	const url = absoluteUrl(requestOptions);
	assertTokenMayGo(provider, credentials, url);

	const body = plainBodies.has(requestOptions)
		? plainBodies.get(requestOptions)
		: plainBody(requestOptions);
	const authorization = provider.authorize(credentials, token, { url, body }, systemEnvironment);
	const ownHeaders = { ...requestOptions.headers };
	delete ownHeaders[TEST_HEADER];
	const authorized = {
		...requestOptions,
		headers: withHeaders(ownHeaders, authorization.headers),
		...(authorization.body !== undefined && { body: authorization.body }),
		// No hook sees each hop of a redirect, so the token could leave for another host.
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		...(credentials.allowUnauthorizedCerts === true && {
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		}),
	};
	plainBodies.set(authorized, body);
	return authorized;
}

/**
 * The body to authorize. The older path keeps a form apart from it, as a plain object that could not be
 * told from JSON; what is in it matters to no vendor.
 */
function plainBody({ body, form, formData }: AnyRequestOptions): unknown {
	return form === undefined && formData === undefined ? body : new URLSearchParams();
}

/** Joins as axios does, which takes less for absolute than `URL`: not a URL that begins with a space. */
function absoluteUrl({ url, uri, baseURL }: AnyRequestOptions): string {
	const target = String(url ?? uri ?? '');
	if (!baseURL) return target;
	const joined = ABSOLUTE_URL.test(target)
		? target
		: `${String(baseURL).replace(/\/+$/, '')}/${target.replace(/^\/+/, '')}`;
	return URL.canParse(joined, baseURL) ? new URL(joined, baseURL).href : joined;
}

/** `headers` with `added` in the place of any header of the same name, however it is written. */
export function withHeaders(headers: object, added: Record<string, string>) {
	const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
	return {
		...Object.fromEntries(
			Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())),
		),
		...added,
	};
}
