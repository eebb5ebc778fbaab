import {
	createHmac,
	createPrivateKey,
	createPublicKey,
	verify,
	type JsonWebKeyInput,
} from 'node:crypto';

import { credentials, rows, surroundings, tokenApi } from './form';
import vectors from './rfcVectors.json';

type Key = JsonWebKeyInput['key'] & { k?: string };

/** Whether a JWT is signed by that key, by Node.js alone. */
function isSignedBy(key: Key, algorithm: string, token: string): boolean {
	const [header = '', claims = '', signature = ''] = token.split('.');
	const input = Buffer.from(`${header}.${claims}`);
	if (key.k !== undefined) {
		const mac = createHmac('sha256', Buffer.from(key.k, 'base64url')).update(input);
		return mac.digest('base64url') === signature;
	}
	const hash = algorithm === 'EdDSA' ? null : `sha${algorithm.slice(2)}`;
	const publicKey = createPublicKey({ key, format: 'jwk' });
	return verify(
		hash,
		input,
		{ key: publicKey, dsaEncoding: 'ieee-p1363' },
		Buffer.from(signature, 'base64url'),
	);
}

const signingKey = (key: Key) =>
	key.k === undefined
		? {
				signingKey: createPrivateKey({ key, format: 'jwk' }).export({
					type: 'pkcs8',
					format: 'pem',
				}),
			}
		: { signingKey: Buffer.from(key.k, 'base64url').toString('hex'), signingKeyEncoding: 'hex' };

const partOf = (token: string, index: number) =>
	JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as unknown;

describe.each(Object.entries(vectors))(
	'%s with the key of the RFC',
	(algorithm, { key, token }) => {
		it('makes a JWT that the check accepts by which the token of the RFC is good', async () => {
			const made = await tokenApi.makeToken?.({
				credentials: credentials({
					jwt: 'accessToken',
					jwtAlgorithm: algorithm,
					...signingKey(key),
					jwtClaims: '{"iss": "joe", "exp": 1300819380, "http://example.com/is_root": true}',
				}),
				env: surroundings,
			});
			const ours = made?.token ?? '';
			expect(isSignedBy(key, algorithm, token)).toBe(true);
			expect(isSignedBy(key, algorithm, ours)).toBe(true);
			expect(isSignedBy(key, algorithm, ours.replace('.', '.A'))).toBe(false);
			expect(partOf(ours, 0)).toEqual({ alg: algorithm, typ: 'JWT' });
			expect(partOf(ours, 1)).toMatchObject({
				iss: 'joe',
				exp: 1300819380,
				'http://example.com/is_root': true,
			});
		});
	},
);

/** The assertion of RFC 7523, 4, which its example sends as a grant; a client may prove itself by it, too (2.2). */
describe('the assertion of RFC 7523', () => {
	const claims = {
		iss: 'https://jwt-idp.example.com',
		sub: 'mailto:mike@example.com',
		aud: 'https://jwt-rp.net',
		nbf: 1300815780,
		exp: 1300819380,
		'http://claims.example.com/member': true,
	};

	const request = async (fields: Array<[string, string]>, jti = {}) => {
		const given = credentials({
			jwt: 'value',
			jwtAlgorithm: 'ES256',
			...signingKey(vectors.ES256.key),
			keyId: '16',
			jwtClaims: JSON.stringify({ ...claims, ...jti }),
			changeRequest: true,
			bodyType: 'form',
			formFields: rows(...fields),
		});
		let drawn = 0;
		const randomBytes = (length: number) => new Uint8Array(length).fill((drawn += 1));
		const prepared = await tokenApi.prepare?.({
			credentials: given,
			env: { ...surroundings, randomBytes },
		});
		const { body = '' } = tokenApi.tokenRequest({
			credentials: prepared ?? given,
			options: {},
			env: surroundings,
		});
		return new URLSearchParams(body);
	};

	it('is sent as a grant', async () => {
		const form = await request([
			['grant_type', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
			['assertion', '{{jwt}}'],
		]);
		const assertion = form.get('assertion') ?? '';
		expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
		expect(partOf(assertion, 0)).toEqual({ alg: 'ES256', typ: 'JWT', kid: '16' });
		expect(partOf(assertion, 1)).toEqual({ ...claims, iat: 1767225600 });
		expect(isSignedBy(vectors.ES256.key, 'ES256', assertion)).toBe(true);
	});

	it('proves a client, with an ID that serves once', async () => {
		const fields: Array<[string, string]> = [
			['grant_type', 'client_credentials'],
			['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
			['client_assertion', '{{jwt}}'],
			['request_id', '{{nonce}}'],
		];
		const form = await request(fields, { jti: '{{nonce}}' });
		expect(partOf(form.get('client_assertion') ?? '', 1)).toMatchObject({ jti: '01'.repeat(16) });
		expect(form.get('request_id')).toBe('01'.repeat(16));
	});
});
