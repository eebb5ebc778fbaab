import { randomBytes } from 'node:crypto';
import { json } from '../../respond';
import { readBasic, readHeader } from '../read';
import type { Service } from '../types';

const IDLE_SECONDS = 300;

function refused() {
	const message = {
		args: [],
		default_message: 'Authentication required.',
		id: 'com.vmware.vapi.endpoint.method.authentication.required',
	};
	return json(401, { error_type: 'UNAUTHENTICATED', messages: [message] });
}

/** vCenter: Basic authentication without a body, and a bare JSON string for an answer. */
export const vCenter = {
	secrets: { username: 'n8n@vsphere.local', password: 'fake-vcenter-sécret' },
	create: ({ account, tokens }) => ({
		isLogin: ({ path, record }) => path === '/api/session' && record.method === 'POST',

		login(exchange) {
			const given = readBasic(exchange);
			if (!given) return refused();
			const { username, password } = account.secrets;
			const isRight = given.name === username && given.secret === password;
			if (account.admit(given.name, isRight) !== 'good') return refused();
			const session = randomBytes(16).toString('hex');
			tokens.issue(exchange, session, IDLE_SECONDS, true);
			return json(201, session);
		},

		isLogout: ({ path, record }) => path === '/api/session' && record.method === 'DELETE',

		authorize(exchange) {
			const session = readHeader(exchange, 'vmware-api-session-id');
			return tokens.use(exchange, session) === 'good' ? null : refused();
		},
	}),
} satisfies Service;
