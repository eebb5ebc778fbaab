import { decodeJwt } from 'jose';

/** Names like `rsaPrivateExponent`: Maxus puts an RSA private key into its tokens. */
const PRIVATE_KEY_MATERIAL = /private/i;

function withoutPrivateKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutPrivateKeys);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !PRIVATE_KEY_MATERIAL.test(name))
			.map(([name, inner]) => [name, withoutPrivateKeys(inner)]),
	);
}

/** The payload of a JWT, not verified, without private key material; `null` when it is not a JWT. */
export function readClaims(token: string): Record<string, unknown> | null {
	try {
		return withoutPrivateKeys(decodeJwt(token)) as Record<string, unknown>;
	} catch {
		return null;
	}
}

/** A claim in Unix seconds as Unix milliseconds; `null` when it is missing or not a number. */
export function timeClaim(claims: Record<string, unknown> | null, name: string): number | null {
	const seconds = claims?.[name];
	return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : null;
}
