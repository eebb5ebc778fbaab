import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { readHeader, readJson, readTexts } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 7200;

const refused = (code: string, message: string) =>
	json(400, { code, requestid: '00000000-FAKE-0000-0000-000000000000', message });

/** DingTalk: a header of its own, and a login that gives the same token a new life. */
export const dingTalk = {
	secrets: { appKey: 'fake-dingtalk-key', appSecret: 'fake-dingtalk"secret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path }) => path === '/v1.0/oauth2/accessToken',

		login(exchange) {
			if (exchange.record.method !== 'POST') {
				return json(404, { code: 'InvalidAction.NotFound', message: '接口不存在' });
			}
			const body = readJson(exchange);
			if (!body) return refused('Missingbody', 'body is mandatory for this action.');
			const given = readTexts(body, ['appKey', 'appSecret']);
			if (!given) return refused('MissingappKey', 'appKey is mandatory for this action.');
			const { appKey, appSecret } = account.secrets;
			const isRight = given.appKey === appKey && given.appSecret === appSecret;
			if (account.admit(given.appKey, isRight) !== 'good') {
				return refused('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
			}
			const accessToken = tokens.issueAgain(exchange)?.token ?? randomBytes(16).toString('hex');
			const expireIn = tokens.issue(exchange, accessToken, LIFETIME_SECONDS);
			return json(200, { expireIn, accessToken });
		},

		authorize(exchange) {
			const token = readHeader(exchange, 'x-acs-dingtalk-access-token');
			if (tokens.use(exchange, token) === 'good') return null;
			return refused('InvalidAuthentication', '不合法的access_token');
		},
	}),
} satisfies Service;
