import { randomUUID } from 'node:crypto';
import { signHs256 } from '../../jwt';
import { json } from '../../respond';
import { readBasic, readForm, readScheme, readTexts } from '../read';
import type { Exchange } from '../../types';
import type { Service } from '../types';

const LIFETIME_SECONDS = 300;
const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

const refused = (status: number, error: string, error_description?: string) =>
	json(status, { error, error_description }, NO_STORE);

/** The client's name and secret: in the form, or by Basic authentication. */
function readClient(exchange: Exchange, form: URLSearchParams) {
	const basic = readBasic(exchange);
	if (!basic) {
		const given = readTexts(form, ['grant_type', 'client_id', 'client_secret'], ['scope']);
		return given && { id: given.client_id, secret: given.client_secret };
	}
	// RFC 6749 wants both of them form-encoded inside Basic authentication.
	const decoded = (text: string) => new URLSearchParams(`v=${text}`).get('v') ?? '';
	return { id: decoded(basic.name), secret: decoded(basic.secret) };
}

/** Keycloak, as any OAuth2 server asked for client credentials. */
export const keycloak = {
	secrets: { client_id: 'n8n', client_secret: 'fake-keycloak&secret' },
	create: ({ now, account, tokens }) => ({
		isLogin: ({ path }) => path === '/realms/demo/protocol/openid-connect/token',

		login(exchange) {
			if (exchange.record.method !== 'POST') return refused(405, 'HTTP 405 Method Not Allowed');
			const form = readForm(exchange);
			const grant = form?.get('grant_type') ?? null;
			if (!form || grant === null) {
				return refused(400, 'invalid_request', 'Missing form parameter: grant_type');
			}
			if (grant !== 'client_credentials') {
				return refused(400, 'unsupported_grant_type', 'Unsupported grant_type');
			}
			const client = readClient(exchange, form);
			if (!client) {
				return refused(401, 'invalid_client', 'Invalid client or Invalid client credentials');
			}
			const { client_id, client_secret } = account.secrets;
			const isRight = client.id === client_id && client.secret === client_secret;
			if (account.admit(client.id, isRight) !== 'good') {
				return refused(401, 'unauthorized_client', 'Invalid client or Invalid client credentials');
			}
			const iat = Math.floor(now() / 1000);
			const exp = iat + tokens.lifetimeSeconds(LIFETIME_SECONDS);
			const claims = { exp, iat, jti: randomUUID(), typ: 'Bearer', azp: client_id };
			const access_token = signHs256(JSON.stringify(claims), 'fake-keycloak-key');
			const expires_in = tokens.issue(exchange, access_token, LIFETIME_SECONDS);
			return json(
				200,
				{
					access_token,
					expires_in,
					refresh_expires_in: 0,
					token_type: 'Bearer',
					'not-before-policy': 0,
					scope: 'profile email',
				},
				NO_STORE,
			);
		},

		authorize(exchange) {
			const state = tokens.use(exchange, readScheme(exchange, 'Bearer'));
			if (state === 'good') return null;
			const challenge =
				state === 'missing' ? 'Bearer realm="demo"' : 'Bearer realm="demo", error="invalid_token"';
			return json(401, { error: 'HTTP 401 Unauthorized' }, { 'WWW-Authenticate': challenge });
		},
	}),
} satisfies Service;
