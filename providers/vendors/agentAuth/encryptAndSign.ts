import type { Environment } from '../../kit/provider';
import { encryptCipherText, IV_LENGTH, signAgentAuthRequest } from './cipher';
import type { AgentAuthCredentials } from './credentials';

const NONCE_LENGTH = 16;

/** The encrypted body of one request and its headers; each attempt needs its own. */
export function encryptAndSign(
	{ agentId, apiKey, signatureFormat }: AgentAuthCredentials,
	plaintext: string,
	{ now, randomBytes }: Environment,
) {
	const iv = randomBytes(IV_LENGTH);
	const cipherText = encryptCipherText(plaintext, Buffer.from(apiKey, 'hex'), iv);
	const timestamp = String(now());
	const nonce = Buffer.from(randomBytes(NONCE_LENGTH)).toString('hex');
	return {
		headers: {
			'Content-Type': 'application/json',
			'x-agentid': agentId,
			'x-timestamp': timestamp,
			'x-nonce': nonce,
			'x-signature': signAgentAuthRequest(
				{ agentId, timestamp, nonce, cipherText },
				signatureFormat,
			),
		},
		body: JSON.stringify({ cipherText }),
	};
}
