import { call, useSandbox } from '../setup';

const KEY = 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY01';
const UNSIGNED_KEY = 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY02';
const STATIC_KEY = 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY03';
const STATIC_SIGN = 'fa4e5ec2fa4e5ec2fa4e5ec2fa4e5ec2';
const UUID = '8AEA2AF1951C0376EC668A74B8CAA64A';
const SESSION = '56C12A5458793E90E183C64D50D318E450EF7E2F9D413E35645D99662867D41B';

type Parameters = Record<string, string>;

const running = useSandbox();
const base = () => `${running.sandbox.url}/yesapi`;

const get = (service: string, parameters: Parameters = {}, path = '/') => {
	const query = new URLSearchParams({ s: service, app_key: UNSIGNED_KEY, ...parameters });
	return call(`${base()}${path}?${query}`);
};

describe('where PHP reads parameters', () => {
	const target = () => `${base()}/?s=App.Hello.World&app_key=${UNSIGNED_KEY}`;
	const given = (init: RequestInit) => call(target(), init).then(({ json }) => json);

	it('includes the query under any method', async () => {
		for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
			expect(await given({ method })).toMatchObject({ ret: 200, data: { parameters: {} } });
		}
	});

	it('includes a form of a POST only', async () => {
		const multipart = new FormData();
		multipart.append('name', 'a');
		for (const body of [new URLSearchParams({ name: 'a' }), multipart]) {
			const post = await given({ method: 'POST', body });
			expect(post.data.parameters).toEqual({ name: 'a' });
			for (const method of ['PUT', 'PATCH', 'DELETE']) {
				expect((await given({ method, body })).data.parameters).toEqual({});
			}
		}
		const body = new URLSearchParams({ s: 'App.Hello.World', app_key: UNSIGNED_KEY });
		expect((await call(`${base()}/`, { method: 'PUT', body })).json.ret).not.toBe(200);
	});

	it('includes a JSON object, and signs its values as PHP writes them', async () => {
		const values = { a: 1, b: true, c: false, d: null, e: 1.5, f: '小', g: { x: 1 } };
		const texts = { a: '1', b: '1', c: '', d: '', e: '1.5', f: '小', g: 'Array' };
		const body = JSON.stringify(values);
		const answer = await given({ method: 'POST', body });
		expect(answer.data.parameters).toEqual(texts);
		expect((await given({ method: 'POST', body: '"text"' })).data.parameters).toEqual({});
	});

	it('lets the body win over the query', async () => {
		const body = new URLSearchParams({ s: 'App.Nothing.Here', app_key: UNSIGNED_KEY });
		expect((await given({ method: 'POST', body })).ret).toBe(404);
	});
});

describe('the name of the service', () => {
	it.each([
		['/?s=App.Hello.World'],
		['/?s=Hello.World'],
		['/?service=App.Hello.World'],
		['/?service=Hello.World&s=App.Nothing.Here'],
		['//?s=App.Hello.World'],
		['?s=App.Hello.World'],
		['/api/App/Hello/World'],
		['/api/App/Hello/World/'],
		['/api/App/Nothing/Here?s=App.Hello.World'],
	])('is found in %s', async (target) => {
		const separator = target.includes('?') ? '&' : '?';
		const answer = await call(`${base()}${target}${separator}app_key=${UNSIGNED_KEY}`);
		expect(answer.json).toMatchObject({ ret: 200, msg: '小白开放接口：App.Hello.World' });
	});

	it('is no parameter in the path style', async () => {
		const path = '/api/App/Hello/World';
		// Of the app_key alone, and with `s` before the secret; made with Python's hashlib.
		const alone = '2B68C555144599BD7656316E9564CA1A';
		const withService = 'C1BE7EF897D3185D69668FB22EBE6FFF';
		const ret = async (more: string) =>
			(await call(`${base()}${path}?app_key=${KEY}${more}`)).json.ret;
		expect(await ret(`&sign=${alone}`)).toBe(200);
		expect(await ret(`&sign=${withService}`)).toBe(409);
		expect(await ret(`&s=App.Hello.World&sign=${withService}`)).toBe(200);
	});
});

describe('a static sign', () => {
	const hello = (parameters: Parameters) =>
		get('App.Hello.World', { app_key: STATIC_KEY, ...parameters }).then(({ json }) => json.ret);

	it('is the same for every call', async () => {
		expect(await hello({ sign: STATIC_SIGN })).toBe(200);
		expect(await hello({ sign: STATIC_SIGN, name: '小白' })).toBe(200);
		expect(await hello({ sign: STATIC_SIGN.toUpperCase() })).toBe(409);
		expect(await hello({})).toBe(409);
		const { json } = await get('App.Common_Jwt.ApplyToken', {
			app_key: STATIC_KEY,
			sign: STATIC_SIGN,
			_timestamp: '1769745532',
		});
		expect(json.data.jwt_token).toMatch(/^eyJ/);
	});

	it.each([
		['1769745532', 200],
		['1769745232', 200],
		['1769745231', 400],
		['1769745532582', 400],
		['now', 400],
		['', 400],
	])('may come with the _timestamp %p', async (_timestamp, ret) => {
		expect(await hello({ sign: STATIC_SIGN, _timestamp })).toBe(ret);
	});
});

describe('an interface', () => {
	it('takes a file', async () => {
		const form = new FormData();
		form.append('file', new Blob([Buffer.alloc(100_000, 7)], { type: 'image/png' }), 'a.png');
		const path = `/?s=App.CDN.UploadImg&app_key=${UNSIGNED_KEY}`;
		const { json } = await call(`${base()}${path}`, { method: 'POST', body: form });
		expect(json.data).toMatchObject({
			url: 'http://cdn.invalid/a.png',
			type: 'image/png',
			bytes: 100_000,
		});
		expect((await call(`${base()}${path}`)).json.ret).toBe(400);
	});

	it.each([
		['App.Table.Create', { model_name: 'demo', data: '{"a":1}' }, { data: { a: 1 } }],
		['App.Table.FreeQuery', { model_name: 'demo', where: '[["a",">",1]]' }, {}],
		['App.Table.FreeQuery', { model_name: 'demo' }, { model_name: 'demo' }],
	])('%s takes JSON text', async (service, parameters, given) => {
		const { json } = await get(service, parameters as Parameters);
		expect(json).toMatchObject({ ret: 200, data: { err_code: 0, given } });
	});

	it.each([
		['App.Table.Create', { data: '{"a":1}' }],
		['App.Table.Create', { model_name: 'demo' }],
		['App.Table.Create', { model_name: 'demo', data: '[object Object]' }],
		['App.Table.FreeQuery', { model_name: 'demo', where: 'a = 1' }],
		['App.Table.FreeQuery', { model_name: 'demo', where: '' }],
	])('%s refuses %p', async (service, parameters) => {
		const { status, json } = await get(service, parameters as Parameters);
		expect([status, json.ret]).toEqual([200, 400]);
	});

	it('may not succeed though it was carried out', async () => {
		const { json } = await get('App.Table.Get', { model_name: 'demo', id: '0' });
		expect(json).toMatchObject({ ret: 200, data: { err_code: 1, err_msg: '数据不存在' } });
	});

	it('checks a session that comes along', async () => {
		const ret = async (parameters: Parameters) =>
			(await get('App.Hello.World', parameters)).json.ret;
		expect(await ret({ uuid: UUID, token: SESSION })).toBe(200);
		expect(await ret({ uuid: UUID })).toBe(400);
		expect(await ret({ uuid: UUID, token: 'A'.repeat(64) })).toBe(401);
	});

	it('does not take an empty expTime for the default', async () => {
		expect((await get('App.Common_Jwt.ApplyToken', { expTime: '' })).json.ret).toBe(400);
		expect((await get('App.Common_Jwt.ApplyToken')).json.ret).toBe(200);
	});

	it('signs its answer', async () => {
		// md5 of `{"err_code":0,"err_msg":"","list":[{"model_name":"demo","model_desc":"\u793a\u4f8b"}]}`,
		// the time and the secret, made with Python's hashlib.
		const { json, text } = await get('App.Platform_MyModels.GetMyModelsList');
		expect(text).toContain(String.raw`"model_desc":"\u793a\u4f8b"`);
		expect([json._t, json._auth]).toEqual([1769745532, 'af49f5d59dcf6d4f98de624b9299ec80']);
	});
});

describe('a refusal that a test asks for', () => {
	it.each([
		[{ code: 413 }, { ret: 413, data: {}, msg: '接口流量不足' }],
		[{ code: 555 }, { ret: 555, msg: '服务器运行错误' }],
		[{}, { ret: 500 }],
		[
			{ errCode: 3, message: 'no' },
			{ ret: 200, data: { err_code: 3, err_msg: 'no' } },
		],
	])('%p is written as the vendor does', async (refusal, answer) => {
		running.sandbox.faults.yesApi.businessFailures = [{ refusal }];
		running.sandbox.faults.yesApi.tokenFailures = [{ refusal }];
		for (const service of ['App.Hello.World', 'App.Common_Jwt.ApplyToken']) {
			const { status, json } = await get(service);
			expect(status).toBe(200);
			expect(json).toMatchObject({ ...answer, _auth: expect.stringMatching(/^[0-9a-f]{32}$/) });
		}
		expect((await get('App.Hello.World')).json.ret).toBe(200);
	});
});
