import { setTimeout as wait } from 'node:timers/promises';
import { call } from '../sandbox/setup';
import { peers } from './peers';

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe('Directus', () => {
	const { baseUrl, email, password, lifetimeSeconds } = peers().directus;
	const login = (body: object) =>
		call(`${baseUrl}/auth/login`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
	const use = (token: string) => call(`${baseUrl}/users/me?fields=email`, bearer(token));
	const error = (message: string, code: string) => ({
		errors: [{ message, extensions: { code } }],
	});

	it('gives a token, with its lifetime in milliseconds, until it has expired', async () => {
		const { json } = await login({ email, password });
		expect(json.data.expires).toBe(lifetimeSeconds * 1000);
		const token = json.data.access_token;
		expect((await use(token)).json).toEqual({ data: { email } });
		await wait(lifetimeSeconds * 1000 + 1000);
		expect(await use(token)).toMatchObject({
			status: 401,
			json: error('Token expired.', 'TOKEN_EXPIRED'),
		});
	});

	it('refuses as the sandbox does', async () => {
		const invalid = error('Invalid user credentials.', 'INVALID_CREDENTIALS');
		expect(await login({ email, password: 'fake-wrong' })).toMatchObject({
			status: 401,
			json: invalid,
		});
		expect((await login({ email })).json.errors[0].extensions.code).toBe('INVALID_PAYLOAD');
		expect(await use('no-jwt')).toMatchObject({ status: 401, json: invalid });
		const token = (await login({ email, password })).json.data.access_token as string;
		const forged = `${token.split('.').slice(0, 2).join('.')}.${'x'.repeat(43)}`;
		expect(await use(forged)).toMatchObject({
			status: 403,
			json: error('Invalid token.', 'INVALID_TOKEN'),
		});
	});
});

describe('Keycloak', () => {
	const { tokenUrl, userInfoUrl, client, shortLived } = peers().keycloak;
	const login = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
		call(tokenUrl, { method: 'POST', headers, body: new URLSearchParams(fields) });
	const credentials = ({ clientId, secret }: typeof client) => ({
		grant_type: 'client_credentials',
		client_id: clientId,
		client_secret: secret,
		scope: 'openid',
	});
	const use = (token: string) => call(userInfoUrl, bearer(token));

	it('gives a token until it has expired', async () => {
		const long = (await login(credentials(client))).json;
		expect(long.token_type).toBe('Bearer');
		// It counts from the start of the second it was asked in.
		expect([299, 300]).toContain(long.expires_in);
		const short = (await login(credentials(shortLived))).json;
		expect(short.expires_in).toBeLessThanOrEqual(shortLived.lifetimeSeconds);
		expect((await use(short.access_token)).status).toBe(200);
		await wait(shortLived.lifetimeSeconds * 1000 + 1000);
		expect((await use(short.access_token)).status).toBe(401);
		expect((await use(long.access_token)).status).toBe(200);
	});

	it('refuses as the sandbox does', async () => {
		const wrong = await login({ ...credentials(client), client_secret: 'fake-wrong' });
		expect(wrong).toMatchObject({
			status: 401,
			json: {
				error: 'unauthorized_client',
				error_description: 'Invalid client or Invalid client credentials',
			},
		});
		const invalid = {
			error: 'invalid_request',
			error_description: 'Missing form parameter: grant_type',
		};
		expect(await login({ client_id: 'n8n' })).toMatchObject({ status: 400, json: invalid });
		const inJson = await call(tokenUrl, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(credentials(client)),
		});
		expect(inJson).toMatchObject({ status: 400, json: invalid });
	});

	it('wants name and secret form-encoded inside Basic authentication', async () => {
		const { clientId, secret } = client;
		const basic = (value: string) => ({
			Authorization: `Basic ${Buffer.from(`${clientId}:${value}`).toString('base64')}`,
		});
		const encoded = new URLSearchParams({ v: secret }).toString().slice(2);
		const grant = { grant_type: 'client_credentials' };
		expect((await login(grant, basic(encoded))).status).toBe(200);
		expect((await login(grant, basic(secret))).status).toBe(401);
	});
});
