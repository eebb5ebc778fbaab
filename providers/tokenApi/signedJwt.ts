import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

import { SignJWT } from 'jose';

import { InputError } from '../kit/errors';
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
	const jwt = new SignJWT({
		iat: seconds - form.margin,
		exp: seconds + form.lifetime,
		...claims,
	}).setProtectedHeader({ alg: form.algorithm, typ: 'JWT', ...(keyId !== '' && { kid: keyId }) });
	const signed = await jwt.sign(key).catch(() => null);
	if (signed !== null) return signed;
	throw new InputError(`The signing key of the credential does not go with ${form.algorithm}`, {
		description:
			'Choose the algorithm the service names: RS and PS take an RSA key of 2048 bits or more, ES256 a P-256 key, ES384 P-384, ES512 P-521, EdDSA an Ed25519 key, HS a shared secret.',
	});
}

function readKey({ algorithm, key, keyEncoding, passphrase }: JwtForm): KeyObject | Uint8Array {
	if (algorithm.startsWith('HS')) return new Uint8Array(Buffer.from(key, keyEncoding));
	const privateKey = parsedKey(withLineBreaks(key), passphrase);
	if (privateKey !== null) return privateKey;
	throw new InputError('The signing key of the credential is not a private key in PEM', {
		description:
			'Paste the whole key, from "-----BEGIN …PRIVATE KEY-----" to "-----END …PRIVATE KEY-----". If it is encrypted, fill in "Key Passphrase".',
	});
}

function parsedKey(pem: string, passphrase: string): KeyObject | null {
	try {
		return createPrivateKey({ key: pem, ...(passphrase !== '' && { passphrase }) });
	} catch {
		return null;
	}
}

/** A PEM may have lost its line breaks, or have them written as `\n`. */
function withLineBreaks(pem: string): string {
	const text = pem.replace(/\\[rn]/g, '\n').trim();
	const [, begin, content = '', end] =
		/^(-----BEGIN [^-]+-----)([\s\S]+)(-----END [^-]+-----)$/.exec(text) ?? [];
	if (begin === undefined || end === undefined) return text;
	// The headers of the older encrypted format (RFC 1421) need lines of their own.
	const [, headers = '', base64 = ''] =
		/^\s*((?:(?:Proc-Type|DEK-Info): \S+\s+)*)([\s\S]*)$/.exec(content) ?? [];
	const head = headers
		.trim()
		.split(/\s+(?=DEK-Info)/)
		.filter((line) => line !== '');
	const body = base64.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
	return [begin, ...head, ...(head.length > 0 ? [''] : []), ...body, end, ''].join('\n');
}

/** As Snowflake and others write it: SHA-256 of the public key in DER. */
function fingerprint(key: KeyObject): string {
	const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
	return `SHA256:${createHash('sha256').update(der).digest('base64')}`;
}
