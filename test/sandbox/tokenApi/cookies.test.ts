import { cookiesOf, describeService, form, withHeaders, without } from './describeService';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };

const sapError = (code: number, value: string) => ({
	error: { code, message: { lang: 'en-us', value } },
});

describeService(
	'sapBusinessOne',
	{
		login: ({ username, password, companyDb }) => ({
			method: 'POST',
			path: '/b1s/v1/Login',
			headers: JSON_TYPE,
			body: JSON.stringify({ CompanyDB: companyDb, UserName: username, Password: password }),
		}),
		read: (answer) => {
			const { B1SESSION = '', ROUTEID = '' } = cookiesOf(answer);
			return { token: B1SESSION, node: ROUTEID };
		},
		call: ({ token, node }) => ({
			path: '/b1s/v1/Items',
			headers: { Cookie: `B1SESSION=${token}; ROUTEID=${node}` },
		}),
		secret: 'password',
		wrongSecret: { status: 401, body: sapError(100000027, 'Login failed') },
		expired: { status: 401, body: sapError(301, 'Invalid session or session already timeout.') },
		lifetimeSeconds: 1800,
		isIdle: true,
		badLogins: [
			['a small letter', (good) => ({ ...good, path: '/b1s/v1/login' }), 401],
			['no content type', (good) => without(good, 'Content-Type'), 400],
			['no database', (good) => ({ ...good, body: '{"UserName":"manager","Password":"x"}' }), 400],
		],
		badCalls: [
			['no cookie', (good) => without(good, 'Cookie'), 401],
			[
				'the session alone',
				(good, { token }) => withHeaders(good, { Cookie: `B1SESSION=${token}` }),
				401,
			],
			[
				'another node',
				(good, { token }) => withHeaders(good, { Cookie: `B1SESSION=${token}; ROUTEID=.node9` }),
				401,
			],
		],
	},
	({ send, service }) => {
		it('says the same in the body, with minutes, and gives cookies their attributes', async () => {
			const { username, password, companyDb } = service().secrets;
			const answer = await send({
				method: 'POST',
				path: '/b1s/v1/Login',
				headers: JSON_TYPE,
				body: JSON.stringify({ CompanyDB: companyDb, UserName: username, Password: password }),
			});
			expect(answer.json).toMatchObject({ SessionTimeout: 30 });
			expect(answer.headers.getSetCookie()).toEqual([
				`B1SESSION=${answer.json.SessionId};HttpOnly;`,
				expect.stringMatching(/^ROUTEID=\.node[123]; path=\/tokenapi\/sapBusinessOne\/b1s$/),
			]);
		});
	},
);

describeService(
	'proxmox',
	{
		login: ({ username, password }) => ({
			method: 'POST',
			path: '/api2/json/access/ticket',
			headers: FORM_TYPE,
			body: form({ username, password }),
		}),
		read: ({ json }) => ({ token: json.data.ticket, csrf: json.data.CSRFPreventionToken }),
		call: ({ token, csrf = '' }) => ({
			method: 'POST',
			path: '/api2/json/nodes/pve/qemu',
			headers: { Cookie: `PVEAuthCookie=${token}`, CSRFPreventionToken: csrf },
		}),
		secret: 'password',
		wrongSecret: { status: 401, body: { data: null, message: 'authentication failure\n' } },
		expired: {
			status: 401,
			body: { data: null, message: 'permission denied - invalid PVE ticket\n' },
		},
		lifetimeSeconds: 7200,
		badLogins: [
			['JSON', (good) => withHeaders(good, JSON_TYPE), 400],
			['GET', ({ path }) => ({ path }), 501],
			['no password', (good) => ({ ...good, body: 'username=root%40pam' }), 400],
		],
		badCalls: [
			['no CSRF token on a write', (good) => without(good, 'CSRFPreventionToken'), 401],
			['another CSRF token', (good) => withHeaders(good, { CSRFPreventionToken: 'x' }), 401],
			['no cookie', (good) => without(good, 'Cookie'), 401],
		],
	},
	({ login, send }) => {
		it('reads without a CSRF token, and takes the ticket percent-encoded too', async () => {
			const { token = '' } = await login();
			expect(token).toMatch(/^PVE:root@pam:697C2C7C::[A-Za-z0-9+/]+=*$/);
			const read = (ticket: string) =>
				send({ path: '/api2/json/version', headers: { Cookie: `PVEAuthCookie=${ticket}` } });
			expect((await read(token)).status).toBe(200);
			expect((await read(encodeURIComponent(token))).status).toBe(200);
		});
	},
);

const claimsOf = (jwt: string) =>
	JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

describeService(
	'uniFi',
	{
		login: ({ username, password }) => ({
			method: 'POST',
			path: '/api/auth/login',
			headers: JSON_TYPE,
			body: JSON.stringify({ username, password }),
		}),
		read: (answer) => {
			const { TOKEN = '' } = cookiesOf(answer);
			return { token: TOKEN, csrf: claimsOf(TOKEN).csrfToken };
		},
		call: ({ token, csrf = '' }) => ({
			method: 'POST',
			path: '/proxy/network/api/s/default/cmd/stamgr',
			headers: { Cookie: `TOKEN=${token}`, 'x-csrf-token': csrf },
		}),
		secret: 'password',
		wrongSecret: {
			status: 403,
			body: {
				code: 'AUTHENTICATION_FAILED_INVALID_CREDENTIALS',
				message: 'Invalid username or password',
			},
		},
		expired: { status: 401, body: { error: { code: 401, message: 'Unauthorized' } } },
		lifetimeSeconds: 7200,
		badLogins: [
			['a form', (good) => withHeaders(good, FORM_TYPE), 400],
			['GET', ({ path }) => ({ path }), 404],
		],
		badCalls: [
			['no CSRF token on a write', (good) => without(good, 'x-csrf-token'), 403],
			[
				'a bearer token',
				(good, { token }) => ({ path: good.path, headers: { Authorization: `Bearer ${token}` } }),
				401,
			],
		],
	},
	({ login, send, running }) => {
		it('reads without a CSRF token, and says in the token when it ends', async () => {
			const { token = '' } = await login();
			expect(claimsOf(token).exp).toBe(Math.floor(running.clock.now / 1000) + 7200);
			const headers = { Cookie: `other=1; TOKEN=${token}` };
			expect((await send({ path: '/proxy/network/api/self', headers })).status).toBe(200);
		});
	},
);
