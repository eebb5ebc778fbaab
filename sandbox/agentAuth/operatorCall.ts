import { createCipheriv, randomBytes } from 'node:crypto';
import type { Agent } from './agents';
import { agentSignature } from './cipher';

/** What differs from a good call. */
export interface OperatorCallChange {
	/** Unix milliseconds. */
	at?: number;
	nonce?: string;
	/** Whether it has a signature, a timestamp and a nonce. */
	isSigned?: boolean;
}

/** A call of the vendor's servers to the operator, as in its seamless wallet: encrypted and signed. */
export function operatorCall(
	{ agentId, apiKey, signatureFormat }: Agent,
	json: unknown,
	{
		at = Date.now(),
		nonce = randomBytes(16).toString('hex'),
		isSigned = true,
	}: OperatorCallChange = {},
): { headers: Record<string, string>; body: string } {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiKey, 'hex'), iv);
	const text = typeof json === 'string' ? json : JSON.stringify(json);
	const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	const cipherText = [iv, cipher.getAuthTag(), data]
		.map((part) => part.toString('base64'))
		.join('');
	const timestamp = String(at);
	return {
		headers: {
			'content-type': 'application/json',
			'x-agentid': agentId,
			'x-custom-system-trace-id': '00000000-0000-4000-8000-000000000000',
			...(isSigned && {
				'x-timestamp': timestamp,
				'x-nonce': nonce,
				'x-signature': agentSignature({ agentId, timestamp, nonce, cipherText }, signatureFormat),
			}),
		},
		body: JSON.stringify({ cipherText }),
	};
}
