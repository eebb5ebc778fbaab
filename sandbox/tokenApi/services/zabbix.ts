import { randomBytes } from 'node:crypto';
import { hasMediaType, parseJsonObject } from '../../body';
import { json } from '../../respond';
import { readScheme, readTexts } from '../read';
import type { Answer, Exchange } from '../../types';
import type { Rules, Service } from '../types';

const IDLE_SECONDS = 15 * 60;
const MEDIA_TYPES = ['application/json-rpc', 'application/json', 'application/jsonrequest'];
const LOGIN_REFUSED = 'Incorrect user name or password or account is temporarily blocked.';

const NAMES: Record<number, string> = {
	[-32600]: 'Invalid request.',
	[-32602]: 'Invalid params.',
	[-32500]: 'Application error.',
};

interface Call {
	method: unknown;
	params: Record<string, unknown>;
	auth: unknown;
	id: unknown;
}

/**
 * Zabbix from 6.4 on (`header`), where the token is a bearer token, and before (`body`), where it is
 * the field `auth`. Everything is POST to one path and is answered with 200.
 */
function createZabbix(place: 'header' | 'body', username: string) {
	return {
		secrets: { username, password: 'fake-zabbix"secret' },
		create: ({ account, tokens }) => {
			const rules: Rules = {
				isLogin: (exchange) => readCall(exchange)?.method === 'user.login',

				login(exchange) {
					const call = readCall(exchange);
					if (!call) return notRead();
					if (call.auth !== undefined) {
						const detail = 'The "user.login" method must be called without the "auth" parameter.';
						return refused(call, -32602, detail);
					}
					if (exchange.headers.authorization !== undefined) {
						const detail = 'The "user.login" method must be called without authorization header.';
						return refused(call, -32602, detail);
					}
					const given = readTexts(call.params, ['username', 'password']);
					if (!given) {
						const detail = 'Invalid parameter "/": the parameter "username" is missing.';
						return refused(call, -32602, detail);
					}
					const isRight =
						given.username === account.secrets.username &&
						given.password === account.secrets.password;
					if (account.admit(given.username, isRight) !== 'good') {
						return refused(call, -32500, LOGIN_REFUSED);
					}
					const result = randomBytes(16).toString('hex');
					tokens.issue(exchange, result, IDLE_SECONDS, true);
					return json(200, { jsonrpc: '2.0', result, id: call.id });
				},

				isLogout: (exchange) => readCall(exchange)?.method === 'user.logout',

				authorize(exchange) {
					const call = readCall(exchange);
					if (!call) return notRead();
					if (place === 'header' && call.auth !== undefined) {
						return refused(call, -32600, 'Invalid parameter "/": unexpected parameter "auth".');
					}
					const inBody = typeof call.auth === 'string' ? call.auth : undefined;
					const token = place === 'header' ? readScheme(exchange, 'Bearer') : inBody;
					switch (tokens.use(exchange, token)) {
						case 'good':
							return null;
						case 'missing':
							return refused(call, -32602, 'Not authorized.');
						default:
							return refused(call, -32602, 'Session terminated, re-login, please.');
					}
				},

				answer(exchange) {
					const { method, params, id } = readCall(exchange) as Call;
					return json(200, { jsonrpc: '2.0', result: { ok: true, method, params }, id });
				},
			};
			return rules;
		},
	} satisfies Service;
}

export const zabbix = createZabbix('header', 'n8n');
export const zabbixBefore64 = createZabbix('body', 'n8n-before-6.4');

function readCall({ path, record, headers, content }: Exchange): Call | undefined {
	if (path !== '/api_jsonrpc.php' || record.method !== 'POST') return undefined;
	if (!MEDIA_TYPES.some((type) => hasMediaType(headers, type))) return undefined;
	const body = parseJsonObject(content);
	if (body?.jsonrpc !== '2.0' || body.id === undefined) return undefined;
	return { params: {}, auth: undefined, ...body } as Call;
}

const notRead = (): Answer => ({ status: 412 });

function refused({ id }: Call, code: number, data: string): Answer {
	return json(200, { jsonrpc: '2.0', error: { code, message: NAMES[code], data }, id });
}
