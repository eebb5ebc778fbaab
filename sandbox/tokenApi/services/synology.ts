import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { isWrite, readForm, readHeader, readTexts } from '../read';
import type { Exchange } from '../../types';
import type { Service } from '../types';

const IDLE_SECONDS = 30 * 60;

const refused = (code: number) => json(200, { error: { code }, success: false });

/** The parameters of a call: in the query, or in a form. */
function parametersOf(exchange: Exchange): URLSearchParams {
	return (isWrite(exchange) && readForm(exchange)) || exchange.query;
}

/** Synology DSM: one path, one session an account, and a second token in a header. */
export const synology = {
	secrets: { username: 'n8n', password: 'fake-synology&secret' },
	create: ({ account, tokens }) => {
		const synoTokens = new Map<string, string>();
		return {
			isLogin(exchange) {
				const parameters = parametersOf(exchange);
				return (
					exchange.path === '/webapi/entry.cgi' &&
					parameters.get('api') === 'SYNO.API.Auth' &&
					parameters.get('method') === 'login'
				);
			},

			login(exchange) {
				const parameters = parametersOf(exchange);
				const names = ['api', 'version', 'method', 'account', 'passwd'] as const;
				const optional = ['session', 'format', 'enable_syno_token'];
				const given = readTexts(parameters, names, optional);
				if (!given) return refused(101);
				if (!['6', '7'].includes(given.version)) return refused(104);
				const { username, password } = account.secrets;
				const isRight = given.account === username && given.passwd === password;
				const verdict = account.admit(given.account, isRight);
				if (verdict === 'locked') return refused(407);
				if (verdict === 'wrong') return refused(400);
				tokens.replaceAll();
				const sid = randomBytes(45).toString('base64url');
				tokens.issue(exchange, sid, IDLE_SECONDS, true);
				if (parameters.get('enable_syno_token') !== 'yes') {
					return json(200, { data: { did: 'fake-device', sid }, success: true });
				}
				const synotoken = randomBytes(9).toString('base64url');
				synoTokens.set(sid, synotoken);
				return json(200, { data: { did: 'fake-device', sid, synotoken }, success: true });
			},

			authorize(exchange) {
				const sid = parametersOf(exchange).get('_sid') ?? undefined;
				const state = tokens.use(exchange, sid);
				if (state === 'expired') return refused(106);
				if (state === 'replaced') return refused(107);
				if (state !== 'good') return refused(119);
				const wanted = synoTokens.get(sid ?? '');
				return wanted === undefined || readHeader(exchange, 'x-syno-token') === wanted
					? null
					: refused(119);
			},

			answer(exchange) {
				if (exchange.path !== '/webapi/entry.cgi') return null;
				const parameters = Object.fromEntries(parametersOf(exchange));
				delete parameters._sid;
				return json(200, { data: parameters, success: true });
			},
		};
	},
} satisfies Service;
