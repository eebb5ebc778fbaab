import { randomBytes } from 'node:crypto';
import { rsaPair } from '../keys';
import { json } from '../../respond';
import { readForm, readScheme, readTexts } from '../read';
import { readJwt, wrongTimes } from '../signedJwt';
import type { Service } from '../types';

const LIFETIME_SECONDS = 3600;
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const refused = (error: string, error_description: string) =>
	json(400, { error, error_description });

/** A Google service account, as any server of RFC 7523: a form with a JWT as assertion. */
export const googleServiceAccount = {
	secrets: {
		clientEmail: 'n8n@demo.iam.gserviceaccount.invalid',
		scope: 'https://www.googleapis.com/auth/drive.readonly',
		keyId: 'fa4e000000000000000000000000000000000000',
		get privateKey() {
			return rsaPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		},
	},
	create: ({ now, prefix, account, tokens }) => ({
		isLogin: ({ path }) => path === '/token',

		login(exchange) {
			if (exchange.record.method !== 'POST') return json(404, { error: 'not_found' });
			const form = readForm(exchange);
			if (!form?.get('grant_type')) {
				return refused('invalid_request', 'Required parameter is missing: grant_type');
			}
			const given = readTexts(form, ['grant_type', 'assertion']);
			if (given?.grant_type !== GRANT) {
				return refused('unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type')}`);
			}
			const jwt = readJwt(given.assertion);
			if (!jwt) return refused('invalid_grant', 'Bad Request');
			const { iss, scope, aud, iat } = jwt.claims;
			const { clientEmail = '' } = account.secrets;
			if (iss !== clientEmail) {
				return refused('invalid_grant', 'Invalid grant: account not found');
			}
			if (iat === undefined || wrongTimes(jwt.claims, now(), LIFETIME_SECONDS)) {
				const message =
					'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.';
				return refused('invalid_grant', message);
			}
			if (aud !== `${exchange.origin}${prefix}/token`) {
				return refused('invalid_grant', 'Failed audience check.');
			}
			if (typeof scope !== 'string' || scope === '') {
				return refused('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
			}
			if (account.admit(clientEmail, jwt.isSignedBy(rsaPair().publicKey)) !== 'good') {
				return refused('invalid_grant', 'Invalid JWT Signature.');
			}
			const access_token = `ya29.c.${randomBytes(60).toString('base64url')}`;
			const seconds = tokens.issue(exchange, access_token, LIFETIME_SECONDS);
			return json(200, { access_token, expires_in: seconds - 1, token_type: 'Bearer' });
		},

		authorize(exchange) {
			if (tokens.use(exchange, readScheme(exchange, 'Bearer')) === 'good') return null;
			const message = 'Request had invalid authentication credentials.';
			return json(401, { error: { code: 401, message, status: 'UNAUTHENTICATED' } });
		},
	}),
} satisfies Service;
