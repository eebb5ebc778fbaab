import type { Entry, Guide, SandboxVendor, Surroundings } from '../types';
import { createAgentAuth } from './agentAuth';
import { AGENTS } from './agents';

type Agent = Pick<(typeof AGENTS)[keyof typeof AGENTS], 'agentId' | 'secret' | 'apiKey'>;

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
	server: 'agentAuth',
	tokenLifetimeSeconds: 3600,
	create: (surroundings: Surroundings) => ({ servers: [createAgentAuth(surroundings)] }),
	credentials,
	tokenHeaders: (token) => ({ authorization: `Bearer ${token}` }),
	wrongSecret: { refusal: { code: 12 } },
	isTestedByLogin: true,

	sample: (n) => ({
		method: 'POST',
		path: '/v2/members/balance',
		body: { username: `member${n}` },
		// Each call is signed, and its body encrypted.
		headers: null,
	}),

	guides(url) {
		const { agentAuthApi, agentAuthApiConcatenated, agentAuthApiTwoIds } = credentials(url);
		const call: Guide['call'] = [
			['Provider', 'Agent Auth'],
			['Method', 'POST'],
			['URL', 'v2/games'],
		];
		const fields = ({ baseUrl, agentId, secret, apiKey }: Agent & { baseUrl: string }): Entry[] => [
			['Base URL', baseUrl],
			['Agent ID', agentId],
			['Secret', secret],
			['API Key', apiKey],
		];
		return [
			{
				title: 'Agent Auth API',
				credential: fields(agentAuthApi),
				call,
				hints: ['POST v2/members/balance, with the JSON body {"username": "alice"}'],
			},
			{
				title: 'Agent Auth API, with the other signature format',
				credential: [...fields(agentAuthApiConcatenated), ['Signature Format', 'Concatenated']],
				call,
			},
			{
				title: 'Agent Auth API, with two agent IDs',
				credential: [
					...fields(agentAuthApiTwoIds),
					['Agent ID in the Body (Optional)', agentAuthApiTwoIds.bodyAgentId],
				],
				call,
			},
		];
	},
} satisfies SandboxVendor;
