import { describeService, form, withHeaders, without, type Given } from './describeService';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };
const bearer = ({ token }: Given) => ({ Authorization: `Bearer ${token}` });

const shopwareError = (status: string, code: string, title: string, detail?: string) => ({
	errors: [{ code, status, title, ...(detail && { detail }) }],
});

describeService('shopware', {
	login: (secrets) => ({
		method: 'POST',
		path: '/api/oauth/token',
		headers: JSON_TYPE,
		body: JSON.stringify({ grant_type: 'client_credentials', ...secrets }),
	}),
	read: ({ json }) => ({ token: json.access_token }),
	call: (given) => ({ path: '/api/product', headers: bearer(given) }),
	secret: 'client_secret',
	wrongSecret: { status: 401, body: shopwareError('401', '4', 'Client authentication failed') },
	expired: {
		status: 401,
		body: shopwareError(
			'401',
			'9',
			'The resource owner or authorization server denied the request.',
			'Access token could not be verified',
		),
	},
	lifetimeSeconds: 600,
	badLogins: [
		['a form', (good) => withHeaders(good, FORM_TYPE), 400],
		[
			'an ID of another form',
			(good) => ({ ...good, body: (good.body ?? '').replace('SWIA', 'XXXX') }),
			500,
		],
		['GET', ({ path }) => ({ path }), 405],
	],
	badCalls: [['no token', (good) => without(good, 'Authorization'), 401]],
});

const marketoError = (code: string, message: string) => ({
	requestId: '8f0a#18c1f2a3b4c',
	success: false,
	errors: [{ code, message }],
});

describeService(
	'marketo',
	{
		login: (secrets) => ({
			path: `/identity/oauth/token?${form({ grant_type: 'client_credentials', ...secrets })}`,
		}),
		read: ({ json }) => ({ token: json.access_token }),
		call: (given) => ({ path: '/rest/v1/leads.json', headers: bearer(given) }),
		secret: 'client_secret',
		wrongSecret: {
			status: 401,
			body: { error: 'unauthorized', error_description: 'Bad client credentials' },
		},
		expired: { status: 200, body: marketoError('602', 'Access token expired') },
		unknown: { status: 200, body: marketoError('601', 'Access token invalid') },
		lifetimeSeconds: 3600,
		badLogins: [
			['POST', (good) => ({ ...good, method: 'POST' }), 405],
			['no grant type', ({ path }) => ({ path: path.replace('grant_type', 'x') }), 400],
			['an unencoded secret', ({ path }) => ({ path: path.replace('%26secret', '&secret=') }), 400],
		],
		badCalls: [
			[
				'no token',
				(good) => without(good, 'Authorization'),
				{ status: 200, body: { success: false } },
			],
			[
				'the token in the query',
				({ path }, { token }) => ({ path: `${path}?access_token=${token}` }),
				{ status: 200, body: { errors: [{ code: '600' }] } },
			],
		],
	},
	({ running, send, service }) => {
		it('gives the same token with what is left of its life', async () => {
			const query = form({ grant_type: 'client_credentials', ...service().secrets });
			const login = async () => (await send({ path: `/identity/oauth/token?${query}` })).json;
			const first = await login();
			expect(first.expires_in).toBe(3600);
			running.clock.now += 3_599_001;
			expect(await login()).toEqual({ ...first, expires_in: 0 });
			running.clock.now += 999;
			const next = await login();
			expect(next.expires_in).toBe(3600);
			expect(next.access_token).not.toBe(first.access_token);
		});
	},
);

const feishuError = (code: number, msg: string) => ({
	code,
	msg,
	error: { log_id: 'fake-log-id' },
});

describeService(
	'feishu',
	{
		login: (secrets) => ({
			method: 'POST',
			path: '/open-apis/auth/v3/tenant_access_token/internal',
			headers: JSON_TYPE,
			body: JSON.stringify(secrets),
		}),
		read: ({ json }) => ({ token: json.tenant_access_token }),
		call: (given) => ({ path: '/open-apis/im/v1/chats', headers: bearer(given) }),
		secret: 'app_secret',
		wrongSecret: { status: 200, body: { code: 10014, msg: 'app secret invalid' } },
		expired: {
			status: 200,
			body: feishuError(99991663, 'Invalid access token for authorization.'),
		},
		lifetimeSeconds: 7200,
		badLogins: [
			['a form', (good) => withHeaders(good, FORM_TYPE), { status: 200, body: { code: 10003 } }],
			['GET', ({ path }) => ({ path }), 404],
		],
		badCalls: [
			[
				'no token',
				(good) => without(good, 'Authorization'),
				{ status: 200, body: { code: 99991661 } },
			],
			[
				'an unknown token on a write',
				(good) => ({ ...good, method: 'POST', headers: { Authorization: 'Bearer t-fake' } }),
				{ status: 400, body: { code: 99991663 } },
			],
		],
	},
	({ running, send, service }) => {
		it('gives the same token until its last half hour', async () => {
			const login = async () =>
				(
					await send({
						method: 'POST',
						path: '/open-apis/auth/v3/tenant_access_token/internal',
						headers: JSON_TYPE,
						body: JSON.stringify(service().secrets),
					})
				).json;
			const first = await login();
			expect(first).toMatchObject({ code: 0, msg: 'ok', expire: 7200 });
			running.clock.now += 5_399_000;
			expect(await login()).toEqual({ ...first, expire: 1801 });
			running.clock.now += 1000;
			expect((await login()).tenant_access_token).not.toBe(first.tenant_access_token);
		});
	},
);

const dingTalkError = (code: string, message: string) => ({
	code,
	requestid: '00000000-FAKE-0000-0000-000000000000',
	message,
});

describeService('dingTalk', {
	login: (secrets) => ({
		method: 'POST',
		path: '/v1.0/oauth2/accessToken',
		headers: JSON_TYPE,
		body: JSON.stringify(secrets),
	}),
	read: ({ json }) => ({ token: json.accessToken }),
	call: ({ token = '' }) => ({
		path: '/v1.0/contact/users',
		headers: { 'x-acs-dingtalk-access-token': token },
	}),
	secret: 'appSecret',
	wrongSecret: {
		status: 400,
		body: dingTalkError('invalidClientIdOrSecret', '无效的clientId或者clientSecret'),
	},
	expired: { status: 400, body: dingTalkError('InvalidAuthentication', '不合法的access_token') },
	lifetimeSeconds: 7200,
	badLogins: [
		['a form', (good) => withHeaders(good, FORM_TYPE), 400],
		['GET', ({ path }) => ({ path }), 404],
	],
	badCalls: [['a bearer token', ({ path }, given) => ({ path, headers: bearer(given) }), 400]],
});

const weChatError = (errcode: number, message: string) => ({
	errcode,
	errmsg: `${message} rid: 65000000-fa4e0000-00000000`,
});

describeService(
	'weChat',
	{
		login: (secrets) => ({
			path: `/cgi-bin/token?${form({ grant_type: 'client_credential', ...secrets })}`,
		}),
		read: ({ json }) => ({ token: json.access_token }),
		call: ({ token }) => ({ method: 'POST', path: `/cgi-bin/menu/create?access_token=${token}` }),
		secret: 'secret',
		wrongSecret: { status: 200, body: weChatError(40125, 'invalid appsecret') },
		expired: { status: 200, body: weChatError(42001, 'access_token expired') },
		unknown: { status: 200, body: weChatError(40014, 'invalid access_token') },
		lifetimeSeconds: 7200,
		badLogins: [
			['POST', (good) => ({ ...good, method: 'POST' }), { status: 200, body: { errcode: 43001 } }],
			[
				'an unencoded secret',
				({ path }) => ({ path: path.replace('%26secret', '&secret=') }),
				{ status: 200, body: { errcode: 41004 } },
			],
		],
		badCalls: [
			[
				'a bearer token',
				(_good, given) => ({ path: '/cgi-bin/menu/get', headers: bearer(given) }),
				{ status: 200, body: { errcode: 41001 } },
			],
		],
	},
	({ login, use }) => {
		it('ends the old token when it gives a new one', async () => {
			const first = await login();
			const second = await login();
			expect((await use(first)).json).toEqual(
				weChatError(40001, 'invalid credential, access_token is invalid or not latest'),
			);
			expect((await use(second)).json).toMatchObject({ ok: true });
		});
	},
);
