import { readRefusedResponse } from '../../../providers/call/refusedResponse';

const read = (body: unknown, contentType = 'application/json', headers = {}) =>
	readRefusedResponse(
		{ headers: { 'content-type': contentType, ...headers } },
		typeof body === 'string' ? body : JSON.stringify(body),
		['fake-secret'],
	);

describe('what a service says', () => {
	it.each([
		['plain', { code: 7, message: 'No such car' }, '7', 'No such car'],
		['ServiceComb', { errorCode: '401202', errorMessage: 'wrong' }, '401202', 'wrong'],
		['Feishu', { code: 99991663, msg: 'token expired' }, '99991663', 'token expired'],
		['WeChat', { errcode: 40001, errmsg: 'invalid credential' }, '40001', 'invalid credential'],
		[
			'OAuth 2',
			{ error: 'invalid_grant', error_description: 'The code is used' },
			'invalid_grant',
			'The code is used',
		],
		['a sentence as error', { error: 'Car not found' }, null, 'Car not found'],
		[
			'Google',
			{ error: { code: 404, message: 'Not here', status: 'NOT_FOUND' } },
			'404',
			'Not here {"error":{"code":404,"message":"Not here","status":"NOT_FOUND"}}',
		],
		[
			'a list of errors',
			{ errors: [{ code: 'E1', detail: 'vin is short' }] },
			'E1',
			'vin is short {"errors":[{"code":"E1","detail":"vin is short"}]}',
		],
		[
			'RFC 9457',
			{
				type: 'https://example.test/errors/1',
				title: 'Not valid',
				status: 422,
				detail: 'Two fields are wrong',
				errors: [{ pointer: '/vin', detail: 'too short' }],
			},
			null,
			'Two fields are wrong {"errors":[{"pointer":"/vin","detail":"too short"}]}',
		],
		[
			'Spring',
			{ message: 'Bad', fieldErrors: { vin: ['must not be blank'] } },
			null,
			'Bad {"fieldErrors":{"vin":["must not be blank"]}}',
		],
		['a JSON text', 'Just words', null, 'Just words'],
		['a list of texts', ['one', 'two'], null, '["one","two"]'],
		['nothing that is known', { a: 1 }, null, '{"a":1}'],
		['null', null, null, 'null'],
		[
			'names of Object.prototype',
			{ constructor: 'x', toString: 1 },
			null,
			'{"constructor":"x","toString":1}',
		],
		['a message that is an object', { message: { text: 'x' } }, null, '{"message":{"text":"x"}}'],
	])('%s', (_name, body, code, message) => {
		expect(read(body)).toMatchObject({ code, message });
	});

	it.each([
		[
			'a page, by title and text',
			'<!doctype html><html><head><title>502 Bad Gateway</title><style>p{}</style></head><body><h1>Sorry</h1><p>nginx &amp; co</p><script>x()</script></body></html>',
			'text/html',
			'502 Bad Gateway: Sorry nginx & co',
		],
		[
			'a page whose text begins with its title',
			'<html><head><title>Not Found</title></head><body><h1>Not Found</h1><p>No page.</p></body></html>',
			'text/html; charset=utf-8',
			'Not Found No page.',
		],
		['a page that does not say it is one', ' <HTML><body>Sign in</body></HTML>', '', 'Sign in'],
		[
			'XML',
			'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
			'application/xml',
			'AccessDenied Access Denied',
		],
		['text', '  Too busy \n', 'text/plain', 'Too busy'],
		['text with an angle bracket', 'a < b', 'text/plain', 'a < b'],
	])('%s', (_name, body, contentType, message) => {
		const answer = read(body, contentType);
		expect(answer).toEqual({ code: null, message, requestId: null });
	});

	it('nothing', () => {
		expect(read('', 'text/plain')).toEqual({ code: null, message: null, requestId: null });
	});
});

describe('the request ID', () => {
	it.each([
		[{ code: 83, logUUID: 'b7a1' }, {}, 'b7a1'],
		[{ error: { requestId: 'r-1' } }, {}, 'r-1'],
		[{}, { 'x-request-id': 'r-2' }, 'r-2'],
		[{ trace_id: 't' }, { 'x-request-id': 'r-2' }, 't'],
		[{}, {}, null],
	])('of %j with headers %j', (body, headers, requestId) => {
		expect(read(body, 'application/json', headers).requestId).toBe(requestId);
	});
});

describe('the answer that is handed on', () => {
	it('is whole when it is small', () => {
		const body = { errors: [{ field: 'vin', rules: ['length', 17] }], ok: false, more: null };
		expect(read(body).response).toEqual(body);
	});

	it('is bounded in length, number and depth', () => {
		const deep = '['.repeat(100_000) + ']'.repeat(100_000);
		const { response } = read({
			long: 'x'.repeat(2_000_000),
			many: Array.from({ length: 5000 }, (_, index) => ({ index })),
			['k'.repeat(5000)]: 1,
			deep: JSON.parse('[[[[[[[[1]]]]]]]]') as unknown,
		});
		expect(JSON.stringify(response).length).toBeLessThan(6000);
		expect(response).toMatchObject({ deep: [[[[['…']]]]] });
		expect(JSON.stringify(read(deep).response)).toBe('[[[[[["…"]]]]]]');
		const wide = Object.fromEntries(
			Array.from({ length: 30 }, (_, index) => [`a${index}`, Array(30).fill('y'.repeat(400))]),
		);
		expect(JSON.stringify(read(wide).response).length).toBeLessThan(12_000);
	});

	it('has no secret, in a key, in a text, or half of one', () => {
		const body = {
			['fake-secret']: `${'x'.repeat(495)}fake-secret`,
			access_token: 'abcdefghijklmnopqrst',
			token: ['is not valid any more'],
			list: ['fake-secret'],
		};
		const answer = read(body);
		expect(JSON.stringify(answer)).not.toMatch(/fake-|abcdefgh/);
		expect(answer.response).toMatchObject({
			access_token: '***',
			token: ['is not valid any more'],
			list: ['***'],
		});
	});

	it('takes names such as __proto__ for names', () => {
		const { response } = read('{"__proto__":{"a":1},"constructor":2}');
		expect(Object.keys(response as object)).toEqual(['__proto__', 'constructor']);
	});
});
