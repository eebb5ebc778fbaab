import type { SandboxVendor, Surroundings } from '../types';
import { createAgentAuth } from './agentAuth';
import { AGENTS } from './agents';

function credentials(url: string) {
	const baseUrl = `${url}/agentauth`;
	return {
		agentAuthApi: { baseUrl, ...AGENTS.delimited },
		agentAuthApiConcatenated: { baseUrl, ...AGENTS.concatenated },
		/** An agent whose header says another id than its encrypted body. */
		agentAuthApiTwoIds: { baseUrl, ...AGENTS.twoIds },
	};
}

export const agentAuth = {
	credentialType: 'agentAuthApi',
	tokenLifetimeSeconds: 3600,
	create: (surroundings: Surroundings) => ({ servers: [createAgentAuth(surroundings)] }),
	credentials,

	sample: (n) => ({
		method: 'POST',
		path: '/v2/members/balance',
		body: { username: `member${n}` },
		// Each call is signed, and its body encrypted.
		headers: null,
	}),

	instructions(url) {
		const { agentAuthApi, agentAuthApiConcatenated, agentAuthApiTwoIds } = credentials(url);
		return [
			[
				'Agent Auth API',
				[
					['Base URL', agentAuthApi.baseUrl],
					['Agent ID', agentAuthApi.agentId],
					['Secret', agentAuthApi.secret],
					['API Key', agentAuthApi.apiKey],
					['Signature Format', 'Delimited'],
					['Try', 'POST /v2/members/balance with {"username":"alice"}'],
				],
			],
			[
				'Agent Auth API, the other signature format',
				[
					['Agent ID', agentAuthApiConcatenated.agentId],
					['Secret', agentAuthApiConcatenated.secret],
					['API Key', agentAuthApiConcatenated.apiKey],
					['Signature Format', 'Concatenated'],
				],
			],
			[
				'Agent Auth API, another id in the body',
				[
					['Agent ID', agentAuthApiTwoIds.agentId],
					['Agent ID in the Body', agentAuthApiTwoIds.bodyAgentId],
					['Secret', agentAuthApiTwoIds.secret],
					['API Key', agentAuthApiTwoIds.apiKey],
					['Signature Format', 'Delimited'],
				],
			],
		];
	},
} satisfies SandboxVendor;
