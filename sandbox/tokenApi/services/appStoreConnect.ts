import { ecPair } from '../keys';
import { json } from '../../respond';
import { readScheme } from '../read';
import { readJwt, wrongTimes } from '../signedJwt';
import type { Service } from '../types';

const LONGEST_SECONDS = 20 * 60;

/** App Store Connect: there is no login; each call carries an ES256 JWT that is made locally. */
export const appStoreConnect = {
	secrets: {
		issuerId: '57246542-fa4e-1a63-e053-0824d011072a',
		keyId: '2X9R4HXF34',
		get privateKey() {
			return ecPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		},
	},
	create: ({ now, account }) => ({
		isLogin: () => false,
		login: () => ({ status: 404 }),

		authorize(exchange) {
			const token = readScheme(exchange, 'Bearer');
			exchange.record.token = token ?? null;
			const jwt = readJwt(token);
			const { issuerId, keyId } = account.secrets;
			const isGood =
				jwt !== undefined &&
				jwt.header.kid === keyId &&
				jwt.header.typ === 'JWT' &&
				jwt.claims.iss === issuerId &&
				jwt.claims.aud === 'appstoreconnect-v1' &&
				wrongTimes(jwt.claims, now(), LONGEST_SECONDS) === null &&
				jwt.isSignedBy(ecPair().publicKey);
			if (isGood) return null;
			const error = {
				status: '401',
				code: 'NOT_AUTHORIZED',
				title: 'Authentication credentials are missing or invalid.',
				detail:
					'Provide a properly configured and signed bearer token, and make sure that it has not expired.',
			};
			return json(401, { errors: [error] });
		},
	}),
} satisfies Service;
