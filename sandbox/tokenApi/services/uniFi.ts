import { randomUUID } from 'node:crypto';
import { readClaims, signHs256 } from '../../jwt';
import { json } from '../../respond';
import { isWrite, readCookie, readHeader, readJson, readTexts, withCookies } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 2 * 3600;

/** UniFi OS: a JWT as a cookie, one of whose claims has to come along on writes. */
export const uniFi = {
	secrets: { username: 'n8n', password: 'fake-unifi"secret' },
	create: ({ now, account, tokens }) => ({
		isLogin: ({ path }) => path === '/api/auth/login',

		login(exchange) {
			if (exchange.record.method !== 'POST') return json(404, { error: { code: 404 } });
			const given = readTexts(
				readJson(exchange),
				['username', 'password'],
				['rememberMe', 'token'],
			);
			if (!given) return json(400, { code: 'BAD_REQUEST', message: 'Bad request' });
			const { username, password } = account.secrets;
			const isRight = given.username === username && given.password === password;
			const verdict = account.admit(given.username, isRight);
			if (verdict === 'locked') {
				const message = "You've reached the login attempt limit";
				return json(429, { code: 'AUTHENTICATION_FAILED_LIMIT_REACHED', message });
			}
			if (verdict === 'wrong') {
				const message = 'Invalid username or password';
				return json(403, { code: 'AUTHENTICATION_FAILED_INVALID_CREDENTIALS', message });
			}
			const iat = Math.floor(now() / 1000);
			const exp = iat + tokens.lifetimeSeconds(LIFETIME_SECONDS);
			const claims = { userId: randomUUID(), csrfToken: randomUUID(), jti: randomUUID(), iat, exp };
			const token = signHs256(JSON.stringify(claims), 'fake-unifi-key');
			tokens.issue(exchange, token, LIFETIME_SECONDS);
			const until = new Date(exp * 1000).toUTCString();
			const attributes = 'path=/; samesite=strict; secure; httponly';
			return withCookies(
				json(200, { unique_id: claims.userId, username, isOwner: false }),
				`TOKEN=${token}; expires=${until}; ${attributes}`,
			);
		},

		authorize(exchange) {
			const token = readCookie(exchange, 'TOKEN');
			if (tokens.use(exchange, token) !== 'good') {
				return json(401, { error: { code: 401, message: 'Unauthorized' } });
			}
			const { csrfToken } = readClaims(token ?? '');
			if (isWrite(exchange) && readHeader(exchange, 'x-csrf-token') !== csrfToken) {
				return json(403, { error: { code: 403, message: 'Invalid CSRF Token' } });
			}
			return null;
		},
	}),
} satisfies Service;
