import { echoOf, fields, jsonOf, onlyJson, request, sandbox } from './setup';

describe('method', () => {
	it.each(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'PROPFIND', 'MOVE'])(
		'%s',
		async (method) => {
			const received = await echoOf({ method });
			expect(received).toMatchObject({ method, status: 200, token: expect.any(String) });
		},
	);

	it('may be another one for each item', async () => {
		const items = ['PUT', 'GET'].map((method) => ({ json: { method } }));
		const answers = await jsonOf({ method: '={{ $json.method }}' }, { items });
		expect(answers.map(({ method }) => method)).toEqual(['PUT', 'GET']);
	});
});

describe('URL', () => {
	it.each(['/echo', 'echo', '//echo', ' /echo\n', '/deep/path/echo'])(
		'%j is a path below the base URL',
		async (url) => {
			const { path } = await echoOf({ url });
			expect(path).toBe(`/maxus/australia/${url.trim().replace(/^\/+/, '')}`);
		},
	);

	it('is not doubled by a trailing slash of the base URL', async () => {
		const baseUrl = `${sandbox.url}/maxus/australia/ `;
		expect((await echoOf({}, { credential: { baseUrl } })).path).toBe('/maxus/australia/echo');
	});

	it('may be absolute, with white space around it', async () => {
		const { url } = await echoOf({ url: `\t${sandbox.url}/maxus/australia/fir/update ` });
		expect(url).toBe(`${sandbox.url}/maxus/australia/fir/update`);
	});

	it('keeps its own query beside the parameters', async () => {
		const queryParameters = fields(['b', '2']);
		const { query } = await echoOf({ url: '/echo?a=1', sendQuery: true, queryParameters });
		expect(query).toBe('a=1&b=2');
	});

	it('may hold Chinese', async () => {
		const { path } = await echoOf({ url: '/车辆/更新' });
		expect(decodeURIComponent(path)).toBe('/maxus/australia/车辆/更新');
	});

	it.each([
		['={{ "" }}', 'The URL is empty'],
		['  ', 'The URL is empty'],
		['ftp://127.0.0.1/x', 'The URL must begin with https:// or http://'],
		['http://', 'The URL is not valid'],
	])('%j is refused before any call', async (url, message) => {
		const { error } = await request({ url });
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(sandbox.requests).toEqual([]);
	});
});

describe('query', () => {
	it('by fields: a name that comes again is a list, one without a name is left out', async () => {
		const queryParameters = fields(['名', '小白 & co'], ['id', '1'], ['id', '2'], ['', 'x']);
		const answer = await onlyJson({ sendQuery: true, queryParameters });
		expect(answer.query).toEqual({ 名: '小白 & co', 'id[0]': '1', 'id[1]': '2' });
	});

	it('by JSON', async () => {
		const jsonQuery = '{ "a": 1, "名": "小白", "yes": true }';
		const answer = await onlyJson({ sendQuery: true, specifyQuery: 'json', jsonQuery });
		expect(answer.query).toEqual({ a: '1', 名: '小白', yes: 'true' });
	});

	it('by JSON, as an object from an expression', async () => {
		const jsonQuery = '={{ { a: $json.id } }}';
		const items = [{ json: { id: 7 } }];
		const answer = await onlyJson({ sendQuery: true, specifyQuery: 'json', jsonQuery }, { items });
		expect(answer.query).toEqual({ a: '7' });
	});

	it.each([
		['repeat', 'a=1&a=2'],
		['brackets', 'a[]=1&a[]=2'],
		['indices', 'a[0]=1&a[1]=2'],
	])('array format %s', async (queryParameterArrays, expected) => {
		const { query } = await echoOf({
			sendQuery: true,
			specifyQuery: 'json',
			jsonQuery: '{ "a": [1, 2] }',
			options: { queryParameterArrays },
		});
		expect(decodeURIComponent(query)).toBe(expected);
	});

	it('is not sent while it is switched off', async () => {
		const { query } = await echoOf({ sendQuery: false, queryParameters: fields(['a', '1']) });
		expect(query).toBe('');
	});

	it.each([
		['{ "a": ', 'The value in the "JSON" field under "Send Query Parameters" is not valid JSON'],
		['[1]', 'The value in the "JSON" field under "Send Query Parameters" must be a JSON object'],
	])('%j is refused', async (jsonQuery, message) => {
		const { error } = await request({ sendQuery: true, specifyQuery: 'json', jsonQuery });
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
	});
});

describe('headers', () => {
	/** The names as they went over the wire. */
	const names = ({ rawHeaders }: { rawHeaders: string[] }) =>
		rawHeaders.filter((_, index) => index % 2 === 0);

	it('by fields, their names in lower case', async () => {
		const received = await echoOf({
			sendHeaders: true,
			headerParameters: fields(['X-Dealer', 'AU-1']),
		});
		expect(received.headers['x-dealer']).toBe('AU-1');
		expect(names(received)).toContain('x-dealer');
	});

	it('by JSON, their names as they are written', async () => {
		const received = await echoOf({
			sendHeaders: true,
			specifyHeaders: 'json',
			jsonHeaders: '{ "X-Dealer": "AU-1" }',
			options: { lowercaseHeaders: false },
		});
		expect(names(received)).toContain('X-Dealer');
	});

	it('invalid JSON is refused', async () => {
		const run = { sendHeaders: true, specifyHeaders: 'json', jsonHeaders: '{' };
		const { error } = await request(run);
		expect(error?.message).toBe(
			'The value in the "JSON" field under "Send Headers" is not valid JSON',
		);
	});

	it.each([
		['autodetect', /^application\/json,text\/html/],
		['json', /^application\/json,text\/\*;q=0.99$/],
		['text', /\*\/\*;q=0\.1$/],
	])('Accept for the response format %s', async (responseFormat, expected) => {
		const options = { response: { response: { responseFormat } } };
		expect((await echoOf({ options })).headers.accept).toMatch(expected);
	});

	it('an own Accept stands, in any spelling', async () => {
		const { headers } = await echoOf({
			sendHeaders: true,
			headerParameters: fields(['ACCEPT', 'application/xml']),
			options: { lowercaseHeaders: false },
		});
		expect(headers.accept).toBe('application/xml');
	});

	it("an own header cannot displace the vendor's", async () => {
		const { headers, token } = await echoOf({
			sendHeaders: true,
			headerParameters: fields(['MAXUS_JWT', 'mine'], ['x-timestamp', '1']),
			options: { lowercaseHeaders: false },
		});
		expect(headers.maxus_jwt).toBe(token);
		expect(token).toMatch(/^eyJ/);
		expect(headers['x-timestamp']).toMatch(/^\d{10}$/);
	});
});

describe('input that cannot be right', () => {
	it('concerns its own item alone', async () => {
		const items = ['{ "a": 1 }', '{ no', '{ "a": 3 }'].map((body) => ({ json: { body } }));
		const parameters = {
			method: 'POST',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json.body }}',
		};
		const run = { items, onError: 'continueRegularOutput' as const };
		const [first, second, third] = await jsonOf(parameters, run);
		expect(first?.body).toEqual({ a: 1 });
		expect(second).toEqual({
			error: 'The value in the "JSON" field under "Send Body" is not valid JSON',
			details: { advice: expect.any(String) as string, errorCode: null },
		});
		expect(third?.body).toEqual({ a: 3 });
	});

	it.each([
		[
			'{ "note": "He said "hi" to us", "b": 1 }',
			'Line 1 breaks between { "note": "He said " and hi" to us", "b": 1 }.',
		],
		['{\n"a": 1,\n}', 'Line 3 breaks between { "a": 1, and }.'],
		["{ 'a': 1 }", "Line 1 breaks between { and 'a': 1 }."],
		['[object Object]', 'Line 1 breaks between [ and object Object].'],
		['  ', 'It is empty.'],
		['{ "a": 1', 'It ends in line 1, after { "a": 1, too early.'],
		['<a/>', 'Line 1 must not begin with <a/>.'],
	])('shows where %s breaks', async (jsonBody, spot) => {
		const { error } = await request({
			method: 'POST',
			sendBody: true,
			specifyBody: 'json',
			jsonBody,
		});
		expect(error?.description).toBe(
			`${spot} Write a text as {{ JSON.stringify($json.note) }}, without quotes around it.`,
		);
	});

	it('stops the node otherwise, and names the item', async () => {
		const items = ['{}', '{ no'].map((body) => ({ json: { body } }));
		const jsonBody = '={{ $json.body }}';
		const { error } = await request(
			{ method: 'POST', sendBody: true, specifyBody: 'json', jsonBody },
			{ items },
		);
		expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 1 } });
	});

	it('a provider that is not known', async () => {
		const { error } = await request({ provider: 'otherApi' });
		expect(error?.message).toBe('The provider "otherApi" is not known');
	});
});
