import {
	anyLocalPort,
	calls,
	logins,
	request,
	sandbox,
	serve,
	tokens,
	type RequestRun,
} from './setup';

const TOOL = 'n8n-nodes-token-providers.authenticatedRequestTool';

/** A value that the model fills in. */
const said = (name: string, type = 'string') => `{{ $fromAI('${name}', '', '${type}') }}`;

/** Runs the node as a tool to which a model says this. */
async function tool(parameters: object, model: object = {}, run: RequestRun = {}) {
	const { items, error } = await request(parameters, {
		type: TOOL,
		items: [{ json: { ...model } }],
		...run,
	});
	return { json: items[0]?.json, item: items[0], message: error?.message, error };
}

const answered = (body: unknown, more: object = {}) => {
	sandbox.faults.maxus.businessFailures = [
		{
			status: 200,
			body: typeof body === 'string' ? body : JSON.stringify(body),
			times: Infinity,
			...more,
		},
	];
};

describe('what a model says reaches no credential', () => {
	const url = { url: '/echo' };

	it.each([
		['$json', '={{ $json.base }}'],
		['$input', '={{ $input.item.json.base }}'],
		['$input.first()', '={{ $input.first().json.base }}'],
		['$fromAI', "={{ $fromAI('base') }}"],
	])('a Base URL that reads %s is refused before a login', async (_, baseUrl) => {
		const { message } = await tool(
			url,
			{ base: sandbox.strangerUrl },
			{ credential: { environment: 'custom', baseUrl } },
		);
		expect(message).toBe(
			"The credential of a tool must not read $json, $input or $fromAI: write $('Node').item.json there",
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('one that reads what came before is read, and others that are expressions, too', async () => {
		const home = sandbox.credentials.maxusApi;
		for (const expression of [
			`={{ $('Start').item.json.base }}`,
			`={{ '${home.baseUrl}' }}`,
			`={{ $now.year > 2000 ? '${home.baseUrl}' : '' }}`,
		]) {
			const { error } = await tool(
				url,
				{ base: home.baseUrl },
				{ credential: { environment: 'custom', baseUrl: expression } },
			);
			expect(error).toBeNull();
		}
		expect(calls()).toHaveLength(3);
	});
});

describe('the arguments', () => {
	it.each<[string, object, string]>([
		['missing', {}, 'The argument "id" is missing'],
		['null', { id: null }, 'The argument "id" is missing'],
		['empty', { id: '' }, 'The argument "id" is empty, and is a part of a path'],
		['blank', { id: ' ' }, 'The argument "id" is empty, and is a part of a path'],
		['an object', { id: { a: 1 } }, 'The argument "id" must be text'],
		['a list', { id: ['a'] }, 'The argument "id" must be text'],
		['a path', { id: 'a/b' }, 'The argument "id" cannot hold "/": it is one part of the path'],
		['encoded', { id: 'a%2Fb' }, 'The argument "id" cannot hold "%2F": it is one part of the path'],
		[
			'twice',
			{ id: 'a%252fb' },
			'The argument "id" cannot hold "%252f": it is one part of the path',
		],
		[
			'a backslash',
			{ id: 'a\\x' },
			'The argument "id" cannot hold "\\": it is one part of the path',
		],
		['a query', { id: 'a?b=1' }, 'The argument "id" cannot hold "?": it is one part of the path'],
		['a fragment', { id: 'a#' }, 'The argument "id" cannot hold "#": it is one part of the path'],
		['..', { id: '..' }, 'The URL of a tool must not have "." or ".." as a part of its path'],
		[
			'%2e%2E',
			{ id: '%2e%2E' },
			'The URL of a tool must not have "." or ".." as a part of its path',
		],
		['..;', { id: '..;x' }, 'The URL of a tool must not have "." or ".." as a part of its path'],
		['braces', { id: '{{ $json }}' }, 'The URL holds an expression that was not resolved'],
		['a break', { id: 'a\nb' }, 'The URL holds a line break, a tab or another control character'],
	])('%s: is refused by name before a login', async (_, model, expected) => {
		const { message } = await tool({ url: `=/echo/${said('id')}/details` }, model);
		expect(message).toBe(expected);
		expect(sandbox.requests).toEqual([]);
	});

	it.each([
		['an overlong slash', 'a%c0%afb', '%c0%af'],
		['an encoded overlong slash', 'a%25c0%25afb', '%25c0%25af'],
		['a wide slash', 'a／b', '／'],
		['a wide slash, encoded', 'a%EF%BC%8Fb', '%EF%BC%8F'],
	])('%s: is refused by name before a login', async (_, id, found) => {
		const { message } = await tool({ url: `=/echo/${said('id')}/details` }, { id });
		expect(message).toBe(`The argument "id" cannot hold "${found}": it is one part of the path`);
		expect(sandbox.requests).toEqual([]);
	});

	it.each([
		'/echo/..%09/x',
		'/echo/.%00./x',
		'/echo/%25252e%25252e/x',
		'/echo/..%5cx',
		'/echo/%c0%ae%c0%ae/x',
		'/echo/%E2%80%A4%E2%80%A4/x',
		'/echo/.%E2%80%8B./x',
		'/echo/%%32e%%32e/x',
		'/echo/．．/x',
		`/echo/%${'25'.repeat(2000)}2e./x`,
	])('the URL %s has a part that leads up', async (url) => {
		const { message } = await tool({ url: `=${said('url')}` }, { url });
		expect(message).toBe('The URL of a tool must not have "." or ".." as a part of its path');
		expect(sandbox.requests).toEqual([]);
	});

	it('1 MB in a URL is refused before a login, and goes out in a body', async () => {
		const id = 'x'.repeat(1024 * 1024);
		const { message } = await tool({ url: `=/echo/${said('id')}` }, { id });
		expect(message).toMatch(/^The URL has 10\d{5} characters, and may have 8000$/);
		expect(sandbox.requests).toEqual([]);
		const body = {
			method: 'POST',
			sendBody: true,
			bodyParameters: { parameters: [{ name: 'id', value: `=${said('id')}` }] },
		};
		await tool({ url: '/echo', ...body }, { id: id.slice(9) });
		expect(calls()[0]?.rawBody.length).toBe(id.length);
	});

	it.each<[string, unknown]>([
		['number', 'five'],
		['number', ''],
		['number', '1}'],
		['number', '0x1F'],
		['number', '1e400'],
		['number', 'NaN'],
		['number', true],
		['number', [1]],
		['number', '007'],
		['boolean', 'yes'],
		['boolean', 'TRUE'],
		['boolean', 1],
		['boolean', { a: true }],
	])('a %s is none that is %j', async (type, value) => {
		const { message } = await tool({ url: `=/echo?n=${said('n', type)}` }, { n: value });
		expect(message).toMatch(/^The argument "n" must be (?:a number|true or false)$/);
		expect(sandbox.requests).toEqual([]);
	});

	it.each([
		[
			'the query',
			{ url: `=/echo?id=${said('id')}` },
			'a&admin=1',
			'cannot hold "&": it is one part of the query',
		],
		[
			'JSON',
			{
				url: '/echo',
				method: 'POST',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={ "id": "${said('id')}" }`,
			},
			'a", "admin": "1',
			'cannot hold """ here',
		],
		[
			'a form',
			{
				url: '/echo',
				method: 'POST',
				sendBody: true,
				contentType: 'form-urlencoded',
				specifyBody: 'string',
				body: `=id=${said('id')}`,
			},
			'a&admin=1',
			'cannot hold "&" here',
		],
	])('a value in %s stays in its place', async (_, parameters, id, why) => {
		const { message } = await tool(parameters, { id });
		expect(message).toBe(`The argument "id" ${why}`);
		expect(sandbox.requests).toEqual([]);
	});

	it('what the owner encodes may hold anything', async () => {
		const id = 'a/b?c&d"e';
		await tool(
			{
				url: "=/echo/{{ encodeURIComponent($fromAI('id')) }}?x={{ encodeURIComponent($fromAI('id')) }}",
			},
			{ id },
		);
		const json = `={ "id": {{ JSON.stringify($fromAI('id')) }} }`;
		await tool(
			{ url: '/echo', method: 'POST', sendBody: true, specifyBody: 'json', jsonBody: json },
			{ id },
		);
		expect(calls().map(({ url, rawBody }) => [new URL(url).pathname, rawBody.toString()])).toEqual([
			[expect.stringContaining('/echo/a%2Fb%3Fc%26d%22e'), ''],
			[expect.stringContaining('/echo'), '{ "id": "a/b?c&d\\"e" }'],
		]);
	});
});

describe('the login is no address to call', () => {
	const path = '/base/api/token/register';
	const spellings = [
		path,
		`${path}/`,
		`/${path}`,
		'/base//api/token/register',
		'/base/api/token/%72egister',
		'/base/api/token/%2572egister',
		'/BASE/api/Token/register',
		'/base/api/token/register;v=1',
		'/base/api/token/register%20',
		'/base/api/token%2Fregister',
		'/base/api/token\\register',
		`${path}?x=1`,
		`${path}#x`,
		`${path}.`,
		`${path}.json`,
		`${path}%00`,
		`${path}%3Bx=1`,
		`${path}%3Fx=1`,
		`${path}%2523`,
		`\t${path} `,
		'/base/api/token%C0%AFregister',
		'/base/api/token/reg%C2%ADister',
		'/base/api/token/reg\u200bister',
		'/base/api/token\uff0fregister',
		'/base/api/to\u212aen/register',
		`/base/api/token/%${'25'.repeat(2000)}72egister`,
	];

	it.each(spellings)('%s', async (url) => {
		const { message } = await tool({ url: `=${said('url')}` }, { url });
		expect(message).toBe(
			'This is the address of the login, which is not to be called: the tool logs in by itself.',
		);
		expect(sandbox.requests).toEqual([]);
	});

	it.each([
		'/x/../base/api/token/register',
		'/x/%2e%2e/base/api/token/register',
		'/./base/api/token/register',
	])('%s has dots, besides', async (url) => {
		const { message } = await tool({ url: `=${said('url')}` }, { url });
		expect(message).toBe('The URL of a tool must not have "." or ".." as a part of its path');
		expect(sandbox.requests).toEqual([]);
	});

	it('by way of a redirect, either', async () => {
		const { maxusApi } = sandbox.credentials;
		sandbox.faults.maxus.businessFailures = [
			{ status: 307, headers: { location: `${maxusApi.baseUrl}${path}` }, times: 1 },
		];
		const { message } = await tool({ url: '/echo', method: 'POST' });
		expect(message).toContain('This is the address of the login');
		expect(logins().filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it.each([
		['/?s=App.Common_Jwt.ApplyToken', {}],
		['/?service=Common_JWT.ApplyToken', {}],
		['/?s=App.Common%255fJwt.ExchangeToken', {}],
		['/api/App/Common_Jwt/ApplyToken', {}],
		[
			'/',
			{
				method: 'POST',
				sendBody: true,
				contentType: 'form-urlencoded',
				bodyParameters: { parameters: [{ name: 's', value: 'App.Common_Jwt.ApplyToken' }] },
			},
		],
		[
			'/',
			{
				method: 'POST',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '{"s":"App.Common_\\u004awt.ApplyToken"}',
			},
		],
	])('YesApi: %s', async (url, parameters) => {
		const { message } = await tool({ url, ...parameters }, {}, { provider: 'yesApi' });
		expect(message).toContain('This is the address of the login');
		expect(sandbox.requests).toEqual([]);
	});

	it.each(['serviceCombApi', 'agentAuthApi'] as const)('%s', async (provider) => {
		const url = { serviceCombApi: '//v4/Token/', agentAuthApi: '/v2/./%61uth'.replace('/.', '') }[
			provider
		];
		const { message } = await tool({ url, method: 'POST' }, {}, { provider });
		expect(message).toContain('This is the address of the login');
		expect(sandbox.requests).toEqual([]);
	});

	it('is one for a workflow without a model', async () => {
		await request({ url: `${path}?x=1` });
		expect(logins()).toHaveLength(2);
	});
});

describe('the token is masked in a response', () => {
	const echo = async (write: (token: string) => [type: string, body: string, headers?: object]) =>
		await serve((asked, answer) => {
			const [type, body, headers = {}] = write(String(asked.headers['maxus_jwt']));
			answer.writeHead(200, { 'Content-Type': type, ...headers });
			answer.end(body);
		});

	it.each<[string, (token: string) => [string, string, object?], object]>([
		[
			'JSON',
			(token) => ['application/json', JSON.stringify({ self: `/x?t=${token}`, [token]: [token] })],
			{},
		],
		['text', (token) => ['text/plain', `You sent ${token}`], {}],
		['HTML', (token) => ['text/html', `<a href="/?t=${token}">x</a>`], {}],
		[
			'base64',
			(token) => ['text/plain', Buffer.from(`maxus_jwt: ${token}`).toString('base64')],
			{},
		],
		[
			'headers',
			(token) => ['application/json', '{}', { 'X-Echo': token, Link: `</x?t=${token}>` }],
			{ options: { response: { response: { fullResponse: true } } } },
		],
		[
			'the name of a file',
			(token) => [
				'application/pdf',
				'x',
				{ 'Content-Disposition': `attachment; filename="${token}.pdf"` },
			],
			{},
		],
		[
			'a cut text',
			(token) => ['text/plain', token],
			{ optimizeResponse: true, responseType: 'text', truncateResponse: true, maxLength: 20 },
		],
	])('in %s', async (_, write, parameters) => {
		const url = await echo(write);
		const { json, error, item } = await tool(
			{ url, ...parameters },
			{},
			{ credential: anyLocalPort },
		);
		expect(error).toBeNull();
		const [token = ''] = tokens();
		expect(token.length).toBeGreaterThan(100);
		const told = JSON.stringify([json, item]);
		expect(told).toContain('***');
		expect(told).not.toContain(token.slice(0, 60));
		expect(told).not.toContain(token.slice(-60));
	});

	it('and nothing else that looks like one', async () => {
		const other = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJvdGhlciJ9.';
		answered({ refreshed: other });
		expect((await tool({ url: '/x' })).json).toEqual({ refreshed: other });
	});

	it('a workflow without a model gets what came', async () => {
		const url = await echo((token) => ['application/json', JSON.stringify({ token })]);
		const { items } = await request({ url }, { credential: anyLocalPort });
		expect(items[0]?.json).toEqual({ token: tokens()[0] });
	});
});

it('a file is told by its name, type and size, with nothing of the input', async () => {
	const url = await serve((_, answer) => {
		answer.writeHead(200, {
			'Content-Type': 'application/pdf',
			'Content-Disposition': 'attachment; filename="report.pdf"',
		});
		answer.end(Buffer.alloc(70_000));
	});
	const { json, item } = await tool(
		{ url },
		{ headers: { authorization: 'Bearer of-the-caller', cookie: 'a=b' } },
		{ credential: anyLocalPort },
	);
	expect(json).toEqual({ fileName: 'report.pdf', mimeType: 'application/pdf', bytes: 70_000 });
	expect(item?.binary).toBeUndefined();
});

it.each([[[1, 2, 3]], [[]], [['a', { b: 1 }]], [[[1], [2]]]])(
	'the list %j stays one',
	async (list) => {
		answered(list);
		expect((await tool({ url: '/x' })).json).toEqual({ data: list });
	},
);

it('the headers of a connection are not for a model to say, and a Host for nobody', async () => {
	const header = (name: string, value: string) => ({
		url: '/echo',
		sendHeaders: true,
		headerParameters: { parameters: [{ name, value }] },
	});
	for (const name of [
		'Cookie',
		'Cookie2',
		'Connection',
		'Proxy-Authorization',
		'TE',
		'Upgrade',
		'X-Original-URL',
		'X-Rewrite-URL',
		'X-Forwarded-Host',
		'Forwarded',
		'X-HTTP-Method-Override',
	]) {
		const { message } = await tool(header(`=${said('name')}`, '1'), { name });
		expect(message?.toLowerCase()).toBe(
			`the header "${name.toLowerCase()}" is not for a tool to send`,
		);
	}
	const host = await tool(header('Host', `=${said('value')}`), { value: 'other.example' });
	expect(host.message).toBe('The header "Host" cannot be set by hand');
	const own = await request(header('hOST', 'other.example'));
	expect(own.error?.message).toBe('The header "Host" cannot be set by hand');
	expect(sandbox.requests).toEqual([]);
	await tool(header('Cookie', 'of=the-owner'));
	expect(calls()[0]?.headers.cookie).toBe('of=the-owner');
	const both = [
		{ name: 'Cookie', value: 'of=the-owner' },
		{ name: 'X-Note', value: `=${said('note')}` },
	];
	const sent = { ...header('', ''), headerParameters: { parameters: both } };
	expect((await tool(sent, { note: 'of the model' })).error).toBeNull();
	expect(calls()[1]?.headers).toMatchObject({ cookie: 'of=the-owner', 'x-note': 'of the model' });
});

it('1 MB of nested encoding in a body takes no time', async () => {
	const body = `%${'25'.repeat(500_000)}2e`;
	const startedAt = performance.now();
	const { error } = await tool(
		{
			url: '/echo',
			method: 'POST',
			sendBody: true,
			contentType: 'raw',
			rawContentType: 'text/plain',
			body: `=${said('body')}`,
		},
		{ body },
	);
	expect(error).toBeNull();
	expect(calls()[0]?.rawBody.length).toBe(body.length);
	expect(performance.now() - startedAt).toBeLessThan(5_000);
});

describe('waiting', () => {
	it('is for seconds only, and then the model is told when to try again', async () => {
		answered('', { status: 429, headers: { 'retry-after': '20' } });
		expect((await tool({ url: '/x' })).message).toBe(
			'The service responded with HTTP 429 Too Many Requests. Try again in 20 s.',
		);
		expect(calls()).toHaveLength(1);
	});

	it('for the requests of a minute, too', async () => {
		const options = { requestsPerMinute: 2 };
		expect((await tool({ url: '/echo', options })).error).toBeNull();
		expect((await tool({ url: '/echo', options })).message).toMatch(
			/^The requests of this minute are used up\. Try again in 6[01] s\.$/,
		);
	});
});

describe('who is spoken to', () => {
	it('a model learns nothing that is for the owner, who finds it in the log', async () => {
		const { message, error } = await tool({ url: 'http://169.254.169.254/latest' });
		expect(message).toBe(
			'Maxus tokens must not go to 169.254.169.254. Call the service that this tool is for.',
		);
		expect(JSON.stringify(error)).not.toMatch(/list|credential|127\.0\.0\.1/i);
	});

	it('a login that did not succeed is no business of the model', async () => {
		const { message } = await tool(
			{ url: '/echo' },
			{},
			{ credential: { serviceSecret: 'wrong' } },
		);
		expect(message).toBe(
			'The login to the service did not succeed, so no call was made. Another try does not help.',
		);
	});
});

it('a refused login is not sent again by the next call', async () => {
	const wrong = { credential: { serviceSecret: 'wrong' } };
	for (let turn = 0; turn < 5; turn += 1) await tool({ url: '/echo' }, {}, wrong);
	expect(logins()).toHaveLength(1);
});
