import { choice, optionalText, requiredText } from '../kit/credentialFields';
import type { JwtAlgorithm, JwtForm } from './form';
import { jsonObject, number, type Data } from './formFields';

const ALGORITHMS: [JwtAlgorithm, ...JwtAlgorithm[]] = [
	'RS256',
	'RS384',
	'RS512',
	'PS256',
	'PS384',
	'PS512',
	'ES256',
	'ES384',
	'ES512',
	'EdDSA',
	'HS256',
	'HS384',
	'HS512',
];

/** How a credential wants its JWT. @throws {InputError} */
export function readJwtForm(data: Data): JwtForm {
	return {
		algorithm: choice(data, 'jwtAlgorithm', 'Algorithm', ALGORITHMS),
		key: requiredText(data, 'signingKey', 'Signing Key'),
		keyEncoding: choice(data, 'signingKeyEncoding', 'Signing Key Is', ['utf8', 'hex', 'base64']),
		passphrase: optionalText(data, 'keyPassphrase'),
		keyId: optionalText(data, 'keyId'),
		claims: jsonObject(data, 'jwtClaims', 'Claims'),
		lifetime: number(data, 'jwtLifetime', 'JWT Lifetime in Seconds', 300, 1),
		margin: number(data, 'jwtMargin', 'Clock Margin in Seconds', 0, 0),
	};
}
