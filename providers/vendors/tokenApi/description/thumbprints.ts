import { createHash, X509Certificate } from 'node:crypto';

import { InputError } from '../../../kit/errors';

/**
 * The header fields `x5t` and `x5t#S256` of RFC 7515 for a certificate in PEM.
 * @throws {InputError} when it is none
 */
export function certificateThumbprints(pem: string): Record<string, string> {
	const der = derOf(pem);
	if (der === null) {
		throw new InputError('The certificate of the credential is not a certificate in PEM', {
			description:
				'Paste it from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----". The key is not part of it.',
		});
	}
	const hash = (algorithm: string) => createHash(algorithm).update(der).digest('base64url');
	return { x5t: hash('sha1'), 'x5t#S256': hash('sha256') };
}

const BLOCK = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/;

/** Restores the line breaks of a PEM, which get lost or are written out. `null`: this is no PEM. */
function derOf(text: string): Buffer | null {
	const base64 = BLOCK.exec(text.replace(/\\[rn]/g, ''))?.[1] ?? '';
	try {
		return new X509Certificate(Buffer.from(base64.replace(/\s/g, ''), 'base64')).raw;
	} catch {
		return null;
	}
}
