import { createHash } from 'node:crypto';

import {
	encryptCipherText,
	signAgentAuthRequest,
} from '../../../../providers/vendors/agentAuth/cipher';

const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const IV = Buffer.from('000102030405060708090a0b', 'hex');

test.each([
	[
		'{"agentId":"integratorNBTest01","secret":"examplesecret=="}',
		'AAECAwQFBgcICQoL7POJZhJm5HKI9PUW4O8aJA==PCC3fKCLtlLpY62p2IcMCOSk5kCfCRE+bAKW8S1YIp4jY8uf3aRmuk6GGpXp6lhUiyoF7iiz1+cCtVc=',
	],
	['{}', 'AAECAwQFBgcICQoLld+Gkg09YAHPqXm0sLXZ2g==PH8='],
	[
		'{"username":"玩家一","amount":-12.5}',
		'AAECAwQFBgcICQoLIyVtBRzZUFiKucBqUk10wg==PCCjaKCXrHrgJLWxkw72xGZ4MdBI+31QGgaI6mgHdJA7PZ/OgfRv',
	],
])('encrypts %s', (plaintext, cipherText) => {
	expect(encryptCipherText(plaintext, KEY, IV)).toBe(cipherText);
});

// Of what @noble/ciphers alone gives: it makes no difference by what a longer text is encrypted.
test.each([
	[256, 'c609e69617a9ee20044a6932e6ef49256a25a649ffa9686fb6947ababc359487'],
	[257, 'd748aefbf4c8730f9999757b20eb770506675075f1c8e00d4e45f015ec874800'],
	[1_000_000, '15c4022217c674f8c853ebfc86b777326d004171947b28167ea8676bfd484f91'],
])('encrypts %i bytes', (bytes, sha256) => {
	const plaintext = JSON.stringify('玩'.padEnd(bytes - 4, 'x'));
	expect(Buffer.byteLength(plaintext)).toBe(bytes);
	const cipherText = encryptCipherText(plaintext, KEY, IV);
	expect(createHash('sha256').update(cipherText).digest('hex')).toBe(sha256);
});

test('takes a key of 32 bytes and an IV of 12 bytes only', () => {
	expect(() => encryptCipherText('{}', KEY.subarray(0, 16), IV)).toThrow(RangeError);
	expect(() => encryptCipherText('{}', KEY, KEY.subarray(0, 16))).toThrow(RangeError);
});

describe("the sample of the vendor's document", () => {
	const sample = {
		agentId: 'integratorNBTest04',
		timestamp: '1769745532582',
		nonce: '4ff08bc2a45c6b38068dbcd24296a25b',
		cipherText:
			'G0ZMDELeJwx+7JcIfIFOLJjkSzANPu6krGM2uw==bDUB6MvLbggJM4Df28x/41LlgIPDqPBBAylkqTdB0I78haWOdi6jV8JXAi0iL8JHq/cCPlj39Apt/I9hDNII3SBb0IZMg+qGN3pH3zExydFZSLXwErOa/6KzGMHukRkqHjdFzQ==',
	};

	test('has the x-signature that is printed there', () => {
		expect(signAgentAuthRequest(sample, 'delimited')).toBe(
			'904e97bee2589b93e9747eed0346c68b23d8ff8b568dabaf4b94a5e89093df67',
		);
	});

	test('signed in the concatenated format', () => {
		expect(signAgentAuthRequest(sample, 'concatenated')).toBe(
			'd54881f547c12212979e2c5ca1e13a529a49d0171d28617da0d4b457b6b9c9d1',
		);
	});
});
