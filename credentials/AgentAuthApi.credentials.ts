import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	agentAuth,
	processEngine,
	type Engine,
	type Provider,
	VendorCredential,
} from '../providers';

const fields: INodeProperties[] = [
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://api.example.com',
		hint: `From Agent Auth: the address before "${agentAuth.tokenPath}"`,
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
		hint: 'From Agent Auth: the agent logs in with it. It is not the API Key.',
	},
	{
		displayName: 'API Key',
		name: 'apiKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: 'The key that encrypts the requests',
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
		description: 'How requests are signed. If you get code 83, try the other format.',
		hint: 'Delimited for single-wallet pages of the vendor, Concatenated for transfer-wallet pages',
	},
	{
		displayName: 'Agent ID in the Body (Optional)',
		name: 'bodyAgentId',
		type: 'string',
		default: '',
		description:
			'The agent that logs in, if Agent Auth gave you two IDs. This one goes into the encrypted body of the login, the other one into the header of every call.',
		hint: 'Leave empty unless Agent Auth gave you two agent IDs',
	},
];

/**
 * Logs in: `authenticate` encrypts this body as the token request wants it. No business call is known
 * that every agent may make. The rules are for a refusal that only this second login meets.
 */
const test: ICredentialTestRequest = {
	request: {
		url: agentAuth.tokenPath,
		method: 'POST',
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

export class AgentAuthApi extends VendorCredential implements ICredentialType {
	name = 'agentAuthApi';

	displayName = 'Agent Auth API';

	icon: Icon = {
		light: 'file:../nodes/AgentAuth/agentAuth.svg',
		dark: 'file:../nodes/AgentAuth/agentAuth.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/agent-auth.md#the-credential';

	declare readonly test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine, provider: Provider = agentAuth) {
		super(engine, provider, { fields, test });
	}
}
