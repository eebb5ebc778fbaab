import { cookiesOf, describeService, form, withHeaders, without } from './describeService';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };
const basic = (name: string, secret: string) => ({
	Authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
});

const vCenterError = {
	error_type: 'UNAUTHENTICATED',
	messages: [
		{
			args: [],
			default_message: 'Authentication required.',
			id: 'com.vmware.vapi.endpoint.method.authentication.required',
		},
	],
};

describeService(
	'vCenter',
	{
		login: ({ username, password }) => ({
			method: 'POST',
			path: '/api/session',
			headers: basic(username, password),
		}),
		read: ({ json }) => ({ token: json }),
		call: ({ token = '' }) => ({
			path: '/api/vcenter/vm',
			headers: { 'vmware-api-session-id': token },
		}),
		secret: 'password',
		wrongSecret: { status: 401, body: vCenterError },
		expired: { status: 401, body: vCenterError },
		lifetimeSeconds: 300,
		isIdle: true,
		badLogins: [
			['no authentication', ({ method = '', path }) => ({ method, path }), 401],
			[
				'JSON instead',
				({ method = '', path }) => ({
					method,
					path,
					headers: JSON_TYPE,
					body: '{"username":"n8n"}',
				}),
				401,
			],
		],
		badCalls: [
			[
				'the quotes around the token',
				(good, { token }) => withHeaders(good, { 'vmware-api-session-id': `"${token}"` }),
				401,
			],
			['no token', (good) => without(good, 'vmware-api-session-id'), 401],
		],
	},
	({ send, service }) => {
		it('answers with a bare JSON string', async () => {
			const { username, password } = service().secrets;
			const headers = basic(username, password);
			const answer = await send({ method: 'POST', path: '/api/session', headers });
			expect(answer.status).toBe(201);
			expect(answer.text).toMatch(/^"[0-9a-f]{32}"$/);
		});
	},
);

const fileMakerError = (code: string, message: string) => ({
	messages: [{ code, message }],
	response: {},
});

describeService('fileMaker', {
	login: ({ username, password }) => ({
		method: 'POST',
		path: '/fmi/data/v1/databases/Contacts/sessions',
		headers: { ...JSON_TYPE, ...basic(username, password) },
		body: '{}',
	}),
	read: ({ json, headers }) => {
		expect(headers.get('x-fm-data-access-token')).toBe(json.response.token);
		return { token: json.response.token };
	},
	call: ({ token }) => ({
		path: '/fmi/data/v1/databases/Contacts/layouts/People/records',
		headers: { Authorization: `Bearer ${token}` },
	}),
	secret: 'password',
	wrongSecret: {
		status: 401,
		body: fileMakerError('212', 'Invalid user account and/or password; please try again'),
	},
	expired: { status: 401, body: fileMakerError('952', 'Invalid FileMaker Data API token (*)') },
	lifetimeSeconds: 900,
	isIdle: true,
	badLogins: [
		['no body', ({ method = '', path, headers = {} }) => ({ method, path, headers }), 400],
		['no content type', (good) => without(good, 'Content-Type'), 400],
		['no authentication', (good) => without(good, 'Authorization'), 401],
		[
			'another database',
			(good) => ({ ...good, path: good.path.replace('Contacts', 'Other') }),
			500,
		],
	],
	badCalls: [['no token', (good) => without(good, 'Authorization'), 401]],
});

const splunkError = (text: string) => ({ messages: [{ type: 'WARN', text }] });

describeService(
	'splunk',
	{
		login: ({ username, password }) => ({
			method: 'POST',
			path: '/services/auth/login',
			headers: FORM_TYPE,
			body: form({ username, password, output_mode: 'json' }),
		}),
		read: ({ json }) => ({ token: json.sessionKey }),
		call: ({ token }) => ({
			path: '/services/search/jobs?output_mode=json',
			headers: { Authorization: `Splunk ${token}` },
		}),
		secret: 'password',
		wrongSecret: { status: 401, body: splunkError('Login failed') },
		expired: { status: 401, body: splunkError('call not properly authenticated') },
		lifetimeSeconds: 3600,
		isIdle: true,
		badLogins: [
			['JSON', (good) => withHeaders(good, JSON_TYPE), 400],
			['GET', ({ path }) => ({ path }), 405],
		],
		badCalls: [
			[
				'another scheme',
				(good, { token }) => withHeaders(good, { Authorization: `Bearer ${token}` }),
				401,
			],
			['a bare token', (good, { token = '' }) => withHeaders(good, { Authorization: token }), 401],
		],
	},
	({ send, service }) => {
		it('answers with XML if JSON is not asked for', async () => {
			const request = { method: 'POST', path: '/services/auth/login', headers: FORM_TYPE };
			const { username, password } = service().secrets;
			const good = await send({ ...request, body: form({ username, password }) });
			expect(good.headers.get('content-type')).toBe('text/xml; charset=UTF-8');
			expect(good.text).toMatch(/^<response>\n {2}<sessionKey>[\w^-]+<\/sessionKey>\n/);
			const bad = await send({ ...request, body: form({ username, password: 'fake-wrong' }) });
			expect(bad.status).toBe(401);
			expect(bad.text).toContain('<msg type="WARN">Login failed</msg>');
		});
	},
);

describeService(
	'jiraDataCenter',
	{
		login: (secrets) => ({
			method: 'POST',
			path: '/rest/auth/1/session',
			headers: JSON_TYPE,
			body: JSON.stringify(secrets),
		}),
		read: (answer) => {
			const { name, value } = answer.json.session;
			expect(cookiesOf(answer)).toEqual({
				[name]: value,
				'atlassian.xsrf.token': 'FA4E-0000_fake_lin',
			});
			return { cookie: name, token: value };
		},
		call: ({ cookie, token }) => ({
			path: '/rest/api/2/myself',
			headers: { Cookie: `${cookie}=${token}` },
		}),
		secret: 'password',
		wrongSecret: { status: 401, body: { errorMessages: ['Login failed'], errors: {} } },
		expired: {
			status: 401,
			body: {
				errorMessages: ['You do not have the permission to see the specified issue.'],
				errors: {},
			},
		},
		lifetimeSeconds: 18_000,
		isIdle: true,
		badLogins: [['a form', (good) => withHeaders(good, FORM_TYPE), 415]],
		badCalls: [
			[
				'the usual name',
				(good, { token }) => withHeaders(good, { Cookie: `JSESSIONID=${token}` }),
				401,
			],
			['no cookie', (good) => without(good, 'Cookie'), 401],
		],
	},
	({ send, login, service }) => {
		it('takes who has no session for anybody, where anybody may read', async () => {
			const { cookie, token } = await login();
			service().expireTokens();
			const headers = { Cookie: `${cookie}=${token}` };
			expect((await send({ path: '/rest/api/2/search', headers })).status).toBe(401);
			const answers = [
				await send({ path: '/rest/api/2/search' }),
				await send({ path: '/rest/api/2/search?os_authType=any', headers }),
				await send({ path: '/issues', headers }),
			];
			for (const answer of answers) {
				expect(answer).toMatchObject({ status: 200, json: { total: 0 } });
				expect(answer.headers.get('x-ausername')).toBe('anonymous');
			}
		});
	},
);
