import { randomBytes, randomUUID } from 'node:crypto';
import { signHs256 } from '../../jwt';
import { json } from '../../respond';
import { readCookie, readJson, readScheme, readTexts } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 900;

const refused = (status: number, code: string, message: string) =>
	json(status, { errors: [{ message, extensions: { code } }] });

const badCredentials = () => refused(401, 'INVALID_CREDENTIALS', 'Invalid user credentials.');

/** Directus: the lifetime comes in milliseconds, and a token that was never good is refused with 403. */
export const directus = {
	secrets: { username: 'admin@directus.test', password: 'fake-directus"secret' },
	create: ({ now, account, tokens }) => ({
		isLogin: ({ path }) => path === '/auth/login',

		login(exchange) {
			if (exchange.record.method !== 'POST') {
				return refused(404, 'ROUTE_NOT_FOUND', "Route /auth/login doesn't exist.");
			}
			const given = readTexts(readJson(exchange), ['email', 'password'], ['mode', 'otp']);
			if (!given) return refused(400, 'INVALID_PAYLOAD', 'Invalid payload. "email" is required.');
			const { username, password } = account.secrets;
			const isRight = given.email === username && given.password === password;
			// Who is locked out is told the same.
			if (account.admit(given.email, isRight) !== 'good') return badCredentials();
			const iat = Math.floor(now() / 1000);
			const exp = iat + tokens.lifetimeSeconds(LIFETIME_SECONDS);
			const claims = { id: randomUUID(), app_access: true, iat, exp, iss: 'directus' };
			const token = signHs256(JSON.stringify(claims), 'fake-directus-key');
			const expires = tokens.issue(exchange, token, LIFETIME_SECONDS) * 1000;
			const refresh_token = randomBytes(48).toString('base64url');
			return json(200, { data: { expires, refresh_token, access_token: token } });
		},

		authorize(exchange) {
			const places = [
				readScheme(exchange, 'Bearer'),
				exchange.query.get('access_token') ?? undefined,
				readCookie(exchange, 'directus_session_token'),
			].filter((token) => token !== undefined);
			if (places.length > 1) {
				const message = 'The request uses more than one method for including an access token';
				return refused(400, 'INVALID_PAYLOAD', message);
			}
			switch (tokens.use(exchange, places[0])) {
				case 'good':
					return null;
				case 'missing':
					return refused(403, 'FORBIDDEN', "You don't have permission to access this.");
				case 'expired':
					return refused(401, 'TOKEN_EXPIRED', 'Token expired.');
				default:
					if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(places[0] ?? '')) return badCredentials();
					return refused(403, 'INVALID_TOKEN', 'Invalid token.');
			}
		},
	}),
} satisfies Service;
