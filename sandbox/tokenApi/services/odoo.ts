import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { readCookie, readJson, readTexts, withCookies } from '../read';
import type { Answer, Exchange } from '../../types';
import type { Service } from '../types';

const IDLE_SECONDS = 7 * 86_400;

function refused({ content }: Exchange, code: number, message: string, name: string, text: string) {
	const data = { name, debug: '', message: text, arguments: [text], context: {} };
	return json(200, { jsonrpc: '2.0', id: idOf(content), error: { code, message, data } });
}

/** Odoo, as up to version 15: a refused login also gets a cookie, for a session without a user. */
export const odoo = {
	secrets: { username: 'n8n@odoo.test', password: 'fake-odoo"secret', db: 'demo' },
	create: ({ now, account, tokens }) => {
		const withSession = (answer: Answer, session: string) => {
			const until = new Date(now() + 90 * 86_400_000).toUTCString();
			const attributes = `Expires=${until}; Max-Age=7776000; HttpOnly; Path=/`;
			return withCookies(answer, `session_id=${session}; ${attributes}`);
		};
		const denied = (exchange: Exchange) => {
			const name = 'odoo.exceptions.AccessDenied';
			const answer = refused(exchange, 200, 'Odoo Server Error', name, 'Access Denied');
			return withSession(answer, randomBytes(20).toString('hex'));
		};
		return {
			isLogin: ({ path }) => path === '/web/session/authenticate',

			login(exchange) {
				if (exchange.record.method !== 'POST') return { status: 405, body: 'Method Not Allowed' };
				const body = readJson(exchange);
				if (!body) return { status: 400, body: 'Bad Request' };
				const given = readTexts(paramsOf(body), ['db', 'login', 'password']);
				if (!given || body.jsonrpc !== '2.0') return denied(exchange);
				const { username, password, db } = account.secrets;
				const isRight = given.db === db && given.login === username && given.password === password;
				if (account.admit(given.login, isRight) !== 'good') return denied(exchange);
				const session = randomBytes(20).toString('hex');
				tokens.issue(exchange, session, IDLE_SECONDS, true);
				const result = { uid: 2, db, username, is_admin: false };
				return withSession(
					json(200, { jsonrpc: '2.0', id: idOf(exchange.content), result }),
					session,
				);
			},

			authorize(exchange) {
				if (!readJson(exchange)) return { status: 400, body: 'Bad Request' };
				if (tokens.use(exchange, readCookie(exchange, 'session_id')) === 'good') return null;
				const name = 'odoo.http.SessionExpiredException';
				return refused(exchange, 100, 'Odoo Session Expired', name, 'Session expired');
			},

			answer(exchange) {
				const params = paramsOf(readJson(exchange));
				return json(200, {
					jsonrpc: '2.0',
					id: idOf(exchange.content),
					result: { ok: true, path: exchange.path, params },
				});
			},
		};
	},
} satisfies Service;

function paramsOf(body: Record<string, unknown> | undefined): Record<string, unknown> {
	const params = body?.params;
	return typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {};
}

function idOf(content: Buffer): unknown {
	const { id } = JSON.parse(content.toString()) as { id?: unknown };
	return id ?? null;
}
