import { randomUUID } from 'node:crypto';
import { json } from '../../respond';
import { readScheme, readTexts } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 3600;

const refused = (code: string, message: string) =>
	json(200, { requestId: '8f0a#18c1f2a3b4c', success: false, errors: [{ code, message }] });

/** Marketo: the same token for as long as it lives, with what is left of its life; refusals are 200. */
export const marketo = {
	secrets: { client_id: 'fake-marketo-client', client_secret: 'fake-marketo&secret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path }) => path === '/identity/oauth/token',

		login(exchange) {
			if (exchange.record.method !== 'GET') return json(405, { error: 'method_not_allowed' });
			const names = ['grant_type', 'client_id', 'client_secret'] as const;
			const given = readTexts(exchange.query, names);
			if (given?.grant_type !== 'client_credentials') {
				return json(400, { error: 'invalid_request', error_description: 'Missing grant type' });
			}
			const { client_id, client_secret } = account.secrets;
			const isRight = given.client_id === client_id && given.client_secret === client_secret;
			const verdict = account.admit(given.client_id, isRight);
			if (given.client_id !== client_id) {
				const error_description = 'No client with requested id';
				return json(401, { error: 'invalid_client', error_description });
			}
			if (verdict !== 'good') {
				const error_description = 'Bad client credentials';
				return json(401, { error: 'unauthorized', error_description });
			}
			const again = tokens.issueAgain(exchange);
			const access_token = again?.token ?? `${randomUUID()}:int`;
			const expires_in = again
				? Math.floor(again.leftMs / 1000)
				: tokens.issue(exchange, access_token, LIFETIME_SECONDS);
			return json(200, { access_token, token_type: 'bearer', expires_in, scope: 'api@demo.test' });
		},

		authorize(exchange) {
			// In the query it is not taken any more.
			switch (tokens.use(exchange, readScheme(exchange, 'Bearer'))) {
				case 'good':
					return null;
				case 'missing':
					return refused('600', 'Access token not specified');
				case 'expired':
					return refused('602', 'Access token expired');
				default:
					return refused('601', 'Access token invalid');
			}
		},
	}),
} satisfies Service;
