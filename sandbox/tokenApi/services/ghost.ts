import { createSecretKey } from 'node:crypto';
import { json } from '../../respond';
import { readScheme } from '../read';
import { readJwt, wrongTimes } from '../signedJwt';
import type { Service } from '../types';

const LONGEST_SECONDS = 5 * 60;

const refused = (message: string, code: string) =>
	json(401, { errors: [{ message, type: 'UnauthorizedError', code }] });

/** Ghost Admin: each call carries an HS256 JWT; the key is `id:secret`, the secret in hex. */
export const ghost = {
	secrets: { adminKey: `65a0fa4e00000000000000aa:${'fa4e'.repeat(16)}` },
	create: ({ now, account }) => ({
		isLogin: () => false,
		login: () => ({ status: 404 }),

		authorize(exchange) {
			const token = readScheme(exchange, 'Ghost');
			exchange.record.token = token ?? null;
			if (token === undefined) return refused('Authorization failed', 'INVALID_AUTH_HEADER');
			const jwt = readJwt(token);
			if (!jwt) return refused('Invalid token', 'INVALID_JWT');
			const [id, secret = ''] = (account.secrets.adminKey ?? '').split(':');
			if (jwt.header.kid === undefined)
				return refused('Admin kid missing', 'MISSING_ADMIN_API_KID');
			if (jwt.header.kid !== id) return refused('Unknown Admin API Key', 'UNKNOWN_ADMIN_API_KEY');
			// Only what the path says counts as audience: /admin/, or a versioned form of it.
			const isForUs = ['/admin/', '/v5/admin/'].includes(String(jwt.claims.aud));
			const wrong = wrongTimes(jwt.claims, now(), LONGEST_SECONDS);
			const key = createSecretKey(Buffer.from(secret, 'hex'));
			if (!jwt.isSignedBy(key)) return refused('Invalid token: invalid signature', 'INVALID_JWT');
			if (wrong === 'expired') return refused('Invalid token: jwt expired', 'INVALID_JWT');
			if (wrong || jwt.claims.iat === undefined) {
				return refused('Invalid token: maxAge exceeded', 'INVALID_JWT');
			}
			return isForUs ? null : refused('Invalid token: jwt audience invalid', 'INVALID_JWT');
		},
	}),
} satisfies Service;
