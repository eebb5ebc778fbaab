/** One agent, and what the vendor keeps of it. */
export interface Agent {
	/** What the header `x-agentid` says, and the token afterwards. */
	agentId: string;
	/** What the encrypted body says, where that is another id, as in the vendor's sample. */
	bodyAgentId?: string;
	secret: string;
	apiKey: string;
	signatureFormat: 'delimited' | 'concatenated';
}

export const AGENTS = {
	delimited: {
		agentId: 'sandboxAgent01',
		secret: 'fake-agent-secret-for-tests',
		apiKey: 'fa4e'.repeat(16),
		signatureFormat: 'delimited',
	},
	concatenated: {
		agentId: 'sandboxAgent02',
		secret: 'fake-agent-secret-2-for-tests',
		apiKey: 'fa4e5ec2'.repeat(8),
		signatureFormat: 'concatenated',
	},
	twoIds: {
		agentId: 'sandboxAgent04',
		bodyAgentId: 'sandboxAgent03',
		secret: 'fake-agent-secret-3-for-tests',
		apiKey: 'fa4e5ec3'.repeat(8),
		signatureFormat: 'delimited',
	},
} as const satisfies Record<string, Agent>;

/** The agent that the header `x-agentid` names. */
export function agentOf(agentId: string): Agent | undefined {
	return Object.values<Agent>(AGENTS).find((known) => known.agentId === agentId);
}
