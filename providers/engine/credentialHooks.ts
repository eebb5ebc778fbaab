import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { InputError } from '../kit/errors';
import type { Provider } from '../kit/provider';
import { dropAccessToken } from './accessToken';
import type { Engine } from './engine';
import { HookSession, inOneText } from './hookSession';
import { authorizeOptions } from './requestOptions';
import type { TestRules } from './testCall';

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

/**
 * The two hooks with which n8n's own nodes use a credential. `preAuthentication` puts the token on the
 * credential's data, in memory; `authenticate` finds it there. `testRules` are those of the credential's Test.
 */
export function credentialHooks(engine: Engine, provider: Provider, testRules: TestRules = []) {
	const sessions = new WeakMap<object, HookSession>();

	return {
		preAuthentication: async function (
			this: IHttpRequestHelper,
			data: ICredentialDataDecryptedObject,
		) {
			const session = sessions.get(data) ?? new HookSession(engine, provider, data, this.helpers);
			sessions.set(data, session);
			session.helpers = this.helpers;
			// n8n calls a second time with the same data after any error, and mostly does not send again.
			const { fault } = session;
			delete session.fault;
			if (fault !== undefined) throw fault.reason;
			const used = data[TOKEN_FIELD];
			if (typeof used === 'string' && used !== '') {
				dropAccessToken(engine, provider, provider.readCredentials(data), {}, used);
				data[TOKEN_FIELD] = '';
				return {};
			}
			data[TOKEN_FIELD] = (await session.tokenInTime()) ?? '';
			return {};
		},

		authenticate: async (data, requestOptions) => {
			const { [TEST_HEADER]: testHeader, ...headers } = requestOptions.headers ?? {};
			const isTest = testHeader !== undefined;
			const session = sessions.get(data);
			const kept = String(data[TOKEN_FIELD] ?? '');
			const token = session === undefined ? kept : await session.token(kept, isTest);
			if (token === '') {
				throw new InputError('This version of n8n did not fetch a token before the request', {
					description: 'Use the Authenticated Request node instead.',
				});
			}
			data[TOKEN_FIELD] = token;
			const options = isTest ? { ...requestOptions, headers } : requestOptions;
			const credentials = provider.readCredentials(data);
			const { extra } = session ?? {};
			try {
				const authorized = authorizeOptions(engine, provider, credentials, token, options, extra);
				return session !== undefined && isTest
					? await session.testCall(authorized, testRules)
					: authorized;
			} catch (reason) {
				throw isTest ? inOneText(reason) : reason;
			}
		},
	} satisfies Pick<ICredentialType, 'preAuthentication' | 'authenticate'>;
}

export type CredentialHooks = ReturnType<typeof credentialHooks>;
