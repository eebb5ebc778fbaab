import type { Environment, HttpRequest } from '../../kit/provider';
import { AGENT_AUTH_TOKEN_PATH, type AgentAuthCredentials } from './credentials';
import { encryptAndSign } from './encryptAndSign';

/** The request for a token: agent and secret, encrypted and signed. */
export function tokenRequest({
	credentials,
	env,
}: {
	credentials: AgentAuthCredentials;
	env: Environment;
}): HttpRequest {
	const { baseUrl, agentId, bodyAgentId, secret } = credentials;
	const login = JSON.stringify({ agentId: bodyAgentId ?? agentId, secret });
	return {
		method: 'POST',
		url: `${baseUrl}${AGENT_AUTH_TOKEN_PATH}`,
		...encryptAndSign(credentials, login, env),
	};
}
