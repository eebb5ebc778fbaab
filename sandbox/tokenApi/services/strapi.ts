import { randomUUID } from 'node:crypto';
import { signHs256 } from '../../jwt';
import { json } from '../../respond';
import { readJson, readScheme, readTexts } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 30 * 86_400;

const refused = (status: number, name: string, message: string) =>
	json(status, { data: null, error: { status, name, message, details: {} } });

/** Strapi: a wrong password is 400, and the lifetime is in the token alone. */
export const strapi = {
	secrets: { username: 'editor@strapi.test', password: 'fake-strapi"secret' },
	create: ({ now, account, tokens }) => ({
		isLogin: ({ path }) => path === '/api/auth/local',

		login(exchange) {
			if (exchange.record.method !== 'POST') {
				return refused(405, 'MethodNotAllowedError', 'Method Not Allowed');
			}
			const given = readTexts(readJson(exchange), ['identifier', 'password']);
			if (!given) return refused(400, 'ValidationError', 'identifier is a required field');
			const { username, password } = account.secrets;
			const isRight = given.identifier === username && given.password === password;
			const verdict = account.admit(given.identifier, isRight);
			if (verdict === 'locked') {
				return refused(429, 'RateLimitError', 'Too many requests, please try again later.');
			}
			if (verdict === 'wrong') {
				return refused(400, 'ValidationError', 'Invalid identifier or password');
			}
			const iat = Math.floor(now() / 1000);
			const exp = iat + tokens.lifetimeSeconds(LIFETIME_SECONDS);
			const jwt = signHs256(
				JSON.stringify({ id: 1, iat, exp, jti: randomUUID() }),
				'fake-strapi-key',
			);
			tokens.issue(exchange, jwt, LIFETIME_SECONDS);
			return json(200, { jwt, user: { id: 1, username: 'editor', email: username } });
		},

		authorize(exchange) {
			const state = tokens.use(exchange, readScheme(exchange, 'Bearer'));
			if (state === 'good') return null;
			if (state === 'missing') return refused(403, 'ForbiddenError', 'Forbidden');
			return refused(401, 'UnauthorizedError', 'Missing or invalid credentials');
		},
	}),
} satisfies Service;
