import { createHmac, sign, type KeyObject } from 'node:crypto';

const segment = (value: string) => Buffer.from(value, 'utf8').toString('base64url');

function unsigned(algorithm: string, payload: string): string {
	return `${segment(`{"typ":"JWT","alg":"${algorithm}"}`)}.${segment(payload)}`;
}

/** Signs a payload, given as JSON text, with a shared secret. */
export function signHs256(payload: string, secret: string): string {
	const input = unsigned('HS256', payload);
	return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** Signs a payload, given as JSON text, with an RSA private key. */
export function signRs512(payload: string, privateKey: KeyObject): string {
	const input = unsigned('RS512', payload);
	return `${input}.${sign('sha512', Buffer.from(input), privateKey).toString('base64url')}`;
}

/** The payload of a token that is known to be well formed. */
export function readClaims(token: string): Record<string, unknown> {
	const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
	return JSON.parse(payload) as Record<string, unknown>;
}
