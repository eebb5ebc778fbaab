import { totp } from '../../../../providers/vendors/tokenApi/totp';
import { thrownBy } from '../../../support/leaks';

/** The ASCII text "12345678901234567890" of RFC 6238, in Base32; SHA-256 and SHA-512 repeat it. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SECRET_256 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA';
const SECRET_512 = `${SECRET}${SECRET}${SECRET}GEZDGNA`;

const address = (secret: string, algorithm: string) =>
	`otpauth://totp/Fake:me?secret=${secret}&digits=8&algorithm=${algorithm}`;

// RFC 6238, appendix B.
it.each([
	[59, '94287082', '46119246', '90693936'],
	[1111111109, '07081804', '68084774', '25091201'],
	[1111111111, '14050471', '67062674', '99943326'],
	[1234567890, '89005924', '91819424', '93441116'],
	[2000000000, '69279037', '90698825', '38618901'],
	[20000000000, '65353130', '77737706', '47863826'],
])('at %i', (seconds, sha1, sha256, sha512) => {
	expect(totp(address(SECRET, 'SHA1'), seconds)).toBe(sha1);
	expect(totp(address(SECRET_256, 'SHA256'), seconds)).toBe(sha256);
	expect(totp(address(SECRET_512, 'SHA512'), seconds)).toBe(sha512);
	expect(totp(SECRET, seconds)).toBe(sha1.slice(2));
});

it('takes a secret as services show it', () => {
	expect(totp('gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 59)).toBe('287082');
	expect(totp(`${SECRET}====`, 59)).toBe('287082');
});

it.each(['', '0189', 'fake!'])('refuses %j in words', async (secret) => {
	expect(await thrownBy(() => totp(secret, 59))).toMatchObject({
		message: 'The secret of the one-time password is not Base32',
	});
});
