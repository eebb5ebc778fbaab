import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { isWrite, readJson, readScheme, readTexts } from '../read';
import type { Exchange } from '../../types';
import type { Service } from '../types';

const LIFETIME_SECONDS = 7200;
const LEFT_FOR_THE_SAME_MS = 30 * 60_000;

/** Reads answer a bad token with 200, writes with 400: the real one does both, API by API. */
function refused(exchange: Exchange, code: number, msg: string) {
	return json(isWrite(exchange) ? 400 : 200, { code, msg, error: { log_id: 'fake-log-id' } });
}

/** Feishu and Lark: a code in the body, under 200 or 400, and the same token until its last half hour. */
export const feishu = {
	secrets: { app_id: 'cli_fake_app', app_secret: 'fake-feishu"secret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path }) => path === '/open-apis/auth/v3/tenant_access_token/internal',

		login(exchange) {
			if (exchange.record.method !== 'POST') return json(404, { code: 404, msg: 'not found' });
			const given = readTexts(readJson(exchange), ['app_id', 'app_secret']);
			if (!given) return json(200, { code: 10003, msg: 'invalid param' });
			const { app_id, app_secret } = account.secrets;
			const isRight = given.app_id === app_id && given.app_secret === app_secret;
			const verdict = account.admit(given.app_id, isRight);
			if (verdict === 'locked')
				return json(200, { code: 99991400, msg: 'request trigger frequency limit' });
			if (verdict === 'wrong') return json(200, { code: 10014, msg: 'app secret invalid' });
			const again = tokens.issueAgain(exchange, LEFT_FOR_THE_SAME_MS);
			const token = again?.token ?? `t-${randomBytes(20).toString('hex')}`;
			const expire = again
				? Math.floor(again.leftMs / 1000)
				: tokens.issue(exchange, token, LIFETIME_SECONDS);
			return json(200, { code: 0, msg: 'ok', tenant_access_token: token, expire });
		},

		authorize(exchange) {
			switch (tokens.use(exchange, readScheme(exchange, 'Bearer'))) {
				case 'good':
					return null;
				case 'missing':
					return refused(exchange, 99991661, 'Missing access token for authorization.');
				default:
					return refused(exchange, 99991663, 'Invalid access token for authorization.');
			}
		},
	}),
} satisfies Service;
