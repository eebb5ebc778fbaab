import { choice, optionalText, requiredText } from '../../../kit/credentialFields';
import { jsonObject, number, type Data } from './formFields';
import { certificateThumbprints } from './thumbprints';
import { ALGORITHMS, type WrittenDescription } from './schema';

const ENCODINGS = ['utf8', 'hex', 'base64'] as const;

/** What of RFC 7515 names the certificate of the key: SHA-1 and SHA-256 of it. @throws {InputError} */
function thumbprints(data: Data): Record<string, string> {
	const pem = optionalText(data, 'signingCert');
	return pem === '' ? {} : certificateThumbprints(pem);
}

/** How the form wants its JWT. @throws {InputError} that names the field */
export function readJwtForm(data: Data, use: 'login' | 'token'): WrittenDescription['jwt'] {
	requiredText(data, 'signingKey', 'Signing Key');
	return {
		use,
		algorithm: choice(data, 'jwtAlgorithm', 'Algorithm', ALGORITHMS),
		keyEncoding: choice(data, 'signingKeyEncoding', 'Signing Key Is', ENCODINGS),
		...(optionalText(data, 'keyPassphrase') !== '' && { passphrase: '{{keyPassphrase}}' }),
		keyId: optionalText(data, 'keyId') || undefined,
		header: { ...thumbprints(data), ...jsonObject(data, 'jwtHeader', 'JWT Header Fields') },
		claims: jsonObject(data, 'jwtClaims', 'Claims'),
		seconds: number(data, 'jwtLifetime', 'JWT Lifetime in Seconds', 300, 1),
		margin: number(data, 'jwtMargin', 'Clock Margin in Seconds', 0, 0),
	};
}
