import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	baseUrlExpression,
	connectionFields,
	credentialHooks,
	processEngine,
	testHeaders,
	tokenField,
	tokenTargetFields,
	yesApi,
	type CredentialHooks,
	type Engine,
} from '../providers';

export class YesApi implements ICredentialType {
	name = 'yesApi';

	displayName = yesApi.displayName;

	icon = {
		light: 'file:../nodes/YesApiJwt/yesApi.svg',
		dark: 'file:../nodes/YesApiJwt/yesApi.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/yes-api.md#the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.api.okayapi.com',
			description:
				"The interface domain of your own account. The one in the vendor's documents, hn216.api.okayapi.com, is a temporary test domain, served over plain http.",
			hint: 'YesApi console → 我的接口域名. Not hn216.api.okayapi.com: that is a temporary test domain, over plain http.',
		},
		{
			displayName: 'App Key',
			name: 'appKey',
			type: 'string',
			default: '',
			required: true,
			hint: 'YesApi console → 我的接口域名、app_key和app_secrect: at least 32 characters',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'It signs calls and verifies answers, and is needed for the signature "Dynamic" and for Verify Response',
			hint: 'YesApi console → 我的接口域名、app_key和app_secrect, where it is called app_secrect',
		},
		{
			displayName: 'Signature',
			name: 'signatureMode',
			type: 'options',
			options: [
				{
					name: 'Dynamic',
					value: 'dynamic',
					description: 'Sign every call with the app secret (动态签名)',
				},
				{ name: 'None', value: 'none', description: 'The app has signing switched off' },
				{
					name: 'Static',
					value: 'static',
					description: 'Send the same signature with every call (静态签名)',
				},
			],
			default: 'dynamic',
			description: 'How calls are signed',
			hint: 'YesApi console → 开启/关闭签名 says what the app demands',
		},
		{
			displayName: 'Static Signature',
			name: 'staticSignSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { signatureMode: ['static'] } },
			default: '',
			required: true,
			description: 'The fixed signature of the app, sent as "sign" with every call',
			hint: 'YesApi console → 静态签名',
		},
		{
			displayName: 'Path Style',
			name: 'pathStyle',
			type: 'options',
			options: [
				{
					name: 'Path',
					value: 'path',
					description: 'The new style, e.g. /api/App/Common_Jwt/ApplyToken',
				},
				{
					name: 'Query',
					value: 'query',
					description: 'The old style, e.g. /?s=App.Common_Jwt.ApplyToken',
				},
			],
			default: 'query',
			description: 'Where the name of the interface stands in the URL',
		},
		{
			displayName: 'Sign the Interface Name',
			name: 'signService',
			type: 'boolean',
			displayOptions: { show: { pathStyle: ['path'], signatureMode: ['dynamic'] } },
			default: false,
			description:
				'Whether to also send the name of the interface as the parameter "s", which makes it a part of the signature. Try it when YesApi does not accept the signature.',
		},
		{
			displayName: 'Subject',
			name: 'sub',
			type: 'string',
			default: 'YesApi',
			description:
				'What a token is for (its claim "sub") where the node does not say: in HTTP Request and Authenticated Request',
		},
		{
			displayName: 'User ID',
			name: 'uid',
			type: 'string',
			default: '',
			placeholder: 'e.g. 123456',
			description: 'Whom such a token is for (its claim "uid"); may stay empty',
		},
		...connectionFields,
		...tokenTargetFields(yesApi),
		tokenField,
	];

	preAuthentication: CredentialHooks['preAuthentication'];

	authenticate: CredentialHooks['authenticate'];

	constructor(engine: Engine = processEngine) {
		const { preAuthentication, authenticate } = credentialHooks(engine, yesApi);
		this.preAuthentication = preAuthentication;
		this.authenticate = authenticate;
	}

	/**
	 * `preAuthentication` has got and checked a token before. This call without any interface asks for
	 * nothing, and whatever the service says to it is fine.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlExpression,
			url: '/',
			headers: testHeaders,
			ignoreHttpStatusErrors: true,
		},
	};
}
