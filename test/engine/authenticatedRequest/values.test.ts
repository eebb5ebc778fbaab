import { decryptCipherText } from '../../../sandbox/agentAuth/cipher';
import { runHelpers } from '../harness';
import { echoOf, fields, jsonOf, readForm, request, sandbox } from './setup';

const post = { method: 'POST', sendBody: true };

const raw = (body: unknown, rawContentType = 'text/plain') => ({
	...post,
	contentType: 'raw',
	rawContentType,
	body,
});

const json = (jsonBody: unknown) => ({ ...post, specifyBody: 'json', jsonBody });

const form = (...pairs: Array<[string, unknown]>) => ({
	...post,
	contentType: 'form-urlencoded',
	bodyParameters: fields(...pairs),
});

const formText = (body: unknown) => ({
	...post,
	contentType: 'form-urlencoded',
	specifyBody: 'string',
	body,
});

const multipart = (...pairs: Array<[string, unknown]>) => ({
	...post,
	contentType: 'multipart-form-data',
	bodyParameters: fields(...pairs),
});

const query = (...pairs: Array<[string, unknown]>) => ({
	sendQuery: true,
	queryParameters: fields(...pairs),
});

const header = (...pairs: Array<[string, unknown]>) => ({
	sendHeaders: true,
	headerParameters: fields(...pairs),
});

/** What the header `x-h` came as, line by line. */
async function linesOf(parameters: object): Promise<string[]> {
	const { rawHeaders } = await echoOf(parameters);
	return rawHeaders.filter((_, at) => rawHeaders[at - 1] === 'x-h' && at % 2 === 1);
}

const SPECIAL: Array<[expression: string, text: string]> = [
	['={{ 5 }}', '5'],
	['={{ 0 }}', '0'],
	['={{ false }}', 'false'],
	['={{ BigInt("12345678901234567890") }}', '12345678901234567890'],
	['={{ new Date(0) }}', '1970-01-01T00:00:00.000Z'],
	['={{ DateTime.fromISO("2024-02-29T12:00:00Z", { zone: "utc" }) }}', '2024-02-29T12:00:00.000Z'],
];

const STRUCTURED: Array<[expression: string, text: string]> = [
	['={{ ({ a: { b: [1, null] } }) }}', '{"a":{"b":[1,null]}}'],
	['={{ [1, "小"] }}', '[1,"小"]'],
	['={{ [] }}', '[]'],
];

const UNSENDABLE: Array<[expression: string, why: string]> = [
	['={{ 0 / 0 }}', 'it is NaN'],
	['={{ 1 / 0 }}', 'it is Infinity'],
	['={{ new Map([["a", "fake-content"]]) }}', 'it is a Map'],
	['={{ new Date("no") }}', 'it is a date that is not valid'],
	['={{ [1, new Set([1])] }}', 'it is a Set'],
];

describe('an expression that gives no text', () => {
	it.each([...SPECIAL, ...STRUCTURED, ['={{ null }}', ''], ['={{ undefined }}', '']])(
		'raw: %s arrives as %s',
		async (expression, text) => {
			expect((await echoOf(raw(expression))).body).toBe(text);
		},
	);

	it.each([...SPECIAL, ...STRUCTURED, ['={{ null }}', '']])(
		'field of a multipart form: %s arrives as %s',
		async (expression, text) => {
			expect(await readForm(await echoOf(multipart(['a', expression])))).toEqual([['a', text]]);
		},
	);

	it.each(SPECIAL)('field of a form: %s arrives as %s', async (expression, text) => {
		const { body } = await echoOf(form(['a', expression]));
		expect([...new URLSearchParams(body)]).toEqual([['a', text]]);
	});

	it.each(SPECIAL)('query: %s arrives as %s', async (expression, text) => {
		const received = await echoOf(query(['a', expression]));
		expect([...new URLSearchParams(received.query)]).toEqual([['a', text]]);
	});

	it.each([...SPECIAL, ['={{ ({ a: [1] }) }}', '{"a":[1]}']])(
		'header: %s arrives as %s',
		async (expression, text) => {
			expect(await linesOf(header(['X-H', expression]))).toEqual([text]);
		},
	);

	it('header: a list comes line by line, nothing does not come', async () => {
		expect(await linesOf(header(['X-H', '={{ ["a", 2, true] }}']))).toEqual(['a', '2', 'true']);
		expect(await linesOf(header(['X-H', '={{ null }}'], ['X-H', '={{ undefined }}']))).toEqual([]);
	});

	it.each<[string, string]>([
		[
			'={{ ({ id: BigInt("12345678901234567890"), at: new Date(0) }) }}',
			'{"id":12345678901234567890,"at":"1970-01-01T00:00:00.000Z"}',
		],
		['={{ [1, "a"] }}', '[1,"a"]'],
		['={{ 5 }}', '5'],
		['={{ false }}', 'false'],
		['={{ new Date(0) }}', '"1970-01-01T00:00:00.000Z"'],
		['={{ BigInt(7) }}', '7'],
		['={{ null }}', ''],
		['={{ undefined }}', ''],
	])('JSON: %s arrives as %s', async (expression, text) => {
		expect((await echoOf(json(expression))).body).toBe(text);
	});

	it.each<[string, string]>([
		['={{ BigInt("12345678901234567890") }}', '12345678901234567890'],
		['12345678901234567890', '"12345678901234567890"'],
		['={{ new Date(0) }}', '"1970-01-01T00:00:00.000Z"'],
		['={{ ({ b: [1] }) }}', '{"b":[1]}'],
	])('field of JSON: %s arrives as %s', async (expression, text) => {
		const parameters = { ...post, bodyParameters: fields(['a', expression]) };
		expect((await echoOf(parameters)).body).toBe(`{"a":${text}}`);
	});

	describe.each<[place: string, label: string, parametersOf: (expression: string) => object]>([
		['raw', '"Body"', raw],
		['a field of a multipart form', 'The body field "a"', (value) => multipart(['a', value])],
		['a field of a form', 'The body field "a"', (value) => form(['a', value])],
		['the text of a form', '"Body"', formText],
		[
			'a field of JSON',
			'The body field "a"',
			(value) => ({ ...post, bodyParameters: fields(['a', value]) }),
		],
		['JSON', '"JSON Body"', json],
		['a query parameter', 'The query parameter "a"', (value) => query(['a', value])],
		['a header', 'The header "X-H"', (value) => header(['X-H', value])],
	])('%s', (_place, label, parametersOf) => {
		it.each(UNSENDABLE)('%s is refused by name: %s', async (expression, why) => {
			const { error } = await request(parametersOf(expression));
			expect(error).toMatchObject({
				name: 'NodeOperationError',
				message: `${label} cannot be sent: ${why}`,
			});
			expect(sandbox.requests).toEqual([]);
		});
	});

	it.each<[string, object]>([
		['The URL cannot be sent: it is an Array', { url: '={{ ["/echo"] }}' }],
		['The URL is empty', { url: '={{ undefined }}' }],
		['"Method" cannot be sent: it is not text', { method: '={{ ["GET"] }}' }],
		['The method is empty', { method: '={{ null }}' }],
		['The method "PTOS" is not known', { method: '={{ "ptos" }}' }],
		['"Body Content Type" cannot be "xml"', { ...post, contentType: '={{ "xml" }}' }],
		['"Specify Body" cannot be "yaml"', { ...post, specifyBody: '={{ "yaml" }}' }],
		['The name of a header cannot be sent: it is not text', header(['={{ ({}) }}' as string, 'x'])],
		['The name of a query parameter cannot be sent: it is not text', query(['={{ [1] }}', 'x'])],
		['The name of a body field cannot be sent: it is not text', form(['={{ [1] }}', 'x'])],
		['"Body" cannot be sent: it is a list, and a form needs names', formText('={{ [1] }}')],
		['"Content Type" cannot hold "文" (U+6587)', raw('x', '={{ "文" }}')],
		[
			'"Input Data Field Name" cannot be sent: it is not text',
			{ ...post, contentType: 'binaryData', inputDataFieldName: '={{ ({ data: 1 }) }}' },
		],
		[
			'This item has no binary field "constructor"',
			{ ...post, contentType: 'binaryData', inputDataFieldName: 'constructor' },
		],
	])('%s', async (message, parameters) => {
		const { error } = await request(parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(sandbox.requests).toEqual([]);
	});
});

describe('bytes of an expression', () => {
	it('go out as raw as they are', async () => {
		const { rawBody } = await echoOf(raw('={{ new Uint8Array([0, 255, 128]) }}', 'image/x'));
		expect([...rawBody]).toEqual([0, 255, 128]);
	});

	it('are refused where there has to be text', async () => {
		const { error } = await request(header(['X-H', '={{ new Uint8Array(2) }}']));
		expect(error).toMatchObject({
			message: 'The header "X-H" cannot be sent: it is binary data',
			description: expect.stringContaining('base64'),
		});
	});
});

describe('text goes out letter for letter', () => {
	it.each([
		'application/json',
		'application/json; charset=utf-8',
		'application/vnd.api+json',
		'text/plain',
		'text/xml; charset=gbk',
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'',
	])('raw under %j', async (type) => {
		for (const method of ['POST', 'GET', 'PATCH']) {
			for (const body of [' "not": json 张\r\n', ' {"a":  1.0}\n', '', '=', '9007199254740993']) {
				const received = await echoOf({ ...raw(body.replace(/^=/, '=='), type), method });
				expect(received.body).toBe(body);
				if (body !== '') {
					expect(String(received.headers['content-type'] ?? '').toLowerCase()).toBe(type);
				}
			}
		}
	});

	it.each([
		'{ "id": 9007199254740993 , "b":1.0 }',
		'[1.00000000000000000001,1e400]',
		' "text" ',
		'{"a":1,"a":2}',
		'"\\u00e9é"',
		'12345678901234567890',
	])('JSON: %s', async (text) => {
		for (const method of ['POST', 'GET', 'DELETE']) {
			expect((await echoOf({ ...json(text), method })).body).toBe(text);
		}
	});

	it.each(['{ "id": 9007199254740993 , "b":1.0 }', '{"a":1,"a":2}', '{}'])(
		'JSON, encrypted: %s',
		async (text) => {
			const { body } = await echoOf(json(text), { provider: 'agentAuthApi' });
			const { cipherText } = JSON.parse(body) as { cipherText: string };
			const { apiKey } = sandbox.credentials.agentAuthApi;
			expect(decryptCipherText(cipherText, apiKey)).toBe(text);
		},
	);

	it('JSON of a template, for Agent Auth too', async () => {
		const jsonBody = '={ "id": {{ $json.id }} }';
		const items = [{ json: { id: '9007199254740993' } }];
		expect((await echoOf(json(jsonBody), { items })).body).toBe('{ "id": 9007199254740993 }');
	});

	it('keeps the content type that the user gives for JSON', async () => {
		const { body, headers } = await echoOf({
			...json(' { "a" : 1 } '),
			...header(['Content-Type', 'application/vnd.api+json; charset=utf-8']),
		});
		expect(body).toBe(' { "a" : 1 } ');
		expect(headers['content-type']).toBe('application/vnd.api+json; charset=utf-8');
	});

	it.each([
		['a=1&b=2&a=3', 'a=1&b=2&a=3'],
		['2=x&1=y', '2=x&1=y'],
		['a=x+y%20z&empty&=v', 'a=x+y%20z&empty&=v'],
		['name=%C4%E3', 'name=%C4%E3'],
		['a=100%', 'a=100%'],
		['名=小白 1', '%E5%90%8D=%E5%B0%8F%E7%99%BD%201'],
		['?a=1', 'a=1'],
		['', ''],
	])('a form: %s', async (text, expected) => {
		const { body, headers } = await echoOf(formText(text));
		expect(body).toBe(expected);
		if (text !== '') expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
	});

	it.each([
		['application/json', 'application/x-www-form-urlencoded'],
		['multipart/form-data', 'application/x-www-form-urlencoded'],
		[
			'Application/X-WWW-Form-Urlencoded; charset=UTF-8',
			'Application/X-WWW-Form-Urlencoded; charset=UTF-8',
		],
	])('a form is no JSON under the content type %s', async (type, expected) => {
		for (const method of ['POST', 'GET']) {
			const { body, headers } = await echoOf({
				...form(['a', '1'], ['b', 'x y']),
				...header(['Content-Type', type]),
				method,
			});
			expect(body).toBe('a=1&b=x%20y');
			expect(headers['content-type']).toBe(expected);
		}
	});

	it('a multipart form has its boundary under any content type', async () => {
		for (const type of [
			'application/json',
			'multipart/form-data',
			'multipart/form-data; boundary=x',
		]) {
			for (const method of ['POST', 'GET']) {
				const received = await echoOf({
					...multipart(['a', '{"b":1}']),
					...header(['Content-Type', type]),
					method,
				});
				expect(await readForm(received)).toEqual([['a', '{"b":1}']]);
			}
		}
	});

	it('raw text takes the content type of the headers when it has none', async () => {
		const parameters = { ...raw('<a/>', ''), ...header(['Content-Type', 'text/xml']) };
		expect((await echoOf(parameters)).headers['content-type']).toBe('text/xml');
	});
});

describe('repeated fields of a form', () => {
	it('are repeated as a browser does it, in their order', async () => {
		const { body } = await echoOf(form(['a', '1'], ['b', 'x'], ['a', '2'], ['a', '']));
		expect(body).toBe('a=1&b=x&a=2&a=');
	});

	it('a list that an expression gives is numbered, as with HTTP Request', async () => {
		const { body } = await echoOf(form(['a', '={{ [1, { b: 2 }] }}']));
		expect(decodeURIComponent(body)).toBe('a[0]=1&a[1][b]=2');
	});

	it('cannot be signed, and say so', async () => {
		const parameters = { ...form(['a', '1'], ['a', '2']), options: { signRequest: true } };
		const { error } = await request(parameters, { provider: 'yesApi' });
		expect(error?.message).toBe('The parameter "a" of a signed YesApi call is a list');
	});
});

describe('the method', () => {
	it.each(['post', ' Post ', 'pOsT\n'])(
		'%j is POST to body, signature and retries',
		async (method) => {
			const received = await echoOf({ ...form(['a', '1']), method });
			expect(received).toMatchObject({ method: 'POST', body: 'a=1' });

			const signed = await echoOf(
				{ ...form(['a', '1']), method, url: '/?s=App.Hello.World', options: { signRequest: true } },
				{ provider: 'yesApi' },
			);
			expect(new URLSearchParams(signed.body).get('sign')).toMatch(/^[0-9A-F]{32}$/);

			sandbox.reset();
			const options = { maxRetries: 2 };
			const { error } = await request({ ...form(['a', '1']), method, url: '/status/503', options });
			expect(error).not.toBeNull();
			expect(sandbox.requests.filter(({ kind }) => kind === 'business')).toHaveLength(1);
		},
	);

	it.each([
		['get', 'GET'],
		['delete', 'DELETE'],
		[' head', 'HEAD'],
		['propfind', 'PROPFIND'],
	])('%j is %s', async (method, expected) => {
		expect((await echoOf({ method: `={{ ${JSON.stringify(method)} }}` })).method).toBe(expected);
	});

	it('in lower case signs a GET in its query', async () => {
		const { query: sent } = await echoOf(
			{
				...query(['name', '小白']),
				method: 'get',
				url: '/?s=App.Hello.World',
				options: { signRequest: true },
			},
			{ provider: 'yesApi' },
		);
		expect(new URLSearchParams(sent).get('sign')).toMatch(/^[0-9A-F]{32}$/);
	});
});

/** Names that an object of JavaScript has by itself, or that mean something to the axios inside n8n. */
const NAMES = [
	...Object.getOwnPropertyNames(Object.prototype),
	...[
		'prototype',
		'length',
		'name',
		'common',
		'get',
		'set',
		'has',
		'delete',
		'post',
		'put',
		'patch',
	],
	...[
		'head',
		'options',
		'clear',
		'normalize',
		'concat',
		'toJSON',
		'then',
		'entries',
		'getSetCookie',
	],
];

describe('names that mean something to JavaScript', () => {
	/** Those which the axios inside n8n drops, whatever their case. */
	const LOST = ['common', 'get', 'delete', 'post', 'put', 'patch', 'head', 'query'];

	it.each(NAMES.filter((name) => !LOST.includes(name)))('header %s', async (name) => {
		for (const lowercaseHeaders of [true, false]) {
			const options = { lowercaseHeaders };
			const { rawHeaders } = await echoOf({ ...header([name, 'v1']), options });
			const at = rawHeaders.findIndex((raw) => raw.toLowerCase() === name.toLowerCase());
			expect(rawHeaders[at + 1]).toBe('v1');
		}
	});

	it.each([...LOST, 'Get', 'COMMON'])('header %s is refused', async (name) => {
		const { error } = await request(header([name, 'v1']));
		expect(error?.message).toBe(`n8n cannot send a header with the name "${name}"`);
	});

	it.each(NAMES.filter((name) => name !== '__proto__'))('query parameter %s', async (name) => {
		for (const queryParameterArrays of ['repeat', 'brackets', 'indices']) {
			const { query: sent } = await echoOf({
				...query([name, 'v1'], [name, 'v2']),
				options: { queryParameterArrays },
			});
			expect([...new URLSearchParams(sent).values()]).toEqual(['v1', 'v2']);
			expect(decodeURIComponent(sent)).toMatch(`${name}`);
		}
		const jsonQuery = `{${JSON.stringify(name)}:{${JSON.stringify(name)}:1}}`;
		const nested = await echoOf({ sendQuery: true, specifyQuery: 'json', jsonQuery });
		expect(decodeURIComponent(nested.query)).toBe(`${name}[${name}]=1`);
	});

	it('query parameter __proto__ is refused', async () => {
		for (const parameters of [
			query(['__proto__', 'v1']),
			{ sendQuery: true, specifyQuery: 'json', jsonQuery: '{"__proto__":1}' },
		]) {
			const { error } = await request(parameters);
			expect(error?.message).toBe('A query parameter cannot have the name "__proto__" here');
		}
	});

	it.each(NAMES)('field %s of a form', async (name) => {
		const { body } = await echoOf(form([name, 'v1'], [name, 'v2']));
		expect([...new URLSearchParams(body)]).toEqual([
			[name, 'v1'],
			[name, 'v2'],
		]);
	});

	it.each(NAMES)('field %s of a multipart form', async (name) => {
		expect(await readForm(await echoOf(multipart([name, 'v1'], [name, 'v2'])))).toEqual([
			[name, 'v1'],
			[name, 'v2'],
		]);
	});

	it.each(NAMES.filter((name) => name !== '__proto__'))('field %s of JSON', async (name) => {
		const { body } = await echoOf({ ...post, bodyParameters: fields([name, 'v1']) });
		expect(body).toBe(`{${JSON.stringify(name)}:"v1"}`);
	});
});

describe('headers', () => {
	it.each([
		['The header "X-H" cannot hold "张" (U+5F20)', header(['X-H', '张三'])],
		['The header "X-H" cannot hold a line break', header(['X-H', 'a\r\nX-Evil: 1'])],
		['A header cannot have the name "x:y"', header(['x:y', '1'])],
		['A header cannot have the name "名"', header(['名', '1'])],
		['A header cannot have the name "a\nb"', header(['a\nb', '1'])],
		['The header "Content-Length" cannot be set by hand', header(['Content-Length', '5'])],
		[
			'The header "transfer-encoding" cannot be set by hand',
			header(['transfer-encoding', 'chunked']),
		],
		[
			'The header "content-type" is given more than once',
			header(['Content-Type', 'a/b'], ['content-type', 'c/d']),
		],
		[
			'The header "X-H" cannot hold "小" (U+5C0F)',
			{ sendHeaders: true, specifyHeaders: 'json', jsonHeaders: '{"X-H":"小"}' },
		],
	])('%s', async (message, parameters) => {
		const { error } = await request(parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(error?.description).toBeTruthy();
		expect(sandbox.requests).toEqual([]);
	});

	it('of the same name in another case both come', async () => {
		expect(await linesOf(header(['X-H', '1'], ['x-h', '2']))).toEqual(['1', '2']);
	});

	it('by JSON keep the digits of a large number', async () => {
		const jsonHeaders = '{"X-H":9007199254740993}';
		expect(await linesOf({ sendHeaders: true, specifyHeaders: 'json', jsonHeaders })).toEqual([
			'9007199254740993',
		]);
	});
});

it('a query by JSON keeps the digits of a large number', async () => {
	const jsonQuery = '{"id":9007199254740993,"in":[12345678901234567890]}';
	const { query: sent } = await echoOf({ sendQuery: true, specifyQuery: 'json', jsonQuery });
	expect(decodeURIComponent(sent)).toBe('id=9007199254740993&in[0]=12345678901234567890');
});

it.each([
	'https://user:fake-password@127.0.0.1/x',
	'https://user@127.0.0.1',
	'https://:p@127.0.0.1',
])('the URL %s would take the place of the token', async (url) => {
	const { error } = await request({ url });
	expect(error?.message).toBe('The URL of the call must not hold a user name or password');
	expect(error?.description).not.toContain('fake-password');
	expect(sandbox.requests).toEqual([]);
});

it('what is wrong in one item concerns that item alone', async () => {
	const items = [1, 2, 3].map((id) => ({ json: { id } }));
	const answers = await jsonOf(raw('={{ $json.id === 2 ? new Map() : $json.id }}'), {
		items,
		onError: 'continueRegularOutput',
	});
	expect(answers.map(({ body, error }) => body ?? error)).toEqual([
		'1',
		'"Body" cannot be sent: it is a Map',
		'3',
	]);
});

it.each(['Host', 'HOST', 'host '])(
	'the header %s is refused: the token would reach another',
	async (name) => {
		const headerParameters = fields([name, 'stranger.example']);
		const { error } = await request({ sendHeaders: true, headerParameters });
		expect(error?.message).toBe('The header "Host" cannot be set by hand');
		expect(sandbox.requests).toEqual([]);
	},
);

it('the header Host is refused in HTTP Request, too', async () => {
	const { maxusApi } = sandbox.credentials;
	const { error } = await runHelpers(
		{ credentials: { maxusApi } },
		async (context) =>
			await context.helpers.httpRequestWithAuthentication.call(context, 'maxusApi', {
				url: `${maxusApi.baseUrl}/echo`,
				headers: { HOST: 'stranger.example' },
			}),
	);
	expect(error?.message).toContain('The header "Host" cannot be set by hand');
	expect(sandbox.requests.filter(({ kind }) => kind === 'business')).toEqual([]);
});
