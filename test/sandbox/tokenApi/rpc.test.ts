import {
	cookiesOf,
	describeService,
	form,
	withHeaders,
	without,
	type Request,
} from './describeService';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };

const post = (path: string, body: object, headers: Record<string, string> = {}): Request => ({
	method: 'POST',
	path,
	headers: { ...JSON_TYPE, ...headers },
	body: JSON.stringify({ jsonrpc: '2.0', id: 7, ...body }),
});

const odooError = (code: number, message: string, name: string, text: string) => ({
	jsonrpc: '2.0',
	id: 7,
	error: {
		code,
		message,
		data: { name, debug: '', message: text, arguments: [text], context: {} },
	},
});

describeService(
	'odoo',
	{
		login: ({ db, username, password }) =>
			post('/web/session/authenticate', {
				method: 'call',
				params: { db, login: username, password },
			}),
		read: (answer) => ({ token: cookiesOf(answer).session_id ?? '' }),
		call: ({ token }) =>
			post(
				'/web/dataset/call_kw/res.partner/read',
				{ method: 'call', params: { args: [[1]] } },
				{ Cookie: `session_id=${token}` },
			),
		secret: 'password',
		wrongSecret: {
			status: 200,
			body: odooError(200, 'Odoo Server Error', 'odoo.exceptions.AccessDenied', 'Access Denied'),
		},
		expired: {
			status: 200,
			body: odooError(
				100,
				'Odoo Session Expired',
				'odoo.http.SessionExpiredException',
				'Session expired',
			),
		},
		lifetimeSeconds: 604_800,
		isIdle: true,
		badLogins: [
			['a form', (good) => withHeaders(good, FORM_TYPE), 400],
			['GET', ({ path }) => ({ path }), 405],
		],
		badCalls: [
			[
				'no cookie',
				(good) => without(good, 'Cookie'),
				{ status: 200, body: { error: { code: 100 } } },
			],
		],
	},
	({ send, login, service }) => {
		it('gives who is refused a cookie too, which lets nobody in', async () => {
			const { db, username } = service().secrets;
			const params = { db, login: username, password: 'fake-wrong' };
			const answer = await send(post('/web/session/authenticate', { method: 'call', params }));
			const token = cookiesOf(answer).session_id ?? '';
			expect(token).toMatch(/^[0-9a-f]{40}$/);
			const call = post('/web/dataset/call_kw', { params: {} }, { Cookie: `session_id=${token}` });
			expect((await send(call)).json).toMatchObject({ error: { code: 100 } });
		});

		it('answers a call with a result', async () => {
			const { token } = await login();
			const call = post('/web/x', { params: { a: 1 } }, { Cookie: `session_id=${token}` });
			const result = { ok: true, path: '/web/x', params: { a: 1 } };
			expect((await send(call)).json).toEqual({ jsonrpc: '2.0', id: 7, result });
		});
	},
);

const zabbixError = (code: number, message: string, data: string) => ({
	jsonrpc: '2.0',
	error: { code, message, data },
	id: 7,
});
const ZABBIX_PATH = '/api_jsonrpc.php';
const zabbixLogin = (params: { username: string; password: string }) =>
	post(ZABBIX_PATH, { method: 'user.login', params });
const zabbixShared = {
	login: zabbixLogin,
	read: ({ json }: { json: { result: string } }) => ({ token: json.result }),
	secret: 'password' as const,
	wrongSecret: {
		status: 200,
		body: zabbixError(
			-32500,
			'Application error.',
			'Incorrect user name or password or account is temporarily blocked.',
		),
	},
	expired: {
		status: 200,
		body: zabbixError(-32602, 'Invalid params.', 'Session terminated, re-login, please.'),
	},
	lifetimeSeconds: 900,
	isIdle: true,
};

describeService('zabbix', {
	...zabbixShared,
	call: ({ token }) =>
		post(ZABBIX_PATH, { method: 'host.get', params: {} }, { Authorization: `Bearer ${token}` }),
	badLogins: [
		[
			'an old token along',
			(good) => withHeaders(good, { Authorization: 'Bearer x' }),
			{ status: 200, body: { error: { code: -32602 } } },
		],
	],
	badCalls: [
		['a form', (good) => withHeaders(good, FORM_TYPE), 412],
		[
			'no token',
			(good) => without(good, 'Authorization'),
			{ status: 200, body: { error: { data: 'Not authorized.' } } },
		],
		[
			'the token in the body',
			(_good, { token }) => post(ZABBIX_PATH, { method: 'host.get', params: {}, auth: token }),
			{
				status: 200,
				body: { error: { data: 'Invalid parameter "/": unexpected parameter "auth".' } },
			},
		],
	],
});

describeService('zabbixBefore64', {
	...zabbixShared,
	call: ({ token }) => post(ZABBIX_PATH, { method: 'host.get', params: {}, auth: token }),
	badLogins: [
		[
			'an old token along',
			() => post(ZABBIX_PATH, { method: 'user.login', params: {}, auth: 'x' }),
			{ status: 200, body: { error: { code: -32602 } } },
		],
	],
	badCalls: [
		[
			'the token in a header',
			(_good, { token }) =>
				post(ZABBIX_PATH, { method: 'host.get' }, { Authorization: `Bearer ${token}` }),
			{ status: 200, body: { error: { data: 'Not authorized.' } } },
		],
	],
});

const SYNOLOGY_PATH = '/webapi/entry.cgi';
const synologyError = (code: number) => ({ error: { code }, success: false });
const synologyLogin = ({ username, password }: { username: string; password: string }) => ({
	method: 'POST',
	path: SYNOLOGY_PATH,
	headers: FORM_TYPE,
	body: form({
		api: 'SYNO.API.Auth',
		version: '7',
		method: 'login',
		account: username,
		passwd: password,
		format: 'sid',
		enable_syno_token: 'yes',
	}),
});
const list = (sid: string) =>
	form({ api: 'SYNO.FileStation.List', version: '2', method: 'list_share', _sid: sid });

describeService(
	'synology',
	{
		login: synologyLogin,
		read: ({ json }) => ({ token: json.data.sid, synoToken: json.data.synotoken }),
		call: ({ token = '', synoToken = '' }) => ({
			path: `${SYNOLOGY_PATH}?${list(token)}`,
			headers: { 'X-SYNO-TOKEN': synoToken },
		}),
		secret: 'password',
		wrongSecret: { status: 200, body: synologyError(400) },
		expired: { status: 200, body: synologyError(106) },
		unknown: { status: 200, body: synologyError(119) },
		lifetimeSeconds: 1800,
		isIdle: true,
		badLogins: [
			[
				'another version',
				(good) => ({ ...good, body: (good.body ?? '').replace('version=7', 'version=1') }),
				{ status: 200, body: synologyError(104) },
			],
			[
				'no password',
				(good) => ({ ...good, body: (good.body ?? '').replace('passwd', 'x') }),
				{ status: 200, body: synologyError(101) },
			],
		],
		badCalls: [
			[
				'no second token',
				(good) => without(good, 'X-SYNO-TOKEN'),
				{ status: 200, body: synologyError(119) },
			],
			[
				'no session',
				(good) => ({ ...good, path: `${SYNOLOGY_PATH}?${list('')}` }),
				{ status: 200, body: synologyError(119) },
			],
		],
	},
	({ send, login, use }) => {
		it('takes the session in a form too, and ends it when the account logs in again', async () => {
			const first = await login();
			const call = {
				method: 'POST',
				path: SYNOLOGY_PATH,
				headers: { ...FORM_TYPE, 'X-SYNO-TOKEN': first.synoToken ?? '' },
				body: list(first.token ?? ''),
			};
			expect((await send(call)).json).toEqual({
				data: { api: 'SYNO.FileStation.List', version: '2', method: 'list_share' },
				success: true,
			});
			await login();
			expect((await use(first)).json).toEqual(synologyError(107));
		});
	},
);
