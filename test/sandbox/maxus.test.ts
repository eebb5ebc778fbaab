import { call, START, useSandbox } from './setup';

const JSON_TYPE = 'application/json';
const GOOD = { serviceCode: 'australia', serviceSecret: 'fake-maxus-secret-for-tests' };

describe('Maxus', () => {
	const running = useSandbox();
	const base = () => `${running.sandbox.url}/maxus/australia`;
	const timestamp = () => String(Math.floor(running.clock.now / 1000));

	function login(
		change: { body?: unknown; headers?: Record<string, string>; below?: string } = {},
	) {
		return call(`${base()}${change.below ?? ''}/base/api/token/register`, {
			method: 'POST',
			headers: { 'Content-Type': JSON_TYPE, 'X-Timestamp': timestamp(), ...change.headers },
			body: JSON.stringify(change.body ?? GOOD),
		});
	}

	function business(token: string, path = '/fir/update', headers: Record<string, string> = {}) {
		return call(`${base()}${path}`, {
			method: 'POST',
			headers: { maxus_jwt: token, 'X-Timestamp': timestamp(), ...headers },
		});
	}

	it('gives a token whose claims are those of the sample', async () => {
		const { status, json } = await login();
		expect(status).toBe(200);
		expect(json).toEqual({ status: 1, errMsg: 'register success', data: expect.any(String) });
		const payload = Buffer.from(json.data.split('.')[1], 'base64url').toString();
		expect(JSON.parse(payload)).toMatchObject({
			serviceCode: 'australia',
			iat: 1769745532,
			exp: 1769746972,
			expireTimeStamp: '1769745712582',
			rsaVO: { rsaPrivateExponent: expect.stringMatching(/^(fa4e5ec2e7)+$/) },
		});
	});

	it('gives a new token each time', async () => {
		const first = await login();
		const second = await login();
		expect(first.json.data).not.toBe(second.json.data);
	});

	it.each([
		['form body', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 400],
		['no timestamp', { headers: { 'X-Timestamp': '' } }, 400],
		['timestamp in milliseconds', { headers: { 'X-Timestamp': String(START) } }, 400],
		['stale timestamp', { headers: { 'X-Timestamp': '1769745231' } }, 400],
		['array body', { body: [] }, 400],
		['capital S', { body: { ServiceCode: 'australia', ServiceSecret: 'x' } }, 400],
		['no secret', { body: { serviceCode: 'australia' } }, 400],
	])('refuses a login with %s', async (_name, change, status) => {
		const answer = await login(change as Parameters<typeof login>[0]);
		expect(answer.status).toBe(status);
		expect(answer.json).toEqual({ status: 0, errMsg: expect.any(String), data: null });
		expect(running.sandbox.requests[0]).toMatchObject({ kind: 'token', token: null, status });
	});

	it.each([
		['serviceCode is wrong', { serviceCode: 'atlantis' }],
		['serviceSecret is wrong', { serviceSecret: 'wrong' }],
	])('says %s under HTTP 200', async (errMsg, change) => {
		const { status, json } = await login({ body: { ...GOOD, ...change } });
		expect([status, json]).toEqual([200, { status: 0, errMsg, data: null }]);
		expect(running.sandbox.requests[0]).toMatchObject({ kind: 'token', token: null });
	});

	it('can have a fault of its own, once or a few times, under HTTP 200', async () => {
		running.sandbox.faults.maxus.tokenFailures = [{ refusal: {}, times: 2 }];
		for (let n = 0; n < 2; n++) {
			const { status, text } = await login();
			expect([status, text]).toEqual([200, '{"status":0,"errMsg":"Unknown Exception"}']);
		}
		const { data } = (await login()).json;
		expect(data).toMatch(/^eyJ/);
		running.sandbox.faults.maxus.businessFailures = [
			{ refusal: {} },
			{ refusal: { message: 'fir does not exist' } },
			{ refusal: {}, status: 503 },
		];
		const answers = [];
		for (let n = 0; n < 4; n++) answers.push(await business(data));
		expect(answers.map(({ status, json }) => [status, json.status, json.errMsg])).toEqual([
			[200, 0, 'Unknown Exception'],
			[200, 0, 'fir does not exist'],
			[503, 0, 'Unknown Exception'],
			[200, 1, 'success'],
		]);
	});

	it('refuses a token with an empty body', async () => {
		const { status, text, headers } = await business('x');
		expect([status, text, headers.get('content-type')]).toEqual([401, '', null]);
	});

	it('has its business calls in both environments', async () => {
		for (const below of ['', '/test']) {
			const { data } = (await login({ below })).json;
			const headers = { maxus_jwt: data, 'X-Timestamp': timestamp() };
			const get = async (path: string) =>
				(await call(`${base()}${below}${path}`, { headers })).json;
			expect(await get('/fir/detail/query?id=7')).toEqual({
				status: 1,
				errMsg: 'success',
				data: { id: '7', firNo: 'FIR-7', state: 'submitted' },
			});
			expect((await get('/vehicle/fuzzy/queryVin?vin=0013')).data).toEqual(['FAKEVIN0000000013']);
			expect((await get('/vehicle/fuzzy/queryVin')).data).toHaveLength(3);
			expect(await get('/fir/dictionaryInfo/queryByTypeCode?typeCode=damage')).toMatchObject({
				data: [{ typeCode: 'damage', code: '1' }, { typeCode: 'damage' }],
			});
			for (const path of ['/fir/detail/query', '/fir/dictionaryInfo/queryByTypeCode']) {
				expect(await get(path)).toEqual({ status: 0, errMsg: 'Unknown Exception' });
			}
		}
	});

	it('takes reports as JSON, and files as a form', async () => {
		const { data } = (await login()).json;
		const post = async (path: string, body: RequestInit['body'], type?: string) => {
			const headers = { maxus_jwt: data, 'X-Timestamp': timestamp() };
			const contentType: HeadersInit = type === undefined ? {} : { 'Content-Type': type };
			const init = { method: 'POST', headers: { ...headers, ...contentType }, body };
			return (await call(`${base()}${path}`, init)).json;
		};
		for (const path of ['/fir/update', '/fir/new/submit', '/claim/new/update']) {
			const answer = await post(path, '{"vin":"x"}', JSON_TYPE);
			expect(answer).toEqual({ status: 1, errMsg: 'success', data: { vin: 'x' } });
			expect(await post(path, '{"vin":', JSON_TYPE)).toMatchObject({ status: 0 });
		}
		const form = new FormData();
		form.append('remark', 'a');
		form.append('file', new Blob([Buffer.from([0, 13, 10, 45, 45, 255])]), 'Schäden "1".jpg');
		expect(await post('/fir/file/upload', form)).toEqual({
			status: 1,
			errMsg: 'success',
			data: [{ fileName: 'Schäden %221%22.jpg', bytes: 6 }],
		});
		expect(await post('/fir/file/upload', '{}', JSON_TYPE)).toMatchObject({ status: 0 });
	});

	it('lets a token in for 3 minutes', async () => {
		const { data } = (await login()).json;
		running.clock.now = START + 179_999;
		expect((await business(data)).status).toBe(200);
		running.clock.now = START + 180_000;
		expect((await business(data)).status).toBe(401);
	});

	it('keeps its two environments apart', async () => {
		const { data } = (await login({ below: '/test' })).json;
		expect((await business(data, '/test/fir/update')).status).toBe(200);
		expect((await business(data)).status).toBe(401);
	});

	it('wants the bare token and the timestamp on a business call', async () => {
		const { data } = (await login()).json;
		expect((await business(`Bearer ${data}`)).status).toBe(401);
		expect((await business('')).status).toBe(401);
		expect((await business(data, '/echo', { 'X-Timestamp': String(START) })).status).toBe(400);
	});

	it('can let a token in only once', async () => {
		running.sandbox.faults.maxusSingleUse = true;
		const { data } = (await login()).json;
		expect((await business(data)).status).toBe(200);
		expect((await business(data)).status).toBe(401);
	});

	it('counts both kinds of call in a sliding minute', async () => {
		running.sandbox.faults.maxusRateLimit = 3;
		const { data } = (await login()).json;
		running.clock.now += 20_000;
		await business(data);
		await business(data);
		const refused = await business(data);
		expect(refused.status).toBe(429);
		expect(refused.headers.get('retry-after')).toBe('40');
		running.clock.now += 40_000;
		expect((await business(data)).status).toBe(200);
		expect((await business(data)).status).toBe(429);
	});

	it('allows 600 a minute unless told otherwise', async () => {
		for (let n = 0; n < 600; n++) expect((await business('x')).status).toBe(401);
		expect((await business('x')).status).toBe(429);
		running.sandbox.faults.maxusRateLimit = 0;
		expect((await business('x')).status).toBe(401);
	});

	it('answers 404 where a base URL was joined with two slashes', async () => {
		expect((await login({ below: '/' })).status).toBe(404);
	});
});
