import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { InputError, ProviderError } from '../kit/errors';
import type { Provider } from '../kit/provider';
import { credentialKey, dropAccessToken, getAccessToken } from './accessToken';
import type { Engine } from './engine';
import { authorizeOptions } from './requestOptions';
import { DEFAULT_MAX_RETRIES } from './retry';
import { sendVia } from './transport';

const TOKEN_FIELD = 'accessToken';

const TEST_HEADER = 'x-credential-test';

/**
 * For the request of a credential's Test: has it request a new token whatever is in memory, since only
 * that tells whether the credential works now. The header is not sent.
 */
export const testHeaders = { [TEST_HEADER]: 'new token' };

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

/** What is known of one request of n8n, from the first hook to the last. */
interface Session {
	/** n8n gives them to `preAuthentication` only, and `authenticate` may need a new token. */
	helpers: IHttpRequestHelper['helpers'];
	/** What came with the token on the data. */
	extra?: Record<string, string>;
	/** Whether a token was requested for it, and not taken from memory. */
	hasNewToken: boolean;
	/** Set while n8n is expected to ask once more with the same data, after a token request that failed. */
	fault?: { reason: unknown };
}

/**
 * The two hooks with which n8n's own nodes use a credential. `preAuthentication` puts the token on the
 * credential's data, in memory; `authenticate` finds it there.
 */
export function credentialHooks(engine: Engine, provider: Provider) {
	const sessions = new WeakMap<object, Session>();

	return {
		preAuthentication: async function (
			this: IHttpRequestHelper,
			data: ICredentialDataDecryptedObject,
		) {
			const known = sessions.get(data);
			const session: Session = { hasNewToken: false, ...known, helpers: this.helpers };
			sessions.set(data, session);
			// `requestWithAuthentication` asks again after any fault, that of the token request included.
			const { fault } = session;
			delete session.fault;
			if (fault !== undefined) throw fault.reason;

			const used = data[TOKEN_FIELD];
			if (typeof used === 'string' && used !== '') {
				// n8n calls a second time with the same data after any error, and mostly does not send again.
				dropAccessToken(engine, provider, provider.readCredentials(data), {}, used);
				data[TOKEN_FIELD] = '';
				return {};
			}
			data[TOKEN_FIELD] = await tokenFor(engine, provider, data, session, false).catch(
				(reason: unknown) => {
					session.fault = { reason };
					throw reason;
				},
			);
			return {};
		},

		authenticate: async (data, requestOptions) => {
			const { [TEST_HEADER]: testHeader, ...headers } = requestOptions.headers ?? {};
			const session = sessions.get(data);
			const isTest = testHeader !== undefined && session?.hasNewToken !== true;
			const token =
				(!isTest && data[TOKEN_FIELD]) ||
				(session && (await tokenFor(engine, provider, data, session, isTest)));
			if (typeof token !== 'string') {
				throw new InputError('This version of n8n did not fetch a token before the request', {
					description: 'Use the Authenticated Request node instead.',
				});
			}
			const options = testHeader === undefined ? requestOptions : { ...requestOptions, headers };
			const credentials = provider.readCredentials(data);
			return authorizeOptions(engine, provider, credentials, token, options, session?.extra);
		},
	} satisfies Pick<ICredentialType, 'preAuthentication' | 'authenticate'>;
}

export type CredentialHooks = ReturnType<typeof credentialHooks>;

/** A token for one request of n8n. @throws an error whose message alone says all */
async function tokenFor(
	engine: Engine,
	provider: Provider,
	data: ICredentialDataDecryptedObject,
	session: Session,
	isTest: boolean,
): Promise<string> {
	try {
		const credentials = provider.readCredentials(data);
		const send = sendVia(session.helpers.httpRequest, credentials);
		const place = engine.rateLimit.placeFor(credentialKey(provider, credentials), {
			perMinute: provider.requestsPerMinute,
		});
		try {
			const { token, extra } = await getAccessToken(engine, provider, credentials, {
				use: provider.reusesTokens && !isTest ? 'reuse' : 'fresh',
				options: {},
				send: async (request) => {
					session.hasNewToken = true;
					return await send(request);
				},
				maxRetries: DEFAULT_MAX_RETRIES,
				place,
				callFollows: true,
			});
			await place.useUnseen();
			session.extra = extra;
			return token;
		} finally {
			place.leave();
		}
	} catch (reason) {
		throw inOneText(reason);
	}
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
