import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { readBasic, readJson, readScheme } from '../read';
import type { Service } from '../types';

const IDLE_SECONDS = 15 * 60;
const SESSIONS = /^\/fmi\/data\/(?:v1|v2|vLatest)\/databases\/([^/]+)\/sessions$/;

const SESSION = /^\/fmi\/data\/(?:v1|v2|vLatest)\/databases\/[^/]+\/sessions\/[^/]+$/;

const refused = (status: number, code: string, message: string) =>
	json(status, { messages: [{ code, message }], response: {} });

/** FileMaker Data API: Basic authentication with an empty object, and the token in body and header. */
export const fileMaker = {
	secrets: { username: 'n8n', password: 'fake-filemaker-sécret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path }) => SESSIONS.test(path),

		login(exchange) {
			if (exchange.record.method !== 'POST') {
				return refused(405, '1704', "Resource doesn't support the specified HTTP verb");
			}
			if (SESSIONS.exec(exchange.path)?.[1] !== 'Contacts') {
				return refused(500, '802', 'Unable to open file');
			}
			const given = readBasic(exchange);
			if (!given) return refused(401, '1702', 'Authentication information was omitted');
			if (!readJson(exchange)) return refused(400, '1708', 'Parameter value is invalid');
			const { username, password } = account.secrets;
			const isRight = given.name === username && given.secret === password;
			if (account.admit(given.name, isRight) !== 'good') {
				const message = 'Invalid user account and/or password; please try again';
				return refused(401, '212', message);
			}
			const token = randomBytes(26).toString('hex');
			tokens.issue(exchange, token, IDLE_SECONDS, true);
			return json(
				200,
				{ response: { token }, messages: [{ code: '0', message: 'OK' }] },
				{ 'X-FM-Data-Access-Token': token },
			);
		},

		isLogout: ({ path, record }) => SESSION.test(path) && record.method === 'DELETE',

		authorize(exchange) {
			const state = tokens.use(exchange, readScheme(exchange, 'Bearer'));
			if (state === 'good') return null;
			if (state === 'missing') {
				return refused(401, '1702', 'Authentication information was omitted');
			}
			return refused(401, '952', 'Invalid FileMaker Data API token (*)');
		},
	}),
} satisfies Service;
