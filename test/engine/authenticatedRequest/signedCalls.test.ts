import { createHash } from 'node:crypto';

import { calls, fields, jsonOf, request, sandbox, serve, type RequestRun } from './setup';

const provider = 'yesApi';

const sign = { signRequest: true };

const hello = { url: '/?s=App.Hello.World', options: sign };

const form = { method: 'POST', sendBody: true, contentType: 'form-urlencoded' };

const json = (jsonBody: unknown) => ({
	method: 'POST',
	sendBody: true,
	contentType: 'json',
	specifyBody: 'json',
	jsonBody: JSON.stringify(jsonBody),
});

const SIGNED: RequestRun = { provider };

const given = async (parameters: object, run: RequestRun = SIGNED) => {
	const [item] = await jsonOf(parameters, run);
	const { data } = item as { data: Record<string, unknown> };
	return data.parameters ?? data.given ?? data;
};

describe('a signed YesApi call is taken by a service written in PHP', () => {
	it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('by %s with a query', async (method) => {
		const query = { sendQuery: true, queryParameters: fields(['名', '小白 & +']) };
		expect(await given({ ...hello, method, ...query })).toEqual({ 名: '小白 & +' });
	});

	it('by POST without a body, and with a form', async () => {
		expect(await given({ ...hello, method: 'POST' })).toEqual({});
		const body = { ...form, bodyParameters: fields(['名', '小白 & +']) };
		expect(await given({ ...hello, ...body })).toEqual({ 名: '小白 & +' });
	});

	it('with JSON', async () => {
		const parameters = { 名: '小白', page: 2, where: { a: [1, '/'] } };
		expect(await given({ ...hello, ...json(parameters) })).toEqual({
			名: '小白',
			page: '2',
			where: '{"a":[1,"/"]}',
		});
		expect(calls()[0]?.headers['content-type']).toBe('application/json');
	});

	it('with the interface in the path, with and without a slash at the end', async () => {
		const run = { ...SIGNED, credential: { pathStyle: 'path' } };
		const named = { ...form, bodyParameters: fields(['a', '1']) };
		for (const url of ['/api/App/Hello/World', '/api/App/Hello/World/']) {
			expect(await given({ ...hello, url, ...named }, run)).toEqual({ a: '1' });
		}
		const signing = { ...run, credential: { pathStyle: 'path', signService: true } };
		const url = '/api/App/Hello/World/';
		expect(await given({ ...hello, url, ...named }, signing)).toEqual({ a: '1' });
		expect(new URLSearchParams(calls().at(-1)?.body).get('s')).toBe('App.Hello.World');
	});

	it('with a file, of which the texts alone are signed', async () => {
		const content = Buffer.from('a picture');
		const parameters = [
			{ parameterType: 'formData', name: 'file_name', value: '照片.png' },
			{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'picture' },
		];
		const picture = { data: content.toString('base64'), mimeType: 'image/png', fileName: 'a.png' };
		const upload = {
			url: '/?s=App.CDN.UploadImg',
			options: sign,
			method: 'POST',
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: { parameters },
		};
		const run = { ...SIGNED, items: [{ json: {}, binary: { picture } }] };
		expect(await given(upload, run)).toMatchObject({
			bytes: content.length,
			sha256: createHash('sha256').update(content).digest('hex'),
			url: `http://cdn.invalid/${encodeURIComponent('照片.png')}`,
		});
	});

	it('with objects where YesApi wants JSON text', async () => {
		const data = { name: '小白', tags: ['a', 'b'] };
		const create = { url: '/?s=App.Table.Create', options: sign, method: 'POST', sendBody: true };
		const bodyParameters = fields(['model_name', 'demo'], ['data', '={{ $json.record }}']);
		const run = { ...SIGNED, items: [{ json: { record: data } }] };
		const byForm = { ...create, contentType: 'form-urlencoded', bodyParameters };
		expect(await given(byForm, run)).toEqual({ model_name: 'demo', data });
		expect(await given({ ...create, ...json({ model_name: 'demo', data }) })).toEqual({
			model_name: 'demo',
			data,
		});
	});

	it('on behalf of a member', async () => {
		const { uuid, sessionToken } = sandbox.credentials.yesApiSession;
		expect(await given({ ...hello, options: { ...sign, uuid, sessionToken } })).toEqual({});
		const wrong = `${sessionToken.slice(1)}0`;
		const options = { ...sign, uuid, sessionToken: wrong };
		const { error } = await request({ ...hello, options }, SIGNED);
		expect(error?.message).toContain('did not accept the session of this member (ret 401)');
		const half = await request({ ...hello, options: { ...sign, uuid } }, SIGNED);
		expect(half.error).toMatchObject({
			name: 'NodeOperationError',
			message: 'UUID and Session Token go together, and only one of them is given',
		});
	});

	it('with a static signature', async () => {
		const credential = sandbox.credentials.yesApiStatic as never;
		const query = { sendQuery: true, queryParameters: fields(['a', '1']) };
		expect(await given({ ...hello, ...query }, { ...SIGNED, credential })).toEqual({ a: '1' });
		const sent = new URLSearchParams(calls()[0]?.query);
		expect(sent.get('sign')).toBe(sandbox.credentials.yesApiStatic.staticSignSecret);
		expect(sent.get('_timestamp')).toMatch(/^\d{10}$/);
	});
});

it.each(['PUT', 'PATCH', 'DELETE'])(
	'a form under %s is refused before any call',
	async (method) => {
		const { error } = await request({ ...hello, ...form, method }, SIGNED);
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: `YesApi reads no form of a ${method} call`,
		});
		expect(sandbox.requests).toEqual([]);
	},
);

describe('the field Call', () => {
	const callTo = 'interface';
	const url = '/?s=App.Hello.World';

	it('signs the call and fetches no token', async () => {
		expect(await given({ callTo, url })).toEqual({});
		expect(sandbox.requests.map(({ kind }) => kind)).toEqual(['business']);
		expect(new URLSearchParams(calls()[0]?.query).get('sign')).toMatch(/^[0-9A-F]{32}$/);
	});

	it('has the options of a signed call', async () => {
		const { uuid, sessionToken } = sandbox.credentials.yesApiSession;
		const options = { uuid, sessionToken, verifyResponse: true };
		expect(await given({ callTo, url, options })).toEqual({});
		expect(new URLSearchParams(calls()[0]?.query).get('uuid')).toBe(uuid);
	});

	it('sends a JWT by default', async () => {
		await jsonOf(
			{ callTo: 'server', url: `${sandbox.credentials.yesApi.baseUrl}/app/echo` },
			SIGNED,
		);
		expect(sandbox.requests.map(({ kind }) => kind)).toEqual(['token', 'business']);
	});

	it('is ignored for other providers', async () => {
		await jsonOf({ callTo, url: '/fir/detail/query?id=1' }, { provider: 'maxusApi' });
		expect(calls()[0]?.headers['maxus_jwt']).toMatch(/^eyJ/);
	});
});

describe('a refusal under HTTP 200', () => {
	it.each([
		[{ code: 413 }, 'The quota of the app is used up at YesApi (ret 413)', '413'],
		[
			{ errCode: 3, message: '数据不存在' },
			'YesApi did not carry out the call (code 3): 数据不存在',
			'3',
		],
	])('fails the item: %j', async (refusal, message, errorCode) => {
		sandbox.faults.yesApi.businessFailures = [{ refusal }];
		const run = { ...SIGNED, onError: 'continueRegularOutput' as const };
		const [item] = await jsonOf({ ...hello, ...form }, run);
		expect(item).toMatchObject({
			error: expect.stringContaining(message) as string,
			details: { errorCode },
		});
	});

	it('is the output with Fail on Vendor Error Code off', async () => {
		sandbox.faults.yesApi.businessFailures = [{ refusal: { code: 413 } }];
		const options = { ...sign, failOnVendorErrorCode: false };
		expect(await jsonOf({ ...hello, ...form, options }, SIGNED)).toMatchObject([{ ret: 413 }]);
	});

	it('of the signature names the field that is shown', async () => {
		const run = { ...SIGNED, credential: { appSecret: 'fake-wrong-secret' } };
		const { error } = await request(hello, run);
		expect(error?.description).toContain('Check the App Secret');
		expect(error?.description).not.toContain('Sign the Interface Name');
	});

	it('of a server of the user is none of YesApi', async () => {
		const url = await serve((_request, response) => {
			response.setHeader('Content-Type', 'application/json');
			response.end('{"ret":500,"msg":"mine"}');
		});
		expect(await jsonOf({ url }, SIGNED)).toEqual([{ ret: 500, msg: 'mine' }]);
	});
});

describe('Verify Response', () => {
	const options = { ...sign, verifyResponse: true };

	it('uses an answer that is signed', async () => {
		expect(await given({ ...hello, options })).toEqual({});
	});

	it.each([
		['changed', '{"ret":200,"data":{"a":1},"msg":"","_t":1,"_auth":"00000000"}', 'is wrong'],
		['not signed', '{"ret":200,"data":{"a":1},"msg":""}', 'did not sign its response'],
		['no JSON', 'OK', 'did not sign its response'],
	])('uses none that is %s, whatever else is asked for', async (_what, body, message) => {
		for (const more of [{}, { failOnVendorErrorCode: false, neverError: true }]) {
			sandbox.faults.yesApi.businessFailures = [{ status: 200, body }];
			const response = { response: { neverError: 'neverError' in more } };
			const { items, error } = await request(
				{ ...hello, options: { ...options, ...more, response } },
				SIGNED,
			);
			expect(items).toEqual([]);
			expect(error?.message).toContain(message);
		}
	});

	it('needs the app secret, and says so before a call', async () => {
		const credential = { ...sandbox.credentials.yesApiUnsigned, appSecret: '' };
		const { error } = await request({ ...hello, options }, { ...SIGNED, credential });
		expect(error?.message).toContain('needs the App Secret');
		expect(sandbox.requests).toEqual([]);
	});
});
