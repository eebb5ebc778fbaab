import { randomUUID } from 'node:crypto';
import { signHs256 } from '../../jwt';
import { json } from '../../respond';
import { readJson, readScheme, readTexts } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 600;

const refused = (status: number, code: string, title: string, detail?: string) =>
	json(status, { errors: [{ code, status: String(status), title, detail }] });

/** Shopware 6: client credentials as JSON; an ID of another form than its own breaks it. */
export const shopware = {
	secrets: { client_id: 'SWIAFAKEACCESSKEYFORTESTS', client_secret: 'fake-shopware"secret' },
	create: ({ now, account, tokens }) => ({
		isLogin: ({ path }) => path === '/api/oauth/token',

		login(exchange) {
			if (exchange.record.method !== 'POST') return refused(405, '0', 'Method Not Allowed');
			const names = ['grant_type', 'client_id', 'client_secret'] as const;
			const given = readTexts(readJson(exchange), names, ['scope']);
			if (given?.grant_type !== 'client_credentials') {
				const title = 'The authorization grant type is not supported by the authorization server.';
				return refused(400, '2', title, 'Check that all required parameters have been provided');
			}
			if (!given.client_id.startsWith('SWIA')) {
				return refused(500, '0', 'Internal Server Error', 'Access key not found');
			}
			const { client_id, client_secret } = account.secrets;
			const isRight = given.client_id === client_id && given.client_secret === client_secret;
			if (account.admit(given.client_id, isRight) !== 'good') {
				return refused(401, '4', 'Client authentication failed');
			}
			const iat = Math.floor(now() / 1000);
			const exp = iat + tokens.lifetimeSeconds(LIFETIME_SECONDS);
			const claims = { aud: client_id, jti: randomUUID(), iat, nbf: iat, exp, sub: '', scopes: [] };
			const access_token = signHs256(JSON.stringify(claims), 'fake-shopware-key');
			const expires_in = tokens.issue(exchange, access_token, LIFETIME_SECONDS);
			return json(200, { token_type: 'Bearer', expires_in, access_token });
		},

		authorize(exchange) {
			const state = tokens.use(exchange, readScheme(exchange, 'Bearer'));
			if (state === 'good') return null;
			const detail =
				state === 'missing'
					? 'Missing "Authorization" header'
					: 'Access token could not be verified';
			const title = 'The resource owner or authorization server denied the request.';
			return refused(401, '9', title, detail);
		},
	}),
} satisfies Service;
