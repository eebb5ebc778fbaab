import { createHmac, randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { isWrite, readCookie, readForm, readHeader, readTexts } from '../read';
import type { Service } from '../types';

const LIFETIME_SECONDS = 2 * 3600;

const refused = (message: string) => json(401, { data: null, message: `${message}\n` });

/** Proxmox VE: a ticket with colons, equals signs and slashes as a cookie, and a header on writes. */
export const proxmox = {
	secrets: { username: 'root@pam', password: 'fake-proxmox&secret' },
	create: ({ now, account, tokens }) => {
		const csrfFor = (ticket: string) => {
			const [, , time = ''] = ticket.split(':');
			return `${time}:${createHmac('sha256', 'fake-proxmox-key').update(ticket).digest('base64')}`;
		};
		return {
			isLogin: ({ path }) => path === '/api2/json/access/ticket',

			login(exchange) {
				if (exchange.record.method !== 'POST') {
					return json(501, { data: null, message: "Method 'GET' not implemented\n" });
				}
				const given = readTexts(
					readForm(exchange),
					['username', 'password'],
					['realm', 'new-format'],
				);
				if (!given) {
					const errors = { username: 'property is missing and it is not optional' };
					return json(400, { data: null, message: 'Parameter verification failed.\n', errors });
				}
				const { username, password } = account.secrets;
				const isRight = given.username === username && given.password === password;
				if (account.admit(given.username, isRight) !== 'good') {
					return refused('authentication failure');
				}
				const time = Math.floor(now() / 1000)
					.toString(16)
					.toUpperCase();
				const signature = randomBytes(256).toString('base64');
				const ticket = `PVE:${username}:${time}::${signature}`;
				tokens.issue(exchange, ticket, LIFETIME_SECONDS);
				return json(200, {
					data: { username, ticket, CSRFPreventionToken: csrfFor(ticket), cap: {} },
				});
			},

			authorize(exchange) {
				// As it came, or percent-encoded.
				const ticket = decoded(readCookie(exchange, 'PVEAuthCookie'));
				const state = tokens.use(exchange, ticket);
				if (state === 'missing') return refused('No ticket');
				if (state !== 'good') return refused('permission denied - invalid PVE ticket');
				if (
					isWrite(exchange) &&
					readHeader(exchange, 'csrfpreventiontoken') !== csrfFor(ticket ?? '')
				) {
					return refused('Permission denied - invalid csrf token');
				}
				return null;
			},
		};
	},
} satisfies Service;

function decoded(value: string | undefined): string | undefined {
	try {
		return value === undefined ? undefined : decodeURIComponent(value);
	} catch {
		return value;
	}
}
