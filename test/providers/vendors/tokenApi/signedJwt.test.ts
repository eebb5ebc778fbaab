import { constants, createHmac, createPublicKey, verify, type KeyLike } from 'node:crypto';

import { readJwtForm } from '../../../../providers/vendors/tokenApi/description/formJwt';
import type { JwtDescription } from '../../../../providers/vendors/tokenApi/description/schema';
import { signJwt } from '../../../../providers/vendors/tokenApi/signedJwt';
import vectors from './jwtVectors.json';

/** Keys and tokens were made once with `cryptography` for Python and OpenSSL. */
const { keys, tokens, sharedSecret, passphrase, now } = vectors;

const form = (change: Partial<JwtDescription> = {}): JwtDescription => ({
	use: 'login',
	algorithm: 'RS256',
	key: '{{signingKey}}',
	keyEncoding: 'utf8',
	passphrase: '{{keyPassphrase}}',
	keyId: 'key-1',
	header: {},
	claims: { iss: '{{username}}', aud: 'https://auth.example.com/token', scope: '{{scope}}' },
	seconds: 300,
	margin: 60,
	...change,
});

const values = { username: 'n8n', scope: 'read "all" é' };

/** What is signed, and the values it is signed with. */
type Change = Partial<JwtDescription>;

const secret = ({ key = keys.rsa.private, passphrase: opens = '' }: Change) => ({
	signingKey: key,
	keyPassphrase: opens,
});

const sign = async ({ key, passphrase: opens, ...change }: Change = {}) =>
	await signJwt(form(change), { ...values, ...secret({ key, passphrase: opens }) }, now);

const keyOf: Record<string, string> = {
	RS: keys.rsa.private,
	PS: keys.rsa.private,
	ES256: keys.p256.private,
	ES384: keys.p384.private,
	ES512: keys.p521.private,
	EdDSA: keys.ed25519.private,
	HS: sharedSecret,
};

const keyFor = (algorithm: string) => keyOf[algorithm] ?? keyOf[algorithm.slice(0, 2)] ?? '';

describe('algorithms whose signatures are always the same', () => {
	const algorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'EdDSA'] as const;

	it.each(algorithms)('%s gives the token that another implementation made', async (algorithm) => {
		expect(await sign({ algorithm, key: keyFor(algorithm) })).toBe(tokens[algorithm]);
	});
});

describe('algorithms whose signatures hold chance', () => {
	const publicKeys = {
		PS256: keys.rsa.public,
		PS384: keys.rsa.public,
		PS512: keys.rsa.public,
		ES256: keys.p256.public,
		ES384: keys.p384.public,
		ES512: keys.p521.public,
	};

	const verifies = (algorithm: string, input: string, signature: Buffer, pem: string) => {
		const key: KeyLike = createPublicKey(pem);
		const options = algorithm.startsWith('ES')
			? { key, dsaEncoding: 'ieee-p1363' as const }
			: {
					key,
					padding: constants.RSA_PKCS1_PSS_PADDING,
					saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
				};
		return verify(`sha${algorithm.slice(2)}`, Buffer.from(input), options, signature);
	};

	it.each(Object.entries(publicKeys))(
		'%s signs the same header and claims, and another implementation verifies it',
		async (algorithm, publicKey) => {
			const token = await sign({
				algorithm: algorithm as JwtDescription['algorithm'],
				key: keyFor(algorithm),
			});
			const [header, claims, signature = ''] = token.split('.');
			const input = `${header}.${claims}`;
			expect(`${input}.`).toBe(tokens[algorithm as keyof typeof publicKeys]);
			const bytes = Buffer.from(signature, 'base64url');
			expect(verifies(algorithm, input, bytes, publicKey)).toBe(true);
			expect(verifies(algorithm, `${input}x`, bytes, publicKey)).toBe(false);
		},
	);
});

describe('a key is read', () => {
	const pems = { 'PKCS #8': keys.rsa.private, ...vectors.pems };
	const ways: Array<[string, (pem: string) => string]> = [
		['as it is', (pem) => pem],
		['on one line', (pem) => pem.replaceAll('\n', ' ').trim()],
		['without any blank between its lines', (pem) => withoutBreaks(pem)],
		['with \\n written out', (pem) => pem.replaceAll('\n', '\\n')],
		['with \\\\n written out twice', (pem) => pem.replaceAll('\n', '\\\\n')],
		['with \\r\\n written out', (pem) => pem.replaceAll('\n', '\\r\\n')],
		['with doubled line breaks', (pem) => pem.replaceAll('\n', '\n\n')],
		['with the line breaks of Windows', (pem) => pem.replaceAll('\n', '\r\n')],
		['indented', (pem) => pem.replaceAll('\n', '\n    ')],
		['in quotes, as in a JSON file', (pem) => JSON.stringify(pem)],
		['after the attributes of a bag', (pem) => `Bag Attributes\n    friendlyName: fake\n${pem}`],
	];

	/** Those of the headers of RFC 1421 are part of the format. */
	function withoutBreaks(pem: string): string {
		return pem.includes('Proc-Type') ? pem : pem.replaceAll('\n', '');
	}

	describe.each(Object.entries(pems))('in %s', (_name, pem) => {
		it.each(ways)('%s', async (_way, change) => {
			expect(await sign({ key: change(pem), passphrase })).toBe(tokens.RS256);
		});
	});

	it.each(Object.entries(vectors.ecPems))('in %s', async (_name, pem) => {
		for (const [, change] of ways) {
			const token = await sign({ algorithm: 'ES256', key: change(pem) });
			expect(token.slice(0, token.lastIndexOf('.') + 1)).toBe(tokens.ES256);
		}
	});

	it.each([
		['utf8', sharedSecret],
		['hex', Buffer.from(sharedSecret).toString('hex')],
		['hex', Buffer.from(sharedSecret).toString('hex').toUpperCase()],
		['base64', Buffer.from(sharedSecret).toString('base64')],
		['base64', Buffer.from(sharedSecret).toString('base64url')],
	] as const)('as %s', async (keyEncoding, key) => {
		expect(await sign({ algorithm: 'HS256', key, keyEncoding })).toBe(tokens.HS256);
	});
});

describe('a key that cannot sign is refused in words', () => {
	it.each<[string, Change, string]>([
		['no PEM', { key: 'fake' }, 'The signing key of the credential is not a private key in PEM'],
		[
			'a public key',
			{ key: keys.rsa.public },
			'The signing key of the credential is not a private key in PEM',
		],
		[
			'a key that was cut short',
			{ key: keys.rsa.private.slice(0, 300) },
			'The signing key of the credential is not a private key in PEM',
		],
		[
			'no passphrase',
			{ key: vectors.pems['encrypted PKCS #8'] },
			'The signing key of the credential is encrypted',
		],
		[
			'the wrong passphrase',
			{ key: vectors.pems['encrypted PKCS #1'], passphrase: 'fake-wrong' },
			'The passphrase of the credential does not open its signing key',
		],
		[
			'RS with another key',
			{ key: keys.p256.private },
			'The signing key of the credential does not go with RS256',
		],
		[
			'ES with another curve',
			{ algorithm: 'ES256', key: keys.p384.private },
			'The signing key of the credential does not go with ES256',
		],
		[
			'EdDSA with another key',
			{ algorithm: 'EdDSA', key: keys.rsa.private },
			'The signing key of the credential does not go with EdDSA',
		],
		[
			'a key of another encoding',
			{ algorithm: 'HS256', key: 'fake-id:fa4e', keyEncoding: 'hex' },
			'The signing key of the credential is not hex',
		],
	])('%s', async (_what, change, message) => {
		const error = (await sign(change).catch((reason: unknown) => reason)) as Error;
		expect(error).toMatchObject({ name: 'InputError', message });
		expect(JSON.stringify({ ...error, message: error.message })).not.toContain('MIIE');
	});
});

describe('claims', () => {
	const claimsOf = (token: string) =>
		JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;

	it('may set iat and exp, and hold the fingerprint of the public key', async () => {
		const claims = { iss: 'A.B.{{fingerprint}}', iat: 1, exp: 2 };
		expect(claimsOf(await sign({ claims }))).toEqual({
			iss: `A.B.${vectors.fingerprint}`,
			iat: 1,
			exp: 2,
		});
	});

	it('a value stays one value', async () => {
		const username = '","admin":true,"x":"{{scope}} $&';
		const token = await signJwt(
			form({ claims: { iss: '{{username}}' } }),
			{ username, ...secret({}) },
			now,
		);
		expect(claimsOf(token)).toEqual({ iat: 1699999940, exp: 1700000300, iss: username });
	});

	it('a key ID is left out where there is none', async () => {
		const token = await sign({ algorithm: 'HS256', key: sharedSecret, keyId: '' });
		expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toEqual({
			alg: 'HS256',
			typ: 'JWT',
		});
		const [header, claims, signature] = token.split('.');
		const made = createHmac('sha256', sharedSecret).update(`${header}.${claims}`);
		expect(signature).toBe(made.digest('base64url'));
	});
});

it('claims keep every digit of their numbers', async () => {
	const data = { signingKey: sharedSecret, jwtAlgorithm: 'HS256' };
	const { claims } =
		readJwtForm({ ...data, jwtClaims: '{"iss": 12345678901234567890}' }, 'login') ?? {};
	const [, payload = ''] = (await sign({ algorithm: 'HS256', key: sharedSecret, claims })).split(
		'.',
	);
	expect(Buffer.from(payload, 'base64url').toString()).toContain('"iss":12345678901234567890}');
});
