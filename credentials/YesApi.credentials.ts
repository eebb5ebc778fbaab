import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { processEngine, yesApi, type Engine, type Provider, VendorCredential } from '../providers';

const fields: INodeProperties[] = [
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.api.okayapi.com',
		description: 'The interface domain of your own account',
		hint: 'YesApi console → 我的接口域名. Do not use hn216.api.okayapi.com from the documents: it is a temporary test domain over plain http.',
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
			'It signs calls and verifies responses. The signature "Dynamic" and Verify Response need it.',
		hint: 'YesApi console → 我的接口域名、app_key和app_secrect: the app_secrect',
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
		hint: 'YesApi console → 开启/关闭签名 shows what your app requires',
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
		hint: 'Query is the old style, Path the new one',
	},
	{
		displayName: 'Sign the Interface Name',
		name: 'signService',
		type: 'boolean',
		displayOptions: { show: { pathStyle: ['path'], signatureMode: ['dynamic'] } },
		default: false,
		hint: 'Switch this on if YesApi does not accept the signature (code 409)',
		description:
			'Whether to also send the name of the interface as the parameter "s", which makes it part of the signature',
	},
	{
		displayName: 'Subject',
		name: 'sub',
		type: 'string',
		default: 'YesApi',
		hint: 'Your server can tell by it what a token is for',
		description:
			'What a token is for (its claim "sub"), when HTTP Request or Authenticated Request fetches it',
	},
	{
		displayName: 'User ID',
		name: 'uid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 123456',
		description: 'Which user such a token is for (its claim "uid"). You can leave it empty.',
	},
];

/**
 * `preAuthentication` has got and checked a token before. This call without any interface asks for
 * nothing, and whatever the service says to it is fine.
 */
const test: ICredentialTestRequest = {
	request: {
		url: '/',
		ignoreHttpStatusErrors: true,
	},
};

export class YesApi extends VendorCredential implements ICredentialType {
	name = 'yesApi';

	displayName = 'YesApi API';

	icon: Icon = {
		light: 'file:../nodes/YesApiJwt/yesApi.svg',
		dark: 'file:../nodes/YesApiJwt/yesApi.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/yes-api.md#the-credential';

	declare readonly test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine, provider: Provider = yesApi) {
		super(engine, provider, { fields, test });
	}
}
