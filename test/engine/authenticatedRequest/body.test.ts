import { calls, echoOf, fields, jsonOf, onlyJson, readForm, request, tokens } from './setup';

import { createHash, randomBytes } from 'node:crypto';

const post = { method: 'POST', sendBody: true };

const file = (content: Buffer, more: object = {}) => ({
	data: content.toString('base64'),
	mimeType: 'image/png',
	fileName: 'photo.png',
	...more,
});

describe('JSON', () => {
	it('by fields, with paths in their names', async () => {
		const bodyParameters = fields(
			['名', '小白'],
			['a.b[1].c', 'deep'],
			['constructor.x', 1],
			['', 'x'],
		);
		const received = await echoOf({ ...post, bodyParameters });
		expect(JSON.parse(received.body)).toEqual({
			名: '小白',
			a: { b: [null, { c: 'deep' }] },
			constructor: { x: 1 },
		});
		expect(received.headers['content-type']).toBe('application/json');
	});

	it.each([
		['an object', '{ "名": ["小白", 1, null] }', { 名: ['小白', 1, null] }],
		['a list', '[1, 2]', [1, 2]],
		['an object from an expression', '={{ { id: $json.id } }}', { id: 7 }],
		['nothing but false', 'false', false],
	])('by JSON: %s', async (_what, jsonBody, expected) => {
		const run = { items: [{ json: { id: 7 } }] };
		const { body } = await echoOf({ ...post, specifyBody: 'json', jsonBody }, run);
		expect(JSON.parse(body)).toEqual(expected);
	});

	it('by JSON: text stays JSON', async () => {
		const { body } = await echoOf({ ...post, specifyBody: 'json', jsonBody: '"just text"' });
		expect(body).toBe('"just text"');
	});

	it('goes with GET, DELETE, PUT and PATCH too', async () => {
		for (const method of ['GET', 'DELETE', 'PUT', 'PATCH']) {
			const answer = await onlyJson({ ...post, method, bodyParameters: fields(['a', 1]) });
			expect(answer).toMatchObject({ method, body: { a: 1 } });
		}
	});

	it('goes with GET, together with a query and headers', async () => {
		const received = await echoOf({
			...post,
			method: 'GET',
			bodyParameters: fields(['a', 1]),
			sendQuery: true,
			queryParameters: fields(['id', '1'], ['id', '2']),
			sendHeaders: true,
			headerParameters: fields(['X-Dealer', 'AU-1']),
			options: { queryParameterArrays: 'repeat' },
		});
		expect(received).toMatchObject({ query: 'id=1&id=2', headers: { 'x-dealer': 'AU-1' } });
		expect(received.headers['content-type']).toBe('application/json');
		expect(received.token).toBe(tokens()[0]);
	});

	it('is not sent while it is switched off', async () => {
		const received = await echoOf({ method: 'POST', bodyParameters: fields(['a', 1]) });
		expect(received.body).toBe('');
	});

	it('may have a content type of its own', async () => {
		const { headers } = await echoOf({
			...post,
			bodyParameters: fields(['a', 1]),
			sendHeaders: true,
			headerParameters: fields(['Content-Type', 'application/vnd.api+json']),
		});
		expect(headers['content-type']).toBe('application/vnd.api+json');
	});
});

describe('form', () => {
	const form = { ...post, contentType: 'form-urlencoded' };

	it('by fields: a name that comes again comes again', async () => {
		const received = await echoOf({
			...form,
			bodyParameters: fields(['名', '小白 & +'], ['id', '1'], ['id', '2']),
		});
		expect(received.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect([...new URLSearchParams(received.body)]).toEqual([
			['名', '小白 & +'],
			['id', '1'],
			['id', '2'],
		]);
	});

	it('by a single field', async () => {
		const received = await echoOf({ ...form, specifyBody: 'string', body: 'a=1&b=%E5%B0%8F' });
		expect([...new URLSearchParams(received.body)]).toEqual([
			['a', '1'],
			['b', '小'],
		]);
	});
});

describe('raw', () => {
	it('with the content type the user names', async () => {
		const received = await echoOf({
			...post,
			contentType: 'raw',
			rawContentType: 'application/xml; charset=utf-8',
			body: '<名>小白</名>',
		});
		expect(received.body).toBe('<名>小白</名>');
		expect(received.headers['content-type']).toBe('application/xml; charset=utf-8');
	});

	it('that looks like JSON arrives as it was written', async () => {
		const body = '{ "a" :  1 }';
		const received = await echoOf({
			...post,
			contentType: 'raw',
			rawContentType: 'text/plain',
			body,
		});
		expect(received.body).toBe(body);
	});
});

describe('multipart form', () => {
	const multipart = { ...post, contentType: 'multipart-form-data' };

	it('with texts and files, in their order', async () => {
		const content = randomBytes(200_000);
		const parameters = [
			{ parameterType: 'formData', name: '名', value: '小白' },
			{ parameterType: 'formBinaryData', name: 'photo', inputDataFieldName: 'picture' },
			{ parameterType: 'formData', name: '名', value: 'again' },
			{ name: 'count', value: 3 },
		];
		const binary = { picture: file(content, { fileName: '照片 "1".png' }) };
		const received = await echoOf(
			{ ...multipart, bodyParameters: { parameters } },
			{ items: [{ json: {}, binary }] },
		);
		const form = await readForm(received);
		expect(form).toEqual([
			['名', '小白'],
			['photo', expect.any(File)],
			['名', 'again'],
			['count', '3'],
		]);
		const photo = form[1]?.[1] as File;
		expect(photo).toMatchObject({ type: 'image/png', size: content.length });
		expect(Buffer.from(await photo.arrayBuffer()).equals(content)).toBe(true);
		expect(received.rawBody.toString()).toContain('filename="照片 %221%22.png"');
		expect(Number(received.headers['content-length'])).toBe(received.bodyBytes);
	});

	it('a content type the user gave does not lose the boundary', async () => {
		const received = await echoOf({
			...multipart,
			bodyParameters: fields(['a', '1']),
			sendHeaders: true,
			headerParameters: fields(['Content-Type', 'multipart/form-data']),
		});
		expect(await readForm(received)).toEqual([['a', '1']]);
	});

	it('is sent whole again after a 401', async () => {
		const parameters = [
			{ parameterType: 'formBinaryData', name: 'photo', inputDataFieldName: 'data' },
		];
		const content = Buffer.from('a picture');
		await jsonOf(
			{ ...multipart, url: '/status/401?times=1', bodyParameters: { parameters } },
			{ items: [{ json: {}, binary: { data: file(content) } }] },
		);
		expect(calls().map(({ status }) => status)).toEqual([401, 200]);
		for (const call of calls()) {
			const [[, photo] = []] = await readForm(call);
			expect(await (photo as File).text()).toBe('a picture');
		}
	});
});

describe.each(['HEAD', 'OPTIONS', 'DELETE', 'GET', 'MOVE'])('%s takes any body along', (method) => {
	const bodyParameters = fields(['a', 1]);
	const items = [{ json: {}, binary: { data: file(Buffer.from('pixels')) } }];

	it.each([
		['json', '{"a":1}', 'application/json'],
		['form-urlencoded', 'a=1', 'application/x-www-form-urlencoded'],
		['raw', '<a/>', 'text/xml'],
		['binaryData', 'pixels', 'image/png'],
	])('%s', async (contentType, body, type) => {
		const parameters = { method, sendBody: true, contentType, bodyParameters };
		const raw = { rawContentType: 'text/xml', body: '<a/>', inputDataFieldName: 'data' };
		const received = await echoOf({ ...parameters, ...raw }, { items });
		expect(received).toMatchObject({ method, body });
		expect(received.headers['content-type']).toBe(type);
	});

	it('multipart-form-data', async () => {
		const contentType = 'multipart-form-data';
		const received = await echoOf({ method, sendBody: true, contentType, bodyParameters });
		expect(await readForm(received)).toEqual([['a', '1']]);
	});
});

describe('binary file', () => {
	const binaryBody = { ...post, contentType: 'binaryData', inputDataFieldName: 'data' };

	it('goes as it is, with its content type and length', async () => {
		const content = randomBytes(300_000);
		const items = [{ json: {}, binary: { data: file(content) } }];
		const received = await echoOf(binaryBody, { items });
		expect(received.bodySha256).toBe(createHash('sha256').update(content).digest('hex'));
		expect(received.headers).toMatchObject({
			'content-type': 'image/png',
			'content-length': '300000',
		});
	});

	it('may be given another content type', async () => {
		const items = [{ json: {}, binary: { data: file(Buffer.from('x')) } }];
		const headerParameters = fields(['Content-Type', 'image/webp']);
		const { headers } = await echoOf(
			{ ...binaryBody, sendHeaders: true, headerParameters },
			{ items },
		);
		expect(headers['content-type']).toBe('image/webp');
	});

	it.each(['multipart-form-data', 'binaryData'])(
		'%s: one that is missing is named, and stops its item alone',
		async (contentType) => {
			const items = [{ json: {} }, { json: {}, binary: { data: file(Buffer.from('x')) } }];
			const parameters = [
				{ parameterType: 'formBinaryData', name: 'f', inputDataFieldName: 'data' },
			];
			const [first, second] = await jsonOf(
				{ ...binaryBody, contentType, bodyParameters: { parameters } },
				{ items, onError: 'continueRegularOutput' },
			);
			expect(first).toEqual({
				error: 'This item has no binary field "data"',
				details: { advice: expect.any(String) as string, errorCode: null },
			});
			expect(second).toMatchObject({ ok: true });
		},
	);
});

it('a large file is not kept in memory by a retry: it is opened anew', async () => {
	const content = randomBytes(100_000);
	const { error } = await request(
		{
			...post,
			method: 'PUT',
			url: '/status/503?retryAfter=0&times=1',
			contentType: 'binaryData',
			inputDataFieldName: 'data',
		},
		{ items: [{ json: {}, binary: { data: file(content) } }] },
	);
	expect(error).toBeNull();
	expect(calls().map(({ bodyBytes }) => bodyBytes)).toEqual([100_000, 100_000]);
});
