import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	credentialHooks,
	processEngine,
	type CredentialHooks,
	type Engine,
	maxus,
	MAXUS_BASE_URLS,
	MAXUS_REGISTER_PATH,
	tokenField,
} from '../providers';

/** Trims as the provider does: `preAuthentication` reads the same fields through it. */
const baseUrlExpression = `={{ ({ production: "${MAXUS_BASE_URLS.production}", test: "${MAXUS_BASE_URLS.test}" })[$credentials.environment] ?? $credentials.baseUrl.trim().replace(/\\/+$/, "") }}`;

export class MaxusApi implements ICredentialType {
	name = 'maxusApi';

	displayName = 'Maxus API';

	icon = {
		light: 'file:../nodes/MaxusToken/maxus.svg',
		dark: 'file:../nodes/MaxusToken/maxus.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/credentials.md#maxus-api';

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
			description: 'Which Maxus service to use. Each has its own service code and secret.',
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
			description: 'Maxus gives it out by email',
		},
		{
			displayName: 'Service Secret',
			name: 'serviceSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Maxus gives it out by email',
		},
		tokenField,
	];

	preAuthentication: CredentialHooks['preAuthentication'];

	authenticate: CredentialHooks['authenticate'];

	constructor(engine: Engine = processEngine) {
		const { preAuthentication, authenticate } = credentialHooks(engine, maxus);
		this.preAuthentication = preAuthentication;
		this.authenticate = authenticate;
	}

	/** `preAuthentication` has got and checked a token before; no read-only business call is known. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlExpression,
			url: MAXUS_REGISTER_PATH,
			method: 'POST',
			body: {
				serviceCode: '={{ $credentials.serviceCode.trim() }}',
				serviceSecret: '={{ $credentials.serviceSecret.trim() }}',
			},
			json: true,
		},
	};
}
