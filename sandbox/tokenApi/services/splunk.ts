import { randomBytes } from 'node:crypto';
import { json, text } from '../../respond';
import { readForm, readScheme, readTexts } from '../read';
import type { Answer } from '../../types';
import type { Service } from '../types';

const IDLE_SECONDS = 3600;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

function refused(message: string, isJson: boolean): Answer {
	if (isJson) return json(401, { messages: [{ type: 'WARN', text: message }] });
	const body = `${HEAD}<response>\n  <messages>\n    <msg type="WARN">${message}</msg>\n  </messages>\n</response>\n`;
	return text(401, body, 'text/xml; charset=UTF-8');
}

function loggedIn(key: string, isJson: boolean): Answer {
	if (isJson) return json(200, { sessionKey: key, message: '', code: '' });
	const messages = '<messages>\n    <msg code=""></msg>\n  </messages>';
	const body = `<response>\n  <sessionKey>${key}</sessionKey>\n  ${messages}\n</response>\n`;
	return text(200, body, 'text/xml; charset=UTF-8');
}

/** Splunk: XML unless JSON is asked for, and a scheme of its own. */
export const splunk = {
	secrets: { username: 'admin', password: 'fake-splunk&secret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path }) => path === '/services/auth/login',

		login(exchange) {
			const form = readForm(exchange);
			const mode = form?.get('output_mode') ?? exchange.query.get('output_mode');
			const isJson = mode === 'json';
			if (exchange.record.method !== 'POST') return text(405, 'Method Not Allowed');
			const given = readTexts(form, ['username', 'password'], ['output_mode', 'cookie']);
			if (!given) return { ...refused('Login failed', isJson), status: 400 };
			const { username, password } = account.secrets;
			const isRight = given.username === username && given.password === password;
			if (account.admit(given.username, isRight) !== 'good') return refused('Login failed', isJson);
			const key = `${randomBytes(60).toString('base64url')}^${randomBytes(30).toString('base64url')}`;
			tokens.issue(exchange, key, IDLE_SECONDS, true);
			return loggedIn(key, isJson);
		},

		authorize(exchange) {
			const isJson = exchange.query.get('output_mode') === 'json';
			const state = tokens.use(exchange, readScheme(exchange, 'Splunk'));
			if (state === 'good') return null;
			return refused('call not properly authenticated', isJson);
		},
	}),
} satisfies Service;
