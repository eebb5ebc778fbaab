import { setTimeout as wait } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { Token } from '../../nodes/Token/Token.node';
import type { WrittenDescription } from '../../providers/vendors/tokenApi/description/schema';
import { pressTest } from '../engine/credentialTest';
import { engine } from '../engine/engine';
import { runNode } from '../engine/harness';
import { peers } from './peers';

jest.setTimeout(60_000);

const call = async (tokenApi: ICredentialDataDecryptedObject, url: string, method = 'GET') =>
	await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: { provider: 'tokenApi', tokenUse: 'reuse', url, method },
		credentials: { tokenApi },
	});

describe('a site of Django: a login page with a CSRF token, a redirect, a session', () => {
	const { baseUrl, name, password, sessionSeconds } = peers().django;
	const description: WrittenDescription = {
		version: 1,
		name: 'A site of Django',
		values: { username: { label: 'Name' }, password: { label: 'Password', secret: true } },
		before: { url: '/login/', take: { formCsrf: { cookie: 'csrftoken' } } },
		login: {
			url: '/login/',
			form: {
				username: '{{username}}',
				password: '{{password}}',
				csrfmiddlewaretoken: '{{formCsrf}}',
			},
		},
		token: { cookie: 'sessionid' },
		also: { csrf: { cookie: 'csrftoken' } },
		keepCookies: true,
		send: { header: 'X-CSRFToken', value: '{{csrf}}', writesOnly: true },
		lifetime: { cookie: 'sessionid' },
		expiredIf: [{ status: 401 }, { redirect: '/login/' }],
		check: { url: '/me/' },
	};
	const credential = {
		service: 'description',
		description: JSON.stringify(description),
		baseUrl,
		username: name,
		password,
	};

	it('logs in, reads and writes, and logs in again once the session is over', async () => {
		const read = await call(credential, '/me/');
		expect([read.error, read.items[0]?.json]).toEqual([null, { name, method: 'GET' }]);
		const write = await call(credential, '/me/', 'POST');
		expect([write.error, write.items[0]?.json]).toEqual([null, { name, method: 'POST' }]);
		await wait(sessionSeconds * 1000 + 500);
		const later = await call(credential, '/me/');
		expect([later.error, later.items[0]?.json]).toEqual([null, { name, method: 'GET' }]);
	});

	it('logs in again when the session was revoked', async () => {
		await call(credential, '/me/');
		await fetch(`${baseUrl}/revoke/`);
		const { error, items } = await call(credential, '/me/');
		expect([error, items[0]?.json]).toEqual([null, { name, method: 'GET' }]);
	});

	it('tells a wrong password, in Test and in the Token node, too', async () => {
		const wrong = { ...credential, password: 'fake-wrong' };
		expect((await call(wrong, '/me/')).error?.message).toContain(
			'The service did not issue a token',
		);
		const token = await runNode({ node: new Token(engine), credentials: { tokenApi: wrong } });
		expect(token.error).not.toBeNull();
		expect((await pressTest('tokenApi', wrong)).status).toBe('Error');
		expect(await pressTest('tokenApi', credential)).toMatchObject({ status: 'OK' });
	});
});

describe('PocketBase, from a cURL command', () => {
	const { baseUrl, email, password } = peers().pocketBase;
	const url = `${baseUrl}/api/collections/_superusers/auth-with-password`;
	const curl = `curl '${url}' -H 'Content-Type: application/json' -d '{"identity":"{{username}}","password":"{{password}}"}'`;
	const credential = { service: 'curl', curl, username: email, password };
	const COLLECTIONS = '/api/collections?fields=name';

	it('finds the token, and takes it to calls', async () => {
		const { error, items } = await call(credential, COLLECTIONS);
		expect(error).toBeNull();
		expect(JSON.stringify(items)).toContain('_superusers');
		const token = await runNode({ node: new Token(engine), credentials: { tokenApi: credential } });
		expect(token.items[0]?.json).toMatchObject({
			claims: { type: 'auth' },
			expiresIn: expect.any(Number) as number,
		});
	});

	it('logs in again once the token was revoked', async () => {
		const { items } = await runNode({
			node: new Token(engine),
			credentials: { tokenApi: credential },
		});
		const { headerValue, claims } = items[0]?.json as {
			headerValue: string;
			claims: { id: string };
		};
		const headers = { Authorization: headerValue, 'Content-Type': 'application/json' };
		// A changed password ends all tokens of the account.
		const body = JSON.stringify({ password, passwordConfirm: password });
		const record = `${baseUrl}/api/collections/_superusers/records/${claims.id}`;
		expect((await fetch(record, { method: 'PATCH', headers, body })).status).toBe(200);
		expect((await fetch(`${baseUrl}${COLLECTIONS}`, { headers })).status).toBe(401);
		expect((await call(credential, COLLECTIONS)).error).toBeNull();
	});

	it('tells a wrong password', async () => {
		const wrong = { ...credential, password: 'fake-wrong' };
		expect((await call(wrong, COLLECTIONS)).error?.message).toBe(
			'The service did not issue a token (HTTP 400): Failed to authenticate.',
		);
		expect((await pressTest('tokenApi', wrong)).status).toBe('Error');
		expect((await pressTest('tokenApi', credential)).status).toBe('OK');
	});
});
