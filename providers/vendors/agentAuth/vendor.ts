import { bearerHeader } from '../../kit/headers';
import type { Provider } from '../../kit/provider';
import { authorize } from './authorize';
import { readCallResponse } from './callResponse';
import { AGENT_AUTH_TOKEN_PATH, readCredentials, type AgentAuthCredentials } from './credentials';
import { decryptRequest, encryptResponse } from './incoming';
import { tokenRequest } from './tokenRequest';
import { readTokenResponse } from './tokenResponse';

const provider: Provider<AgentAuthCredentials> = {
	type: 'agentAuthApi',
	displayName: 'Agent Auth',
	summary: 'VertexPlay: encrypts and signs each call',
	callUrl: {
		example: '/v2/games',
		hint: 'A path below the Base URL of the credential, for example /v2/games. The Method must be POST.',
	},
	tokens: { needed: true, reuse: 'offered', locksAccounts: false },
	limits: { requestsPerMinute: 0 },
	hosts: { anywhere: false },

	readCredentials,
	secretsOf: ({ credentials: { secret, apiKey } }) => [secret, apiKey],
	tokenRequest,
	loginUrls: ({ credentials: { baseUrl } }) => [`${baseUrl}${AGENT_AUTH_TOKEN_PATH}`],
	readTokenResponse,
	tokenHeader: ({ token: { token } }) => bearerHeader(token),
	authorize,
	readCallResponse,
};

/**
 * Agent Auth (VertexPlay), "Get Access Token".
 *
 * Token request: `POST <base URL>/v2/auth` with `agentId` and `secret` as encrypted JSON. In the vendor's
 * sample this agent is not the one of the header.
 * Every call, token requests included, is encrypted and signed in the same way:
 *
 * - The body is `{"cipherText"}`: the JSON in AES-256-GCM under the API key (12-byte IV, 16-byte tag,
 *   no additional data), written as base64(IV) + base64(tag) + base64(data). A call without a body
 *   encrypts `{}`.
 * - `x-agentid`, `x-timestamp` (Unix milliseconds), `x-nonce` (16 random bytes in hex).
 * - `x-signature`: SHA-256 in lower-case hex over `agentId|timestamp|nonce|cipherText`, or, in the
 *   format `concatenated`, over agentId + timestamp + nonce + the body.
 *
 * Responses are plain JSON: `{code, message, data, logUUID}`, where `code` 0 alone means success,
 * whatever the HTTP status. `data` holds `accessToken` and `expiresIn` in seconds. Business calls, all
 * of them `POST`, also carry `Authorization: Bearer <token>`.
 */
export const agentAuth = {
	...provider,
	tokenPath: AGENT_AUTH_TOKEN_PATH,
	decryptRequest,
	encryptResponse,
};
