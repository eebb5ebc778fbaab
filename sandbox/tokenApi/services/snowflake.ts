import { createHash } from 'node:crypto';
import { rsaPair } from '../keys';
import { json } from '../../respond';
import { readHeader, readScheme } from '../read';
import { readJwt, wrongTimes } from '../signedJwt';
import type { Service } from '../types';

const LONGEST_SECONDS = 3600;
const PASSPHRASE = 'fake-snowflake-passphrase';

const refused = (code: string, message: string) => json(401, { code, message });

/** Snowflake: each call carries an RS256 JWT, whose issuer ends with the fingerprint of the key. */
export const snowflake = {
	secrets: {
		account: 'MYORG-ACCOUNT',
		user: 'N8N',
		passphrase: PASSPHRASE,
		/** PKCS #8, encrypted. */
		get privateKey() {
			const encrypted = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE };
			return rsaPair()
				.privateKey.export({ type: 'pkcs8', format: 'pem', ...encrypted })
				.toString();
		},
		get fingerprint() {
			const der = rsaPair().publicKey.export({ type: 'spki', format: 'der' });
			return `SHA256:${createHash('sha256').update(der).digest('base64')}`;
		},
	},
	create: ({ now, account }) => ({
		isLogin: () => false,
		login: () => ({ status: 404 }),

		authorize(exchange) {
			const token = readScheme(exchange, 'Bearer');
			exchange.record.token = token ?? null;
			if (readHeader(exchange, 'x-snowflake-authorization-token-type') !== 'KEYPAIR_JWT') {
				return refused('390303', 'Invalid OAuth access token.');
			}
			const jwt = readJwt(token);
			const { account: name, user, fingerprint } = account.secrets;
			const sub = `${name}.${user}`;
			const isGood =
				jwt?.claims.sub === sub &&
				jwt.claims.iss === `${sub}.${fingerprint}` &&
				jwt.claims.iat !== undefined &&
				wrongTimes(jwt.claims, now(), LONGEST_SECONDS) === null &&
				jwt.isSignedBy(rsaPair().publicKey);
			return isGood ? null : refused('390144', 'JWT token is invalid.');
		},
	}),
} satisfies Service;
