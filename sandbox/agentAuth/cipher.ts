import { createDecipheriv, createHash } from 'node:crypto';

const IV_LENGTH = 16;
const TAG_LENGTH = 24;

/** Decrypts a `cipherText`: the base64 of IV, tag and data, joined. `null` if anything is wrong. */
export function decryptCipherText(cipherText: string, apiKey: string): string | null {
	const iv = decodeBase64(cipherText.slice(0, IV_LENGTH), 12);
	const tag = decodeBase64(cipherText.slice(IV_LENGTH, IV_LENGTH + TAG_LENGTH), 16);
	const data = decodeBase64(cipherText.slice(IV_LENGTH + TAG_LENGTH));
	if (!iv || !tag || !data) return null;
	try {
		const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiKey, 'hex'), iv);
		decipher.setAuthTag(tag);
		return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}

/** What a request is signed over. */
export interface SignedParts {
	agentId: string;
	timestamp: string;
	nonce: string;
	cipherText: string;
}

/** The `x-signature` of a request in one of the two formats the vendor documents. */
export function agentSignature(
	{ agentId, timestamp, nonce, cipherText }: SignedParts,
	format: 'delimited' | 'concatenated',
): string {
	const input =
		format === 'delimited'
			? [agentId, timestamp, nonce, cipherText].join('|')
			: agentId + timestamp + nonce + JSON.stringify({ cipherText });
	return createHash('sha256').update(input, 'utf8').digest('hex');
}

function decodeBase64(text: string, length?: number): Buffer | null {
	const bytes = Buffer.from(text, 'base64');
	// Node decodes anything; what it would write differently was not proper base64.
	if (bytes.length === 0 || bytes.toString('base64') !== text) return null;
	return length === undefined || bytes.length === length ? bytes : null;
}
