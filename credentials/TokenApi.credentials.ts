import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	baseUrlExpression,
	connectionFields,
	credentialHooks,
	processEngine,
	testHeaders,
	tokenApi,
	tokenField,
	tokenTargetFields,
	type CredentialHooks,
	type Engine,
} from '../providers';
import { jwtProperties } from './tokenApi/jwt';
import { serviceProperties } from './tokenApi/service';
import { tokenRequestProperties, tokenResponseProperties } from './tokenApi/tokenRequest';
import { lifetimeProperties, sendingProperties } from './tokenApi/use';

export class TokenApi implements ICredentialType {
	name = 'tokenApi';

	displayName = tokenApi.displayName;

	icon = {
		light: 'file:../nodes/Token/token.svg',
		dark: 'file:../nodes/Token/token.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/token-api.md#a-service-in-the-list';

	properties: INodeProperties[] = [
		...serviceProperties,
		...jwtProperties,
		...tokenRequestProperties,
		...tokenResponseProperties,
		...sendingProperties,
		...lifetimeProperties,
		{
			displayName: 'Test Path',
			name: 'testPath',
			type: 'string',
			noDataExpression: true,
			default: '',
			placeholder: 'e.g. /api/me',
			hint: 'Optional: what the Test button calls with the token. Without it, the login alone tells.',
		},
		...connectionFields,
		...tokenTargetFields(tokenApi),
		tokenField,
	];

	preAuthentication: CredentialHooks['preAuthentication'];

	authenticate: CredentialHooks['authenticate'];

	constructor(engine: Engine = processEngine) {
		const { preAuthentication, authenticate } = credentialHooks(engine, tokenApi, this.test.rules);
		this.preAuthentication = preAuthentication;
		this.authenticate = authenticate;
	}

	/** Without a test path the login alone tells: what the base URL itself answers says nothing. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlExpression,
			url: '={{ ($credentials.testPath ?? "").trim() || "/" }}',
			method: 'GET',
			headers: testHeaders,
			ignoreHttpStatusErrors: '={{ !($credentials.testPath ?? "").trim() }}' as unknown as boolean,
		},
		rules: [401, 403, 404, 405].map((value) => ({
			type: 'responseCode',
			properties: {
				value,
				message: `The login succeeded, but the service answered the Test Path with ${value}. Check the path, how the token is sent, and what the account may do.`,
			},
		})),
	};
}
