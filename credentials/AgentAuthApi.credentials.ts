import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	AGENT_AUTH_TOKEN_PATH,
	agentAuth,
	baseUrlExpression,
	connectionFields,
	credentialHooks,
	processEngine,
	type CredentialHooks,
	type Engine,
	testHeaders,
	tokenField,
	tokenTargetFields,
} from '../providers';

export class AgentAuthApi implements ICredentialType {
	name = 'agentAuthApi';

	displayName = 'Agent Auth API';

	icon = {
		light: 'file:../nodes/AgentAuth/agentAuth.svg',
		dark: 'file:../nodes/AgentAuth/agentAuth.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/agent-auth.md#the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.com',
			hint: `From Agent Auth: where the service is, without "${AGENT_AUTH_TOKEN_PATH}"`,
		},
		{
			displayName: 'Agent ID',
			name: 'agentId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. integratorNBTest01',
			hint: 'From Agent Auth (VertexPlay), with the Secret and the API Key',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'It is only ever sent encrypted',
			hint: 'From Agent Auth: what the agent logs in with. It is not the API Key.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key requests are encrypted with',
			hint: 'From Agent Auth: the encryption key, 64 hex digits. It is not the Secret.',
		},
		{
			displayName: 'Signature Format',
			name: 'signatureFormat',
			type: 'options',
			options: [
				{
					name: 'Delimited',
					value: 'delimited',
					description: 'Signs agentId|timestamp|nonce|cipherText',
				},
				{
					name: 'Concatenated',
					value: 'concatenated',
					description: 'Signs agentId, timestamp, nonce and the JSON body, joined with nothing',
				},
			],
			default: 'delimited',
			description:
				'How requests are signed. If Agent Auth answers with code 83, try the other format.',
			hint: "The vendor's single-wallet pages use Delimited, its transfer-wallet pages Concatenated",
		},
		{
			displayName: 'Agent ID in the Body (Optional)',
			name: 'bodyAgentId',
			type: 'string',
			default: '',
			description:
				'The agent that logs in, where Agent Auth gave you two IDs: this one goes into the encrypted body of the token request, the other into the header of every call',
			hint: 'Leave empty unless Agent Auth gave you two agent IDs',
		},
		...connectionFields,
		...tokenTargetFields(agentAuth),
		tokenField,
	];

	preAuthentication: CredentialHooks['preAuthentication'];

	authenticate: CredentialHooks['authenticate'];

	constructor(engine: Engine = processEngine) {
		const { preAuthentication, authenticate } = credentialHooks(engine, agentAuth, this.test.rules);
		this.preAuthentication = preAuthentication;
		this.authenticate = authenticate;
	}

	/**
	 * Logs in: `authenticate` encrypts this body as the token request wants it. No business call is known
	 * that every agent may make. The rules are for a refusal that only this second login meets.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlExpression,
			url: AGENT_AUTH_TOKEN_PATH,
			method: 'POST',
			headers: testHeaders,
			body: {
				agentId: '={{ ($credentials.bodyAgentId ?? "").trim() || $credentials.agentId.trim() }}',
				secret: '={{ $credentials.secret.trim() }}',
			},
			ignoreHttpStatusErrors: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 10,
					message:
						'Agent Auth does not know this agent, or has blocked it. Check the Agent ID and the Secret.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 83,
					message:
						'Agent Auth did not accept the signature. Check the Agent ID, and try the other Signature Format.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 84,
					message: 'Agent Auth could not decrypt the request. Check the API Key.',
				},
			},
		],
	};
}
