import { randomUUID } from 'node:crypto';
import { json } from '../../respond';
import { readCookie, readJson, readTexts, withCookies } from '../read';
import type { Service } from '../types';

const IDLE_SECONDS = 30 * 60;

const refused = (status: number, code: number, value: string) =>
	json(status, { error: { code, message: { lang: 'en-us', value } } });

/** SAP Business One: two cookies, of which the second names the node behind the load balancer. */
export const sapBusinessOne = {
	secrets: { username: 'manager', password: 'fake-sap"secret', companyDb: 'SBODEMOUS' },
	create: ({ prefix, account, tokens }) => {
		const nodeOf = (session = '') => `.node${(session.charCodeAt(0) % 3) + 1}`;
		return {
			// Paths are case-sensitive: /login is a resource like any other, which wants a session.
			isLogin: ({ path }) => path === '/b1s/v1/Login',

			login(exchange) {
				if (exchange.record.method !== 'POST') return refused(405, 205, 'Method not allowed.');
				const given = readTexts(
					readJson(exchange),
					['CompanyDB', 'UserName', 'Password'],
					['Language'],
				);
				if (!given) return refused(400, -1, 'Invalid login information.');
				const { username, password, companyDb } = account.secrets;
				const isRight =
					given.UserName === username &&
					given.Password === password &&
					given.CompanyDB === companyDb;
				if (account.admit(given.UserName, isRight) !== 'good') {
					return refused(401, 100000027, 'Login failed');
				}
				const session = randomUUID();
				const seconds = tokens.issue(exchange, session, IDLE_SECONDS, true);
				const answer = json(200, {
					'odata.metadata': `${exchange.origin}${prefix}/b1s/v1/$metadata#B1Sessions/@Element`,
					SessionId: session,
					Version: '1000190',
					SessionTimeout: seconds / 60,
				});
				return withCookies(
					answer,
					`B1SESSION=${session};HttpOnly;`,
					`ROUTEID=${nodeOf(session)}; path=${prefix}/b1s`,
				);
			},

			isLogout: ({ path, record }) => path === '/b1s/v1/Logout' && record.method === 'POST',

			authorize(exchange) {
				const session = readCookie(exchange, 'B1SESSION');
				const isElsewhere = nodeOf(session) !== readCookie(exchange, 'ROUTEID');
				if (tokens.use(exchange, session) === 'good' && !isElsewhere) return null;
				return refused(401, 301, 'Invalid session or session already timeout.');
			},
		};
	},
} satisfies Service;
