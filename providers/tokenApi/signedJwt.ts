import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

import { CompactSign } from 'jose';

import { InputError } from '../kit/errors';
import { writeJson } from '../kit/jsonNumber';
import type { JwtForm } from './form';
import { fillJson, fillText, type Values } from './template';

/** The name in claims that stands for the fingerprint of the public key. */
const FINGERPRINT = 'fingerprint';

/**
 * A JWT (RFC 7519) signed here: header `alg`, `typ` and, if given, `kid`; the claims of the form with `iat`
 * and `exp` added where it does not set them.
 * @param now Unix milliseconds
 * @throws {InputError} when the key is none, or does not go with the algorithm
 */
export async function signJwt(form: JwtForm, values: Values, now: number): Promise<string> {
	const key = readKey(form);
	const known = key instanceof Uint8Array ? values : { ...values, [FINGERPRINT]: fingerprint(key) };
	const claims = fillJson(form.claims, known) as Record<string, unknown>;
	const seconds = Math.floor(now / 1000);
	const keyId = fillText(form.keyId, values);
	const payload = { iat: seconds - form.margin, exp: seconds + form.lifetime, ...claims };
	const jwt = new CompactSign(new TextEncoder().encode(writeJson(payload))).setProtectedHeader({
		alg: form.algorithm,
		typ: 'JWT',
		...(keyId !== '' && { kid: keyId }),
	});
	const signed = await jwt.sign(key).catch(() => null);
	if (signed !== null) return signed;
	throw new InputError(`The signing key of the credential does not go with ${form.algorithm}`, {
		description:
			'Choose the algorithm the service names: RS and PS take an RSA key of 2048 bits or more, ES256 a P-256 key, ES384 P-384, ES512 P-521, EdDSA an Ed25519 key, HS a shared secret.',
	});
}

function readKey({ algorithm, key, keyEncoding, passphrase }: JwtForm): KeyObject | Uint8Array {
	return algorithm.startsWith('HS') ? readSharedSecret(key, keyEncoding) : readPem(key, passphrase);
}

const ENCODED: Record<JwtForm['keyEncoding'], RegExp> = {
	base64: /^[\w+/-]+={0,2}$/,
	hex: /^([\da-f]{2})+$/i,
	utf8: /./s,
};

function readSharedSecret(key: string, encoding: JwtForm['keyEncoding']): Uint8Array {
	// Node.js would take what it can read, and leave the rest.
	if (ENCODED[encoding].test(key)) return new Uint8Array(Buffer.from(key, encoding));
	throw new InputError(`The signing key of the credential is not ${encoding}`, {
		description:
			'Choose under "Signing Key Is" how the key is written. Of a key in two parts with a colon between them, the first is the Key ID.',
	});
}

function readPem(text: string, passphrase: string): KeyObject {
	const pem = withLineBreaks(text);
	const key = parsedKey(pem, passphrase);
	if (key !== null) return key;
	if (/ENCRYPTED/.test(pem)) {
		throw new InputError(
			passphrase === ''
				? 'The signing key of the credential is encrypted'
				: 'The passphrase of the credential does not open its signing key',
			{ description: 'Fill in "Key Passphrase" with the passphrase the key was encrypted with.' },
		);
	}
	throw new InputError('The signing key of the credential is not a private key in PEM', {
		description:
			'Paste the whole key, from "-----BEGIN …PRIVATE KEY-----" to "-----END …PRIVATE KEY-----". A public key or a certificate cannot sign.',
	});
}

function parsedKey(pem: string, passphrase: string): KeyObject | null {
	try {
		return createPrivateKey({ key: pem, ...(passphrase !== '' && { passphrase }) });
	} catch {
		return null;
	}
}

/** What stands before the base64 of the older encrypted format (RFC 1421), on lines of its own. */
const PEM_HEADERS = /^\s*((?:(?:Proc-Type|DEK-Info): \S+\s+)*)([\s\S]*)$/;

/**
 * The private key in a text, as PEM is written: it may have lost its line breaks, have more of them or have
 * them as `\n`, stand in quotes as in a JSON file, or after other blocks.
 */
function withLineBreaks(text: string): string {
	const [, label, content = ''] =
		/-----BEGIN ([A-Z ]*PRIVATE KEY)-----([\s\S]+?)-----END \1-----/.exec(
			text.replace(/\\+r?\\*n|\\+r/g, '\n'),
		) ?? [];
	if (label === undefined) return text;
	const [, headers = '', base64 = ''] = PEM_HEADERS.exec(content) ?? [];
	const head = headers
		.trim()
		.split(/\s+(?=DEK-Info)/)
		.filter((line) => line !== '');
	const body = base64.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
	return [
		`-----BEGIN ${label}-----`,
		...head,
		...(head.length > 0 ? [''] : []),
		...body,
		`-----END ${label}-----`,
		'',
	].join('\n');
}

/** As Snowflake and others write it: SHA-256 of the public key in DER. */
function fingerprint(key: KeyObject): string {
	const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
	return `SHA256:${createHash('sha256').update(der).digest('base64')}`;
}
