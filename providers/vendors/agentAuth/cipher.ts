import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

import { gcm } from '@noble/ciphers/aes.js';

const KEY_LENGTH = 32;

/** Bytes. */
export const IV_LENGTH = 12;

const TAG_LENGTH = 16;

/**
 * Up to this many bytes @noble/ciphers encrypts, as fast as Node.js. Beyond, the AES instructions of the
 * processor save what would hold up all of n8n: 18 ms for 1 MB, of which they take one.
 */
const MAX_NOBLE_BYTES = 256;

export const SIGNATURE_FORMATS = ['delimited', 'concatenated'] as const;

/** How the parts of a request are joined before they are hashed. */
export type SignatureFormat = (typeof SIGNATURE_FORMATS)[number];

/** What a request is signed over. */
export interface SignedParts {
	agentId: string;
	/** Unix milliseconds. */
	timestamp: string;
	/** 32 hex digits. */
	nonce: string;
	cipherText: string;
}

function base64({ buffer, byteOffset, length }: Uint8Array): string {
	return Buffer.from(buffer, byteOffset, length).toString('base64');
}

/**
 * `plaintext` in AES-256-GCM, as three base64 strings joined: of the IV, the tag and the data.
 * @param key 32 bytes
 * @param iv 12 bytes, never used with this key before
 * @example
 * encryptCipherText('{}', Buffer.from(apiKey, 'hex'), randomBytes(12)); // 'AAECAwQFBgcICQoLld+G…==PH8='
 */
export function encryptCipherText(plaintext: string, key: Uint8Array, iv: Uint8Array): string {
	if (key.length !== KEY_LENGTH) throw new RangeError(`The key must have ${KEY_LENGTH} bytes`);
	if (iv.length !== IV_LENGTH) throw new RangeError(`The IV must have ${IV_LENGTH} bytes`);
	const bytes = Buffer.from(plaintext, 'utf8');
	const { data, tag } = (bytes.length > MAX_NOBLE_BYTES ? encryptNatively : encrypt)(
		bytes,
		key,
		iv,
	);
	return base64(iv) + base64(tag) + base64(data);
}

function encrypt(bytes: Uint8Array, key: Uint8Array, iv: Uint8Array) {
	const encrypted = gcm(key, iv).encrypt(bytes);
	return { data: encrypted.subarray(0, -TAG_LENGTH), tag: encrypted.subarray(-TAG_LENGTH) };
}

function encryptNatively(bytes: Uint8Array, key: Uint8Array, iv: Uint8Array) {
	const cipher = createCipheriv('aes-256-gcm', key, iv);
	const data = Buffer.concat([cipher.update(bytes), cipher.final()]);
	return { data, tag: cipher.getAuthTag() };
}

/** Characters of the IV and of the tag in base64. */
const IV_END = 16;
const TAG_END = 40;

/**
 * What {@link encryptCipherText} encrypted; `null` when it was encrypted with another key or changed since.
 * @param key 32 bytes
 */
export function decryptCipherText(cipherText: string, key: Uint8Array): string | null {
	const iv = Buffer.from(cipherText.slice(0, IV_END), 'base64');
	const tag = Buffer.from(cipherText.slice(IV_END, TAG_END), 'base64');
	if (iv.length !== IV_LENGTH || tag.length !== TAG_LENGTH) return null;
	try {
		const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_LENGTH });
		decipher.setAuthTag(tag);
		const data = Buffer.from(cipherText.slice(TAG_END), 'base64');
		return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}

/**
 * The `x-signature` of a request: SHA-256 in lower-case hex, without a key.
 * @param body the text of the body, where it is written otherwise than `JSON.stringify` does
 */
export function signAgentAuthRequest(
	{ agentId, timestamp, nonce, cipherText }: SignedParts,
	format: SignatureFormat,
	body: string = JSON.stringify({ cipherText }),
): string {
	const signed =
		format === 'delimited'
			? [agentId, timestamp, nonce, cipherText].join('|')
			: agentId + timestamp + nonce + body;
	return createHash('sha256').update(signed, 'utf8').digest('hex');
}
