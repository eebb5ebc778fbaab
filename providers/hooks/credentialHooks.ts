import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { InputError } from '../kit/errors';
import type { Provider } from '../kit/provider';
import type { Engine } from '../tokens/engine';
import { HookSession, inOneText } from './hookSession';
import { authorizeOptions, withCall } from './requestOptions';
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
				session.giveUp(used);
				data[TOKEN_FIELD] = '';
				return {};
			}
			data[TOKEN_FIELD] = (await session.tokenInTime()) ?? '';
			return {};
		},

		authenticate: async (data, requestOptions) => {
			const { [TEST_HEADER]: testHeader, ...headers } = requestOptions.headers ?? {};
			const isTest = testHeader !== undefined && isOfDeclaration(requestOptions);
			const session = sessions.get(data);
			const kept = String(data[TOKEN_FIELD] ?? '');
			const token = session === undefined ? kept : await session.token(kept, isTest);
			if (token === '') {
				throw new InputError('This version of n8n did not fetch a token before the request', {
					description: 'Use the Authenticated Request node instead.',
				});
			}
			data[TOKEN_FIELD] = token;
			const credentials = provider.readCredentials(data);
			const { extra } = session ?? {};
			const authorize = (options: IHttpRequestOptions) =>
				authorizeOptions(engine, provider, credentials, token, options, extra);
			// One that n8n makes again is known by its options.
			if (!isTest) session?.handOut();
			if (testHeader === undefined) return authorize(requestOptions);
			const options = { ...requestOptions, headers };
			if (!isTest || session === undefined) return authorize(options);
			try {
				const of = { credentials, token: { token, extra }, env: engine.runtime };
				const test = provider.testRequest?.(of);
				const asked = test === undefined ? options : withCall(options, test, credentials);
				// What the base URL itself says tells nothing, but a token that cannot be sent does.
				const authorized =
					test === null
						? {
								...authorize({ ...asked, method: 'POST', body: {} }),
								method: 'GET' as const,
								body: undefined,
							}
						: authorize(asked);
				return await session.testCall(authorized, {
					rules: test === undefined || test?.isNamedByUser === true ? testRules : [],
					refusalOf: (response) =>
						provider.readCallResponse?.({ credentials, response, env: engine.runtime }) ?? null,
				});
			} catch (reason) {
				throw inOneText(reason);
			} finally {
				session.endTest();
			}
		},
	} satisfies Pick<ICredentialType, 'preAuthentication' | 'authenticate'>;
}

export type CredentialHooks = ReturnType<typeof credentialHooks>;

/**
 * Whether the request is made from a declaration in code, as that of a Test: only such a one has a `baseURL`. Who
 * edits a workflow sets the headers of a call, and not this.
 */
function isOfDeclaration({ baseURL, uri }: IHttpRequestOptions & { uri?: string }): boolean {
	return baseURL !== undefined && baseURL !== '' && uri === undefined;
}
