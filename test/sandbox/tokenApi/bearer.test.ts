import { describeService, form, withHeaders, without } from './describeService';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };
const bearer = (token?: string) => ({ Authorization: `Bearer ${token}` });

const directusError = (message: string, code: string) => ({
	errors: [{ message, extensions: { code } }],
});

describeService(
	'directus',
	{
		login: ({ username, password }) => ({
			method: 'POST',
			path: '/auth/login',
			headers: JSON_TYPE,
			body: JSON.stringify({ email: username, password }),
		}),
		read: ({ json }) => ({ token: json.data.access_token }),
		call: ({ token }) => ({ path: '/items/articles', headers: bearer(token) }),
		secret: 'password',
		wrongSecret: {
			status: 401,
			body: directusError('Invalid user credentials.', 'INVALID_CREDENTIALS'),
		},
		expired: { status: 401, body: directusError('Token expired.', 'TOKEN_EXPIRED') },
		unknown: { status: 403, body: directusError('Invalid token.', 'INVALID_TOKEN') },
		lifetimeSeconds: 900,
		badLogins: [
			['a form', (good) => withHeaders(good, FORM_TYPE), 400],
			[
				'another field',
				(good) => ({ ...good, body: '{"email":"a","password":"b","admin":true}' }),
				400,
			],
			['GET', ({ path }) => ({ path }), 404],
		],
		badCalls: [
			['no token', (good) => without(good, 'Authorization'), 403],
			['a bare token', (good, { token = '' }) => withHeaders(good, { Authorization: token }), 403],
			['what is no JWT', (good) => withHeaders(good, bearer('no-jwt')), 401],
		],
	},
	({ login, send, running }) => {
		it('gives the lifetime in milliseconds and takes the token in three places', async () => {
			const { token = '' } = await login();
			expect((await send({ path: `/items?access_token=${token}` })).status).toBe(200);
			const cookie = { Cookie: `directus_session_token=${token}` };
			expect((await send({ path: '/items', headers: cookie })).status).toBe(200);
			const twice = { path: `/items?access_token=${token}`, headers: bearer(token) };
			expect((await send(twice)).status).toBe(400);
		});

		it('can be told to fail, to drip and to redirect a login', async () => {
			running.sandbox.faults.directus.tokenFailures = [
				{ status: 503, times: 2 },
				{ redirectTo: running.sandbox.strangerUrl },
			];
			const request = { method: 'POST', path: '/auth/login' };
			expect((await send(request)).status).toBe(503);
			expect((await send(request)).status).toBe(503);
			const redirected = await send(request);
			expect(redirected.status).toBe(302);
			expect(redirected.headers.get('location')).toBe(running.sandbox.strangerUrl);
			running.sandbox.faults.directus.tokenDripMs = 1;
			expect((await send({ path: '/items', headers: bearer((await login()).token) })).status).toBe(
				200,
			);
		});
	},
);

const strapiError = (status: number, name: string, message: string) => ({
	data: null,
	error: { status, name, message, details: {} },
});

describeService('strapi', {
	login: ({ username, password }) => ({
		method: 'POST',
		path: '/api/auth/local',
		headers: JSON_TYPE,
		body: JSON.stringify({ identifier: username, password }),
	}),
	read: ({ json }) => ({ token: json.jwt }),
	call: ({ token }) => ({ path: '/api/articles', headers: bearer(token) }),
	secret: 'password',
	wrongSecret: {
		status: 400,
		body: strapiError(400, 'ValidationError', 'Invalid identifier or password'),
	},
	expired: {
		status: 401,
		body: strapiError(401, 'UnauthorizedError', 'Missing or invalid credentials'),
	},
	lifetimeSeconds: 2_592_000,
	badLogins: [
		['a form', (good) => withHeaders(good, FORM_TYPE), 400],
		['GET', ({ path }) => ({ path }), 405],
	],
	badCalls: [
		['no token', (good) => without(good, 'Authorization'), 403],
		[
			'another scheme',
			(good, { token }) => withHeaders(good, { Authorization: `Token ${token}` }),
			403,
		],
		[
			'two spaces',
			(good, { token }) => withHeaders(good, { Authorization: `Bearer  ${token}` }),
			403,
		],
	],
});

describeService(
	'keycloak',
	{
		login: ({ client_id, client_secret }) => ({
			method: 'POST',
			path: '/realms/demo/protocol/openid-connect/token',
			headers: FORM_TYPE,
			body: form({ grant_type: 'client_credentials', client_id, client_secret }),
		}),
		read: ({ json }) => ({ token: json.access_token }),
		call: ({ token }) => ({ path: '/orders', headers: bearer(token) }),
		secret: 'client_secret',
		wrongSecret: {
			status: 401,
			body: {
				error: 'unauthorized_client',
				error_description: 'Invalid client or Invalid client credentials',
			},
		},
		expired: { status: 401, body: { error: 'HTTP 401 Unauthorized' } },
		lifetimeSeconds: 300,
		badLogins: [
			['JSON', (good) => withHeaders(good, JSON_TYPE), 400],
			['no grant type', (good) => ({ ...good, body: 'client_id=n8n' }), 400],
			['another grant type', (good) => ({ ...good, body: 'grant_type=password' }), 400],
			[
				'an unencoded secret',
				(good) => ({ ...good, body: decodeURIComponent((good.body ?? '').replaceAll('+', ' ')) }),
				401,
			],
		],
		badCalls: [['no token', (good) => without(good, 'Authorization'), 401]],
	},
	({ send, service }) => {
		it('takes the client by Basic authentication, encoded as RFC 6749 says', async () => {
			const { client_id, client_secret } = service().secrets;
			const basic = (secret: string) => ({
				...FORM_TYPE,
				Authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString('base64')}`,
			});
			const request = {
				method: 'POST',
				path: '/realms/demo/protocol/openid-connect/token',
				body: 'grant_type=client_credentials',
			};
			const encoded = form({ v: client_secret }).slice(2);
			const good = await send({ ...request, headers: basic(encoded) });
			expect(good.json).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
			expect((await send({ ...request, headers: basic(client_secret) })).status).toBe(401);
		});
	},
);
