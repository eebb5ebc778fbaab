import { createCipheriv, createHash } from 'node:crypto';

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

/** The `x-signature` of a request: SHA-256 in lower-case hex, without a key. */
export function signAgentAuthRequest(
	{ agentId, timestamp, nonce, cipherText }: SignedParts,
	format: SignatureFormat,
): string {
	const signed =
		format === 'delimited'
			? [agentId, timestamp, nonce, cipherText].join('|')
			: agentId + timestamp + nonce + JSON.stringify({ cipherText });
	return createHash('sha256').update(signed, 'utf8').digest('hex');
}
