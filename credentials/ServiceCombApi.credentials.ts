import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	baseUrlExpression,
	connectionFields,
	credentialHooks,
	processEngine,
	type CredentialHooks,
	type Engine,
	serviceComb,
	SERVICE_COMB_TOKEN_PATH,
	testHeaders,
	tokenField,
	tokenTargetFields,
} from '../providers';

const TOKEN_REFUSED =
	'ServiceComb gave out a token but does not accept it. Check that the Base URL leads to one engine only.';

/** Not 401201: engines give it for a permission that is missing, too, and some to every token. */
const REFUSALS_OF_A_TOKEN = ['401204', '401205', '401206', '401302'];

export class ServiceCombApi implements ICredentialType {
	name = 'serviceCombApi';

	displayName = 'ServiceComb API';

	icon = {
		light: 'file:../nodes/ServiceCombToken/serviceComb.svg',
		dark: 'file:../nodes/ServiceCombToken/serviceComb.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/service-comb.md#the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://engine.example:30100',
			hint: `The service center address of the engine, without "${SERVICE_COMB_TOKEN_PATH}"`,
		},
		{
			displayName: 'Account Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. root',
			hint: 'An account of the engine, as its System Management lists them',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: 'After three wrong ones the account is blocked, and a right one does not change the count; one attempt comes back every 15 minutes. A refused one is not sent again for that long, unless you change it or press Test.',
		},
		{
			displayName: 'Public Key (Optional)',
			name: 'publicKey',
			type: 'string',
			typeOptions: { rows: 5 },
			default: '',
			placeholder: 'e.g. -----BEGIN PUBLIC KEY-----',
			description: 'When it is set, the signature of every token is verified with it before use',
			hint: "The engine's RSA public key in PEM, from whoever runs it",
		},
		...connectionFields,
		...tokenTargetFields(serviceComb),
		tokenField,
	];

	preAuthentication: CredentialHooks['preAuthentication'];

	authenticate: CredentialHooks['authenticate'];

	constructor(engine: Engine = processEngine) {
		const { preAuthentication, authenticate } = credentialHooks(
			engine,
			serviceComb,
			this.test.rules,
		);
		this.preAuthentication = preAuthentication;
		this.authenticate = authenticate;
	}

	/**
	 * Every account may read its own permissions. An engine without that endpoint answers 404, one whose
	 * permissions are half set up 401201, which says nothing against a login that has just succeeded; only a
	 * token that is refused for what it is does.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlExpression,
			url: '/v4/self-perms',
			method: 'GET',
			headers: testHeaders,
			ignoreHttpStatusErrors: true,
		},
		rules: REFUSALS_OF_A_TOKEN.map((value) => ({
			type: 'responseSuccessBody',
			properties: { key: 'errorCode', value, message: TOKEN_REFUSED },
		})),
	};
}
