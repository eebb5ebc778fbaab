import { createHmac } from 'node:crypto';

import { InputError } from '../../kit/errors';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The one-time password of RFC 6238 at a time.
 * @param secret in Base32 as services show it, or an `otpauth://totp/…` address
 * @param seconds Unix time
 * @throws {InputError} when it is no such secret
 */
export function totp(secret: string, seconds: number): string {
	const parameters = /^otpauth:/i.test(secret) ? new URL(secret).searchParams : null;
	const key = decodeBase32(parameters?.get('secret') ?? secret);
	const digits = Number(parameters?.get('digits') ?? 6);
	const period = Number(parameters?.get('period') ?? 30);
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(seconds / period)));
	const mac = createHmac(parameters?.get('algorithm') ?? 'sha1', key)
		.update(counter)
		.digest();
	const offset = (mac.at(-1) ?? 0) & 0xf;
	const code = mac.readUInt32BE(offset) & 0x7fffffff;
	return String(code % 10 ** digits).padStart(digits, '0');
}

function decodeBase32(text: string): Buffer {
	const clean = text.replace(/[\s=-]/g, '').toUpperCase();
	if (clean === '' || [...clean].some((character) => !BASE32.includes(character))) {
		throw new InputError('The secret of the one-time password is not Base32', {
			description:
				'Give the secret that the service shows beside the QR code: letters A to Z and digits 2 to 7.',
		});
	}
	const bits = [...clean]
		.map((character) => BASE32.indexOf(character).toString(2).padStart(5, '0'))
		.join('');
	return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
