import { createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { parseJsonObject } from '../body';

type Json = Record<string, unknown>;

export interface ReadJwt {
	header: Json;
	claims: Json;
	/** Whether the key, by the algorithm it is for, made the signature. */
	isSignedBy(key: KeyObject): boolean;
}

/** Takes a JWT apart, or gives `undefined` if it is none. */
export function readJwt(token: string | undefined): ReadJwt | undefined {
	const match = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token ?? '');
	const [, first = '', second = '', third = ''] = match ?? [];
	const header = parseJsonObject(Buffer.from(first, 'base64url'));
	const claims = parseJsonObject(Buffer.from(second, 'base64url'));
	if (!match || !header || !claims) return undefined;
	const input = Buffer.from(`${first}.${second}`);
	const signature = Buffer.from(third, 'base64url');
	return { header, claims, isSignedBy: (key) => isSigned(header.alg, input, signature, key) };
}

function isSigned(algorithm: unknown, input: Buffer, signature: Buffer, key: KeyObject): boolean {
	if (key.type === 'secret') {
		const made = createHmac('sha256', key).update(input).digest();
		return (
			algorithm === 'HS256' && made.length === signature.length && timingSafeEqual(made, signature)
		);
	}
	if (key.asymmetricKeyType === 'rsa') {
		return algorithm === 'RS256' && verify('sha256', input, key, signature);
	}
	return (
		algorithm === 'ES256' && verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature)
	);
}

/** What is wrong with the times of a JWT, or `null`: its life is at most `longestSeconds`. */
export function wrongTimes(
	{ iat, exp }: Json,
	now: number,
	longestSeconds: number,
): 'exp' | 'iat' | 'expired' | 'too-long' | null {
	const seconds = now / 1000;
	if (typeof exp !== 'number' || !Number.isInteger(exp)) return 'exp';
	if (iat !== undefined && (typeof iat !== 'number' || !Number.isInteger(iat))) return 'iat';
	if (iat !== undefined && iat > seconds) return 'iat';
	if (exp <= seconds) return 'expired';
	return exp - (iat ?? Math.floor(seconds)) > longestSeconds ? 'too-long' : null;
}
