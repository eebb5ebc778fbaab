import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { readJson, readTexts } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 7200;

const refused = (errcode: number, message: string) =>
	json(200, { errcode, errmsg: `${message} rid: 65000000-fa4e0000-00000000` });

/** WeChat: secret and token in the query, one token an account, and 200 whatever is wrong. */
export const weChat = {
	secrets: { appid: 'wxfa4e000000000000', secret: 'fake-wechat&secret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path }) => path === '/cgi-bin/token' || path === '/cgi-bin/stable_token',

		login(exchange) {
			const isStable = exchange.path === '/cgi-bin/stable_token';
			const method = isStable ? 'POST' : 'GET';
			if (exchange.record.method !== method) return refused(43001, `require ${method} method`);
			const parameters = isStable ? readJson(exchange) : exchange.query;
			const given = readTexts(parameters, ['grant_type', 'appid', 'secret'], ['force_refresh']);
			if (!given) return refused(41004, 'appsecret missing');
			if (given.grant_type !== 'client_credential') return refused(40002, 'invalid grant_type');
			const { appid, secret } = account.secrets;
			const isRight = given.appid === appid && given.secret === secret;
			const verdict = account.admit(given.appid, isRight);
			if (given.appid !== appid) return refused(40013, 'invalid appid');
			if (verdict === 'locked') return refused(45009, 'reach max api daily quota limit');
			if (verdict === 'wrong') return refused(40125, 'invalid appsecret');
			// A stable token stays good beside the others.
			if (!isStable) tokens.replaceAll();
			const access_token = `99_${randomBytes(96).toString('base64url')}`;
			const expires_in = tokens.issue(exchange, access_token, LIFETIME_SECONDS);
			return json(200, { access_token, expires_in });
		},

		authorize(exchange) {
			switch (tokens.use(exchange, exchange.query.get('access_token') ?? undefined)) {
				case 'good':
					return null;
				case 'missing':
					return refused(41001, 'access_token missing');
				case 'expired':
					return refused(42001, 'access_token expired');
				case 'replaced': {
					const message = 'invalid credential, access_token is invalid or not latest';
					return refused(40001, message);
				}
				default:
					return refused(40014, 'invalid access_token');
			}
		},
	}),
} satisfies Service;
