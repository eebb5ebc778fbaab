import { randomBytes } from 'node:crypto';
import { rsaPair } from '../keys';
import { json } from '../../respond';
import { readHeader, readScheme } from '../read';
import { readJwt, wrongTimes } from '../signedJwt';
import type { Service } from '../types';

const LIFETIME_SECONDS = 3600;
const LONGEST_SECONDS = 10 * 60;
const BAD_START =
	"'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
const BAD_END =
	"'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
const LATE_END = "'Expiration time' claim ('exp') is too far in the future";
const LOGIN = /^\/app\/installations\/(\d+)\/access_tokens$/;

const refused = (status: number, message: string) =>
	json(status, {
		message,
		documentation_url: 'https://docs.github.invalid/rest',
		status: String(status),
	});

/** GitHub App: an RS256 JWT, signed with a PKCS #1 key, is exchanged for a token with an ISO date. */
export const gitHubApp = {
	secrets: {
		appId: '4711',
		installationId: '815',
		get privateKey() {
			return rsaPair().privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
		},
	},
	create: ({ now, account, tokens }) => ({
		isLogin: ({ path }) => LOGIN.test(path),

		login(exchange) {
			if (!readHeader(exchange, 'user-agent')) {
				return refused(403, 'Request forbidden by administrative rules.');
			}
			if (exchange.record.method !== 'POST') return refused(404, 'Not Found');
			const jwt = readJwt(readScheme(exchange, 'Bearer'));
			if (!jwt) return refused(401, 'A JSON web token could not be decoded');
			const { iss, iat, exp } = jwt.claims;
			if (typeof iat !== 'number' || iat > now() / 1000) return refused(401, BAD_START);
			// Measured from now, not from `iat`, which is set back for clocks that are behind.
			const wrong = wrongTimes({ exp }, now(), LONGEST_SECONDS);
			if (wrong) return refused(401, wrong === 'too-long' ? LATE_END : BAD_END);
			const { appId, installationId } = account.secrets;
			const isRight = String(iss) === appId && jwt.isSignedBy(rsaPair().publicKey);
			if (account.admit(String(iss), isRight) !== 'good') {
				return refused(401, 'A JSON web token could not be decoded');
			}
			if (LOGIN.exec(exchange.path)?.[1] !== installationId) return refused(404, 'Not Found');
			const token = `ghs_${randomBytes(27).toString('base64url').replace(/[-_]/g, 'x')}`;
			const seconds = tokens.issue(exchange, token, LIFETIME_SECONDS);
			const expires_at = new Date(now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
			return json(201, { token, expires_at, permissions: {}, repository_selection: 'all' });
		},

		isLogout: ({ path, record }) => path === '/installation/token' && record.method === 'DELETE',

		authorize(exchange) {
			if (!readHeader(exchange, 'user-agent')) {
				return refused(403, 'Request forbidden by administrative rules.');
			}
			const token = readScheme(exchange, 'Bearer') ?? readScheme(exchange, 'token');
			const state = tokens.use(exchange, token);
			if (state === 'good') return null;
			return refused(401, state === 'missing' ? 'Requires authentication' : 'Bad credentials');
		},
	}),
} satisfies Service;
