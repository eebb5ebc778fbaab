import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

import { CompactSign } from 'jose';

import { InputError } from '../../kit/errors';
import { writeJson } from '../../kit/jsonNumber';
import type { JwtDescription } from './description/schema';
import { fillJson, fillText, type Values } from './template';

/** The name in claims that stands for the fingerprint of the public key. */
const FINGERPRINT = 'fingerprint';

/**
 * A JWT (RFC 7519) signed here: header `alg`, `typ` and, if given, `kid`; the claims of the form with `iat`
 * and `exp` added where it does not set them.
 * @param now Unix milliseconds
 * @throws {InputError} when this is no key, or does not fit the algorithm
 */
export async function signJwt(form: JwtDescription, values: Values, now: number): Promise<string> {
	const key = readKey(form, values);
	const known = key instanceof Uint8Array ? values : { ...values, [FINGERPRINT]: fingerprint(key) };
	const claims = fillJson(form.claims, known) as Record<string, unknown>;
	const seconds = Math.floor(now / 1000);
	const keyId = fillText(form.keyId ?? '', values);
	const header = fillJson(form.header, known) as Record<string, unknown>;
	const payload = { iat: seconds - form.margin, exp: seconds + form.seconds, ...claims };
	const jwt = new CompactSign(new TextEncoder().encode(writeJson(payload))).setProtectedHeader({
		alg: form.algorithm,
		typ: 'JWT',
		...header,
		...(keyId !== '' && { kid: keyId }),
	});
	const signed = await jwt.sign(key).catch(() => null);
	if (signed !== null) return signed;
	throw new InputError(`The signing key of the credential does not go with ${form.algorithm}`, {
		description:
			'Choose the algorithm that the service names. RS and PS need an RSA key of at least 2048 bits, and HS a shared secret. ES256 needs a P-256 key, ES384 a P-384 key, ES512 a P-521 key. EdDSA needs an Ed25519 key.',
	});
}

function readKey(
	{ algorithm, key: template, keyEncoding, passphrase = '' }: JwtDescription,
	values: Values,
): KeyObject | Uint8Array {
	const key = fillText(template, values);
	return algorithm.startsWith('HS')
		? readSharedSecret(key, keyEncoding)
		: readPem(key, fillText(passphrase, values));
}

const ENCODED: Record<JwtDescription['keyEncoding'], RegExp> = {
	base64: /^[\w+/-]+={0,2}$/,
	hex: /^([\da-f]{2})+$/i,
	utf8: /./s,
};

function readSharedSecret(key: string, encoding: JwtDescription['keyEncoding']): Uint8Array {
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

const PEM_BLOCK =
	/-----BEGIN ([A-Z ]{0,20}PRIVATE KEY)-----((?:(?!-----)[\s\S])+?)-----END \1-----/;

/** What stands before the base64 of the older encrypted format (RFC 1421), on lines of its own. */
const PEM_HEADER = /(?:Proc-Type|DEK-Info): \S+/g;

/**
 * The private key in a text, as PEM is written: it may have lost its line breaks, have more of them or have
 * them as `\n`, stand in quotes as in a JSON file, or after other blocks.
 */
function withLineBreaks(text: string): string {
	const [, label, content = ''] =
		PEM_BLOCK.exec(text.replace(/(?<!\\)\\+(?:r(?:\\*n)?|n)/g, '\n')) ?? [];
	if (label === undefined) return text;
	const head = content.match(PEM_HEADER) ?? [];
	const base64 = content.replace(PEM_HEADER, '').replace(/\s/g, '');
	return [
		`-----BEGIN ${label}-----`,
		...head,
		...(head.length > 0 ? [''] : []),
		...(base64.match(/.{1,64}/g) ?? []),
		`-----END ${label}-----`,
		'',
	].join('\n');
}

/** As Snowflake and others write it: SHA-256 of the public key in DER. */
function fingerprint(key: KeyObject): string {
	const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
	return `SHA256:${createHash('sha256').update(der).digest('base64')}`;
}
