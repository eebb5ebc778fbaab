import { phpJson } from '../../../sandbox/yesApi/php';
import { yesApiAnswer, yesApiAuth, yesApiSign } from '../../../sandbox/yesApi/interfaceCall';
import { call, useSandbox } from '../setup';
import vectors from '../vectors.json';

const KEY = 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY01';
const SECRET = 'fake-yesapi-secret-for-tests';
const UNSIGNED_KEY = 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY02';
const UUID = '8AEA2AF1951C0376EC668A74B8CAA64A';
const SESSION = '56C12A5458793E90E183C64D50D318E450EF7E2F9D413E35645D99662867D41B';

type Parameters = Record<string, string>;

// Frozen requests, signed with Python's hashlib.
const APPLY = { sub: 'YesApi', uid: '小白', expTime: '86400', app_key: KEY };
const APPLY_OLD_SIGN = '50D67F95C3DD5D1C0E057DB00FA3B5B9';
const APPLY_NEW_SIGN = '6AFF1AA7CA62FF968D0436B51E9131B1';

describe('YesApi', () => {
	const running = useSandbox();
	const base = () => `${running.sandbox.url}/yesapi`;

	const form = (parameters: Parameters, path: string) =>
		call(`${base()}${path}`, { method: 'POST', body: new URLSearchParams(parameters) });

	const unsigned = (name: string, parameters: Parameters = {}) =>
		form({ app_key: UNSIGNED_KEY, ...parameters }, `/api/App/Common_Jwt/${name}`);

	const applyOld = (parameters: Parameters = APPLY) =>
		form({ sign: APPLY_OLD_SIGN, ...parameters }, '/?s=App.Common_Jwt.ApplyToken');

	async function freshToken(parameters: Parameters = {}): Promise<string> {
		return (await unsigned('ApplyToken', parameters)).json.data.jwt_token;
	}

	const claimsOf = (token: string): unknown =>
		JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

	it('gives a token in the old path style, by form and by query', async () => {
		const query = new URLSearchParams({
			s: 'App.Common_Jwt.ApplyToken',
			...APPLY,
			sign: APPLY_OLD_SIGN,
		});
		for (const answer of [await applyOld(), await call(`${base()}/?${query}`)]) {
			expect(answer.status).toBe(200);
			expect(answer.json).toMatchObject({
				ret: 200,
				data: { err_code: 0, err_msg: '' },
				msg: '小白开放接口：App.Common_Jwt.ApplyToken',
				_t: 1769745532,
				_auth: expect.stringMatching(/^[0-9a-f]{32}$/),
			});
			expect(claimsOf(answer.json.data.jwt_token)).toEqual({
				iss: 'http://www.yesapi.cn',
				aud: 'http://api.yesapi.cn',
				sub: 'YesApi',
				uid: '小白',
				iat: 1769745532,
				exp: 1769831932,
			});
		}
	});

	it('gives a token in the new path style', async () => {
		const path = '/api/App/Common_Jwt/ApplyToken';
		expect((await form({ ...APPLY, sign: APPLY_NEW_SIGN }, path)).json.ret).toBe(200);
		expect((await form({ ...APPLY, sign: APPLY_OLD_SIGN }, path)).json.ret).toBe(409);
		const withS = { ...APPLY, s: 'App.Common_Jwt.ApplyToken', sign: APPLY_OLD_SIGN };
		expect((await form(withS, path)).json.ret).toBe(200);
	});

	it.each([
		['no sign', { sign: '' }, 409],
		['lower-case sign', { sign: APPLY_OLD_SIGN.toLowerCase() }, 409],
		['a parameter that was not signed', { extra: 'x' }, 409],
		['a short app_key', { app_key: KEY.slice(1) }, 400],
		['an unknown app_key', { app_key: `${KEY}X` }, 406],
	])('refuses %s', async (_name, change, ret) => {
		const { status, json } = await applyOld({ ...APPLY, ...(change as Parameters) });
		expect(status).toBe(200);
		expect(json).toMatchObject({ ret, data: {}, msg: expect.any(String) });
	});

	it('takes JSON in place of a form', async () => {
		const { json } = await call(`${base()}/?s=App.Common_Jwt.ApplyToken`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ ...APPLY, sign: APPLY_OLD_SIGN }),
		});
		expect(json.ret).toBe(200);
	});

	it.each([
		['expTime below 10', { expTime: '9' }, 400],
		['expTime with a fraction', { expTime: '10.5' }, 400],
		['uuid without token', { uuid: UUID }, 400],
		['token without uuid', { token: SESSION }, 400],
		['short uuid', { uuid: 'x', token: SESSION }, 400],
		['short token', { uuid: UUID, token: 'x' }, 400],
		['another session', { uuid: UUID, token: 'A'.repeat(64) }, 401],
		['a session', { uuid: UUID, token: SESSION }, 200],
		['empty values', { uuid: '', token: '', uid: '' }, 200],
	])('judges %s', async (_name, parameters, ret) => {
		expect((await unsigned('ApplyToken', parameters as Parameters)).json.ret).toBe(ret);
	});

	it('says 404 for an interface there is none of', async () => {
		expect((await form({ app_key: UNSIGNED_KEY }, '/?s=App.Nothing.Here')).json.ret).toBe(404);
		expect((await form({ app_key: UNSIGNED_KEY }, '/?s==App.Hello.World')).json.ret).toBe(404);
		expect((await form({ app_key: UNSIGNED_KEY }, '/')).json.ret).toBe(404);
	});

	it('verifies tokens', async () => {
		const jwt_token = await freshToken({ uid: '123456', expTime: '10' });
		expect((await unsigned('VerifyToken', { jwt_token })).json.data).toEqual({
			err_code: 0,
			err_msg: '',
			sub: 'YesApi',
			uid: '123456',
			exp: 1769745542,
		});
		const failed = { err_msg: expect.any(String), sub: '', uid: '', exp: 0 };
		const wrong = await unsigned('VerifyToken', { jwt_token: `${jwt_token}x` });
		expect(wrong.json).toMatchObject({ ret: 200, data: { err_code: 1, ...failed } });
		expect((await unsigned('VerifyToken')).json.ret).toBe(400);

		running.clock.now += 10_000;
		running.sandbox.faults.yesApiMisspelledErrCode = true;
		const late = await unsigned('VerifyToken', { jwt_token });
		expect(late.json.data).toEqual({ err_coce: 1, ...failed });
	});

	it('exchanges a session', async () => {
		const { json } = await unsigned('ExchangeToken', { uuid: UUID, token: SESSION });
		expect(claimsOf(json.data.jwt_token)).toMatchObject({ sub: 'YesApiET', uid: UUID });
		expect((await unsigned('ExchangeToken')).json.ret).toBe(400);
	});

	it('gives only data with return_data=1', async () => {
		const { json } = await unsigned('ApplyToken', { return_data: '1' });
		expect(Object.keys(json)).toEqual(['err_code', 'err_msg', 'jwt_token']);
	});

	it('answers a signed interface call', async () => {
		const sign = '134CEF66B5909EC997444AE7FE7E2DB4';
		const { text, json } = await form({ name: 'a/b', app_key: KEY, sign }, '/?s=App.Hello.World');
		expect(json.data).toMatchObject({ title: 'Hello World!', parameters: { name: 'a/b' } });
		expect(text).toContain('"a\\/b"');
		expect(running.sandbox.requests[0]).toMatchObject({ kind: 'business', token: null });
		const path = '/api/App/Hello/World';
		expect((await form({ app_key: KEY, sign }, path)).json.ret).toBe(409);
		expect((await form({ app_key: UNSIGNED_KEY }, path)).json.ret).toBe(200);
	});

	it('lets a Bearer JWT in below /app', async () => {
		const token = await freshToken();
		const business = (authorization: string) =>
			call(`${base()}/app/orders?x=1`, { headers: { authorization } });
		expect((await business(`Bearer ${token}`)).json).toMatchObject({ ok: true, query: { x: '1' } });
		expect((await business(token)).status).toBe(401);
		expect((await business('')).status).toBe(401);
		running.clock.now += 86_400_000;
		expect((await business(`Bearer ${token}`)).status).toBe(401);
	});

	it.each(vectors.yesApi.signatures)('signs the vector "$name"', ({ params, appSecret, sign }) => {
		const parameters = new Map(Object.entries(params as unknown as Parameters));
		expect(yesApiSign(parameters, appSecret)).toBe(sign);
	});

	it.each(vectors.yesApi.responseSignatures)('signs the answer $_auth', (vector) => {
		expect(yesApiAuth(vector.data, vector._t, vector.appSecret)).toBe(vector._auth);
		const data = JSON.parse(vector.data) as Record<string, unknown>;
		const outcome = { ret: 200, data, msg: '' };
		const answer = yesApiAnswer(outcome, vector.appSecret, vector._t, false);
		expect(answer.body).toBe(vector.response);
	});

	it('writes JSON as PHP does', () => {
		expect(phpJson({ a: 'http://x/小', b: '😀é' })).toBe(
			String.raw`{"a":"http:\/\/x\/\u5c0f","b":"\ud83d\ude00\u00e9"}`,
		);
		expect(SECRET).toBe(running.sandbox.credentials.yesApi.appSecret);
	});
});
