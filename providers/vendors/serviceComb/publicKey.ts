import { createPublicKey } from 'node:crypto';

import { compactVerify } from 'jose';

const ALGORITHM = 'RS512';

const MIN_MODULUS_BITS = 2048;

const PEM = /^-----BEGIN (RSA )?PUBLIC KEY-----(.+)-----END (?:RSA )?PUBLIC KEY-----$/s;

/**
 * An RSA public key as SPKI in PEM, from SPKI or PKCS#1 in PEM with its line breaks lost, doubled or
 * written as `\n`; `null` when it is none, or is too short for RS512.
 */
export function readPublicKey(text: string): string | null {
	const [, pkcs1, content] = PEM.exec(text.replace(/\\[rn]/g, '\n').trim()) ?? [];
	if (content === undefined) return null;
	try {
		const key = createPublicKey({
			key: Buffer.from(content.replace(/\s/g, ''), 'base64'),
			format: 'der',
			type: pkcs1 === undefined ? 'spki' : 'pkcs1',
		});
		const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
		if (key.asymmetricKeyType !== 'rsa' || bits < MIN_MODULUS_BITS) return null;
		return key.export({ type: 'spki', format: 'pem' }).toString();
	} catch {
		return null;
	}
}

/** Whether `token` was signed with RS512 by the holder of the key to `publicKey` (SPKI in PEM). */
export async function isSigned(token: string, publicKey: string): Promise<boolean> {
	const options = { algorithms: [ALGORITHM] };
	return await compactVerify(token, createPublicKey(publicKey), options).then(
		() => true,
		() => false,
	);
}
