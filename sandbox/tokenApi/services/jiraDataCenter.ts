import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { readCookie, readJson, readTexts, withCookies } from '../read';
import type { Service } from '../types';

const IDLE_SECONDS = 5 * 3600;
/** Operators may name it as they like, which is why the answer says it. */
const COOKIE = 'ACME.JSESSIONID';

const refused = (status: number, message: string, headers: Record<string, string> = {}) =>
	json(status, { errorMessages: [message], errors: {} }, headers);

/** Jira Data Center: a cookie whose name is in the answer, and anonymous access for who is not logged in. */
export const jiraDataCenter = {
	secrets: { username: 'n8n', password: 'fake-jira"secret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path, record }) => path === '/rest/auth/1/session' && record.method === 'POST',

		login(exchange) {
			const body = readJson(exchange);
			if (!body) return refused(415, 'Unsupported Media Type');
			const given = readTexts(body, ['username', 'password']);
			if (!given) return refused(400, 'Invalid login request');
			const { username, password } = account.secrets;
			const isRight = given.username === username && given.password === password;
			const verdict = account.admit(given.username, isRight);
			if (verdict === 'locked') {
				const reason = 'CAPTCHA_CHALLENGE; login-url=https://jira.invalid/login.jsp';
				return refused(403, 'Login denied', { 'X-Authentication-Denied-Reason': reason });
			}
			if (verdict === 'wrong') return refused(401, 'Login failed');
			const value = randomBytes(16).toString('hex').toUpperCase();
			tokens.issue(exchange, value, IDLE_SECONDS, true);
			const answer = json(200, {
				session: { name: COOKIE, value },
				loginInfo: { failedLoginCount: 0, loginCount: 1 },
			});
			return withCookies(
				answer,
				`${COOKIE}=${value}; Path=/; HttpOnly`,
				'atlassian.xsrf.token=FA4E-0000_fake_lin; Path=/',
			);
		},

		authorize(exchange) {
			const session = readCookie(exchange, COOKIE);
			const state = tokens.use(exchange, session);
			if (state === 'good') return null;
			// Below /rest an old cookie is refused; elsewhere, and without one, it is anonymous access.
			const isOld = state !== 'missing' && exchange.path.startsWith('/rest/');
			const isPublic = exchange.path !== '/rest/api/2/myself';
			const anyone = exchange.query.get('os_authType') === 'any';
			if (isPublic && (!isOld || anyone)) {
				const nothing = { startAt: 0, maxResults: 50, total: 0, issues: [] };
				return json(200, nothing, { 'X-AUSERNAME': 'anonymous' });
			}
			return refused(401, 'You do not have the permission to see the specified issue.', {
				'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED',
			});
		},
	}),
} satisfies Service;
