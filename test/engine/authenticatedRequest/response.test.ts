import {
	anyLocalPort,
	calls,
	contentOf,
	jsonOf,
	numbered,
	onlyJson,
	request,
	responseOption,
	sandbox,
	serve,
} from './setup';

import { createHash } from 'node:crypto';

const readAs = (response: object) => ({ options: responseOption(response) });

/** An answer that the service gives next. */
function answerWith(body: string, contentType: string, headers?: Record<string, string>): void {
	sandbox.faults.maxus.businessFailures = [{ status: 200, body, contentType, headers }];
}

describe('autodetect', () => {
	it('JSON becomes the item', async () => {
		expect(await onlyJson()).toMatchObject({ ok: true, method: 'GET' });
	});

	it('a JSON list becomes an item for each entry, paired with the input', async () => {
		const { items } = await request({ url: '/array' }, { items: numbered(2) });
		expect(items.map(({ json }) => json.id)).toEqual([1, 2, 3, 1, 2, 3]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
		);
	});

	it('an empty list gives no item', async () => {
		answerWith('[]', 'application/json');
		expect(await jsonOf()).toEqual([]);
	});

	it.each([
		['/text', 'Plain text'],
		['/html', '<!doctype html><html><body><h1>Sign in</h1></body></html>'],
		['/latin1', 'Grüße aus Zürich, café'],
		['/gbk', '你好，世界'],
	])('%s is text in the field data', async (url, data) => {
		expect(await onlyJson({ url })).toEqual({ data });
	});

	it('the field may have another name', async () => {
		const options = readAs({ outputPropertyName: 'page' });
		expect(await onlyJson({ url: '/text', ...options })).toEqual({ page: 'Plain text' });
	});

	it.each([
		['[1, "a", null, true]', [{ data: 1 }, { data: 'a' }, { data: null }, { data: true }]],
		['[[1, 2], []]', [{ data: [1, 2] }, { data: [] }]],
		['[{ "a": 1 }, 2]', [{ a: 1 }, { data: 2 }]],
		['"text"', [{ data: 'text' }]],
		['0', [{ data: 0 }]],
		['false', [{ data: false }]],
		['null', [{}]],
		['[]', []],
	])('%s gives items that the next node can read', async (body, items) => {
		for (const contentType of ['application/json', 'text/plain']) {
			answerWith(body, contentType);
			expect(await jsonOf(readAs({ responseFormat: 'json' }))).toEqual(items);
		}
	});

	it('a plain value takes the field that the output is put in', async () => {
		answerWith('[7]', 'application/json');
		expect(await jsonOf(readAs({ outputPropertyName: 'id' }))).toEqual([{ id: 7 }]);
	});

	const LARGE =
		'{"id":12345678901234567890,"exact":9007199254740992,"list":[-0.10000000000000000001,1e400,1.5],"text":"12345678901234567890"}';

	it('gives large numbers as text when that is wanted', async () => {
		answerWith(LARGE, 'application/json');
		expect(await onlyJson({ options: { largeNumbersAsText: true } })).toEqual({
			id: '12345678901234567890',
			exact: 9007199254740992,
			list: ['-0.10000000000000000001', '1e400', 1.5],
			text: '12345678901234567890',
		});
	});

	it('shows them so to the pagination, and sends them so', async () => {
		answerWith('{"next":12345678901234567890}', 'application/json');
		const parameters = [{ type: 'qs', name: 'after', value: '={{ $response.body.next }}' }];
		const pagination = {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters },
			limitPagesFetched: true,
			maxRequests: 2,
		};
		await jsonOf({ options: { largeNumbersAsText: true, pagination: { pagination } } });
		expect(calls().map(({ query }) => query)).toEqual(['', 'after=12345678901234567890']);
	});

	it('no content gives an empty item', async () => {
		const { items, error } = await request({ url: '/empty' });
		expect(error).toBeNull();
		expect(items).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
	});

	it('HEAD gives an empty item', async () => {
		const { items, error } = await request({ method: 'HEAD' });
		expect(error).toBeNull();
		expect(items).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
	});

	it('a large file arrives whole, and can be sent on', async () => {
		const { items } = await request({ url: '/bytes/5000000' });
		const sendIt = { method: 'PUT', sendBody: true, contentType: 'binaryData' };
		const answer = await onlyJson({ ...sendIt, inputDataFieldName: 'data' }, { items });
		const sha256 = createHash('sha256')
			.update(await contentOf(items[0]))
			.digest('hex');
		expect(answer.body).toEqual({ bytes: 5_000_000, sha256 });
	});

	it('a file becomes binary, with its name, type and the json of the input', async () => {
		const items = [
			{ json: { id: 7 }, binary: { other: { data: 'eA==', mimeType: 'text/plain' } } },
		];
		const result = await request({ url: '/bytes/1000' }, { items });
		const [item] = result.items;
		expect(item?.json).toEqual({ id: 7 });
		expect(item?.pairedItem).toEqual({ item: 0 });
		expect(Object.keys(item?.binary ?? {})).toEqual(['other', 'data']);
		expect(item?.binary?.data).toMatchObject({
			fileName: 'sandbox-1000.bin',
			mimeType: 'application/octet-stream',
		});
		expect((await contentOf(item)).toString()).toBe('sandbox.'.repeat(125));
	});

	it('JSON that is none is an error', async () => {
		answerWith('{ no', 'application/json');
		const { error } = await request();
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Response body is not valid JSON',
			description: expect.stringContaining('"Response Format"'),
		});
	});

	it('JSON in a character set of its own', async () => {
		sandbox.faults.maxus.businessFailures = [
			{ status: 200, body: '{"名":"小白"}', contentType: 'application/json; charset="UTF-8"' },
		];
		expect(await onlyJson()).toEqual({ 名: '小白' });
	});

	it('an unknown character set does not stop the item', async () => {
		answerWith('plain', 'text/plain; charset=x-no-such');
		expect(await onlyJson()).toEqual({ data: 'plain' });
	});
});

describe('JSON', () => {
	it('whatever the content type', async () => {
		answerWith('{ "a": 1 }', 'text/plain');
		expect(await onlyJson(readAs({ responseFormat: 'json' }))).toEqual({ a: 1 });
	});

	it('an HTML page is an error', async () => {
		const { error } = await request({ url: '/html', ...readAs({ responseFormat: 'json' }) });
		expect(error?.message).toBe('Response body is not valid JSON');
	});

	it('no content gives an empty item', async () => {
		const json = await onlyJson({ url: '/empty', ...readAs({ responseFormat: 'json' }) });
		expect(json).toEqual({});
	});
});

describe('text', () => {
	it('keeps JSON as it came', async () => {
		answerWith('{ "a":  1 }', 'application/json');
		expect(await onlyJson(readAs({ responseFormat: 'text' }))).toEqual({ data: '{ "a":  1 }' });
	});

	it('no content is empty text', async () => {
		const json = await onlyJson({ url: '/empty', ...readAs({ responseFormat: 'text' }) });
		expect(json).toEqual({ data: '' });
	});
});

describe('file', () => {
	it('any answer can be saved', async () => {
		const options = readAs({ responseFormat: 'file', outputPropertyName: 'page' });
		const { items } = await request({ url: '/html', ...options });
		const page = items[0]?.binary?.page;
		expect(page).toMatchObject({ mimeType: 'text/html', fileName: 'html' });
		expect((await contentOf(items[0], 'page')).toString()).toContain('Sign in');
	});

	it('has the name the service gives, in any language', async () => {
		answerWith('x', 'application/pdf', {
			'Content-Disposition':
				"attachment; filename=plain.pdf; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf",
		});
		const { items } = await request();
		expect(items[0]?.binary?.data).toMatchObject({
			fileName: '报告.pdf',
			fileExtension: 'pdf',
			mimeType: 'application/pdf',
		});
	});

	it('has the name of the URL otherwise', async () => {
		answerWith('x', 'image/png');
		const { items } = await request({ url: '/photos/car.png?size=1' });
		expect(items[0]?.binary?.data).toMatchObject({ fileName: 'car.png', mimeType: 'image/png' });
	});
});

describe('full response', () => {
	it('JSON is in body', async () => {
		const json = await onlyJson(readAs({ fullResponse: true }));
		expect(json).toEqual({
			body: expect.objectContaining({ ok: true }),
			headers: expect.objectContaining({ 'content-type': 'application/json; charset=utf-8' }),
			statusCode: 200,
			statusMessage: 'OK',
		});
	});

	it('a list stays one', async () => {
		const json = await onlyJson({ url: '/array', ...readAs({ fullResponse: true }) });
		expect(json.body).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
	});

	it('text is in its field', async () => {
		const json = await onlyJson({ url: '/text', ...readAs({ fullResponse: true }) });
		expect(json).toMatchObject({ data: 'Plain text', statusCode: 200 });
	});

	it('a file is in its binary field', async () => {
		const { items } = await request({ url: '/bytes/10', ...readAs({ fullResponse: true }) });
		expect(items[0]).toMatchObject({
			json: { statusCode: 200 },
			binary: { data: { fileName: 'sandbox-10.bin' } },
		});
	});

	it('never holds what was sent', async () => {
		const json = await onlyJson(readAs({ fullResponse: true }));
		expect(JSON.stringify(json)).not.toContain(calls()[0]?.token);
	});
});

describe('never error', () => {
	it('gives the answer of a refusal', async () => {
		const json = await onlyJson({ url: '/status/404', ...readAs({ neverError: true }) });
		expect(json).toEqual({ message: 'Status 404' });
	});

	it('gives the status too', async () => {
		const options = readAs({ neverError: true, fullResponse: true });
		const json = await onlyJson({ url: '/status/500', ...options, method: 'POST' });
		expect(json).toMatchObject({ statusCode: 500, body: { message: 'Status 500' } });
	});

	it('forgives JSON that is none', async () => {
		answerWith('{ no', 'application/json');
		expect(await onlyJson(readAs({ neverError: true }))).toEqual({});
	});
});

it('suggests to split out a list that lies in the field data', async () => {
	answerWith('{"data":[1,2]}', 'application/json');
	expect((await request()).hints).toMatchObject([
		{ message: expect.stringContaining("'Split Out'"), location: 'outputPane' },
	]);
});

describe('a header that comes twice', () => {
	const LINES: Array<[string, string]> = [
		['Content-Type', 'application/json'],
		['Set-Cookie', 'a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT'],
		['Set-Cookie', 'b=2'],
		['Link', '</a>; rel=next'],
		['Link', '</b>; rel=prev'],
	];

	it.each([
		['', {}],
		['of a file', { responseFormat: 'file' }],
		['of text', { responseFormat: 'text' }],
	])('is a list in what n8n stores, for cookies %s', async (_what, more) => {
		const url = await serve((_asked, answer) => {
			answer.writeHead(200, LINES.flat()).end('{}');
		});
		for (const typeVersion of [1, 1.1]) {
			const options = responseOption({ fullResponse: true, ...more });
			const run = { credential: anyLocalPort, typeVersion };
			const item = JSON.parse(JSON.stringify(await onlyJson({ url, options }, run))) as object;
			expect(item).toMatchObject({
				headers: {
					'set-cookie': ['a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT', 'b=2'],
					link: '</a>; rel=next, </b>; rel=prev',
				},
			});
		}
	});
});
