import type {
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestMethods,
	INodeProperties,
} from 'n8n-workflow';

import {
	connectionFields,
	credentialHooks,
	processEngine,
	type CredentialHooks,
	type Engine,
	maxus,
	MAXUS_BASE_URLS,
	MAXUS_REGISTER_PATH,
	testHeaders,
	tokenField,
	tokenTargetFields,
} from '../providers';

/** Trims as the provider does: `preAuthentication` reads the same fields through it. */
const baseUrlExpression = `={{ ({ production: "${MAXUS_BASE_URLS.production}", test: "${MAXUS_BASE_URLS.test}" })[$credentials.environment] ?? $credentials.baseUrl.trim().replace(/\\/+$/, "") }}`;

/** In the expressions of the test; credentials saved before have none. */
const testPath = '($credentials.testPath ?? "").trim()';

export class MaxusApi implements ICredentialType {
	name = 'maxusApi';

	displayName = 'Maxus API';

	icon = {
		light: 'file:../nodes/MaxusToken/maxus.svg',
		dark: 'file:../nodes/MaxusToken/maxus.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/maxus.md#the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production', description: MAXUS_BASE_URLS.production },
				{ name: 'Test', value: 'test', description: MAXUS_BASE_URLS.test },
				{ name: 'Custom', value: 'custom', description: 'A base URL of your own' },
			],
			default: 'test',
			description: 'Which Maxus service to use',
			hint: 'Each environment has its own service code and secret',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: '',
			required: true,
			placeholder: `e.g. ${MAXUS_BASE_URLS.production}`,
			description: `Where the service is, without "${MAXUS_REGISTER_PATH}"`,
		},
		{
			displayName: 'Service Code',
			name: 'serviceCode',
			type: 'string',
			default: '',
			required: true,
			hint: 'From Maxus, who send it by email: one for each environment',
		},
		{
			displayName: 'Service Secret',
			name: 'serviceSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: 'From Maxus, who send it by email: one for each environment',
		},
		{
			displayName: 'Test Path (Optional)',
			name: 'testPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /fir/dictionaryInfo/queryByTypeCode?typeCode=1',
			description: 'Below the base URL. Without it, Test gets a token and no more.',
			hint: 'A GET that only reads, which Test then makes with the token',
		},
		...connectionFields,
		...tokenTargetFields(maxus),
		tokenField,
	];

	preAuthentication: CredentialHooks['preAuthentication'];

	authenticate: CredentialHooks['authenticate'];

	constructor(engine: Engine = processEngine) {
		const { preAuthentication, authenticate } = credentialHooks(engine, maxus, this.test.rules);
		this.preAuthentication = preAuthentication;
		this.authenticate = authenticate;
	}

	/**
	 * `preAuthentication` has got and checked a token before. Where the user names a call that only reads, it
	 * is made with that token; else another one is requested, since every test needs a request.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlExpression,
			url: `={{ ${testPath} || "${MAXUS_REGISTER_PATH}" }}`,
			method: `={{ ${testPath} ? "GET" : "POST" }}` as IHttpRequestMethods,
			headers: testHeaders,
			body: `={{ ${testPath} ? undefined : { serviceCode: $credentials.serviceCode.trim(), serviceSecret: $credentials.serviceSecret.trim() } }}`,
			json: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Maxus gave out a token but does not accept it for the Test Path. Check that the path belongs to this environment.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'Maxus gave out a token, but there is nothing at the Test Path.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'status',
					value: 0,
					message:
						'Maxus gave out a token, and then answered with status 0. Check the Test Path if there is one; else try again later.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
