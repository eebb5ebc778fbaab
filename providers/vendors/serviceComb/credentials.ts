import { readConnection } from '../../kit/connectionFields';
import {
	allowedDomains,
	optionalText,
	requiredBaseUrl,
	requiredText,
} from '../../kit/credentialFields';
import { InputError } from '../../kit/errors';
import type { Credentials } from '../../kit/provider';
import { readPublicKey } from './publicKey';

export const SERVICE_COMB_TOKEN_PATH = '/v4/token';

/** A ServiceComb credential, read and checked. */
export interface ServiceCombCredentials extends Credentials {
	name: string;
	password: string;
	/** SPKI in PEM; `null`: tokens are not verified. */
	publicKey: string | null;
}

/** Trims and checks a credential. @throws {InputError} naming the field that cannot be right */
export function readCredentials(data: Record<string, unknown>): ServiceCombCredentials {
	return {
		baseUrl: requiredBaseUrl(data, 'https://engine.example:30100', SERVICE_COMB_TOKEN_PATH, '/v4'),
		allowedDomains: allowedDomains(data),
		...readConnection(data),
		name: requiredText(data, 'name', 'Account Name'),
		password: requiredText(data, 'password', 'Password'),
		publicKey: readOptionalKey(data),
	};
}

function readOptionalKey(data: Record<string, unknown>): string | null {
	const text = optionalText(data, 'publicKey');
	if (text === '') return null;
	const publicKey = readPublicKey(text);
	if (publicKey !== null) return publicKey;
	throw new InputError('The Public Key of the credential is not an RSA public key in PEM', {
		description:
			'Paste the whole key of at least 2048 bits, from "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----", or leave the field empty: then tokens are not verified.',
	});
}
