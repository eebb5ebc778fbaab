import {
	calls,
	fields,
	jsonOf,
	numbered,
	onlyJson,
	anyLocalPort,
	request,
	responseOption,
	sandbox,
	serve,
	tokens,
	unusedPort,
} from './setup';

import { everythingIn } from '../../support/leaks';

const once = { options: { maxRetries: 0 } };

/** The service answers the next business call like this. */
function answerWith(status: number, body: string, contentType = 'application/json'): void {
	sandbox.faults.maxus.businessFailures = [{ status, body, contentType }];
}

describe('a refusal', () => {
	it('says the status, what the service says, and what to do', async () => {
		const { error, items } = await request({ url: '/status/404' });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The service responded with HTTP 404 Not Found',
			description: 'Check the URL. The service says: Status 404',
			httpCode: '404',
			context: { itemIndex: 0 },
		});
		expect(items).toEqual([]);
	});

	it("has the vendor's code", async () => {
		answerWith(403, '{"errorCode":"403205","errorMessage":"No permission(s)"}');
		const [json] = await jsonOf({}, { onError: 'continueRegularOutput' });
		expect(json).toEqual({
			error: 'The service responded with HTTP 403 Forbidden: No permission(s)',
			details: {
				advice: expect.any(String) as string,
				errorCode: '403205',
				httpStatus: 403,
				message: 'No permission(s)',
				response: { errorCode: '403205', errorMessage: 'No permission(s)' },
			},
		});
	});

	it('quotes no more of a page than helps', async () => {
		answerWith(400, `<html>${'x'.repeat(10_000)}</html>`, 'text/html');
		const { error } = await request();
		expect(error?.description).toMatch(/^The service says: x+…$/);
		expect(error?.description?.length).toBeLessThan(600);
	});

	it('without a body still says the status', async () => {
		answerWith(418, '');
		const { error } = await request();
		expect(error?.message).toBe("The service responded with HTTP 418 I'm a Teapot");
		expect(error?.description).toBeFalsy();
	});

	it('is told with its fields, and handed on with them', async () => {
		const problem = {
			type: 'https://example.test/not-valid',
			title: 'Not valid',
			detail: 'Two fields are wrong',
			errors: [{ field: 'vin', message: 'too short' }],
		};
		answerWith(422, JSON.stringify(problem), 'application/problem+json');
		const { error } = await request();
		expect(error).toMatchObject({
			description:
				'The service says: Two fields are wrong {"errors":[{"field":"vin","message":"too short"}]}',
			context: { data: problem },
		});

		answerWith(422, JSON.stringify(problem), 'application/problem+json');
		const [json] = await jsonOf({}, { onError: 'continueRegularOutput' });
		expect(json).toEqual({
			error:
				'The service responded with HTTP 422 Unprocessable Entity: Two fields are wrong {"errors":[{"field":"vin","message":"too short"}]}',
			details: {
				advice: expect.any(String) as string,
				errorCode: '422',
				httpStatus: 422,
				message: 'Two fields are wrong {"errors":[{"field":"vin","message":"too short"}]}',
				response: problem,
			},
		});
	});

	it('has the ID under which the service knows the call', async () => {
		sandbox.faults.maxus.businessFailures = [
			{ status: 409, body: '{"message":"Twice"}', headers: { 'X-Request-Id': 'req-1' } },
		];
		const [json] = await jsonOf({}, { onError: 'continueRegularOutput' });
		expect(json?.details).toMatchObject({ httpStatus: 409, requestId: 'req-1' });
	});

	it('by a web page is told by its title and text', async () => {
		const page =
			'<html><head><title>403 Forbidden</title></head><body><h1>Blocked</h1><p>by WAF</p></body></html>';
		answerWith(403, page, 'text/html');
		const { error } = await request();
		expect(error?.description).toBe(
			'The service does not allow this call. Check what the account of the credential may do. The service says: 403 Forbidden: Blocked by WAF',
		);
	});

	it.each([
		['the token request', (path: string) => path.endsWith('/register')],
		['the call', (path: string) => path.endsWith('/echo')],
	])('of the proxy is told as that: of %s', async (_what, isRefused) => {
		const proxy = await serve((asked, response) => {
			const { pathname } = new URL(String(asked.url));
			if (isRefused(pathname)) response.writeHead(407).end('Who are you?');
			else response.end(JSON.stringify({ status: 1, data: 'fake-token-for-tests' }));
		});
		const credential = { baseUrl: 'http://vendor.invalid', environment: 'custom', proxy };
		const { error } = await request({}, { credential });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The proxy on the way wants a login (HTTP 407)',
			description: expect.stringContaining('http://user:password@myproxy:3128'),
		});
	});

	it('of the proxy is told as that, where it says 401 to its own login', async () => {
		const proxy = await serve((_asked, response) => {
			response.writeHead(401, { 'Proxy-Authenticate': 'Basic' }).end('Who are you?');
		});
		const credential = { baseUrl: 'http://vendor.invalid', environment: 'custom', proxy };
		const { error } = await request({}, { credential });
		expect(error?.message).toBe('The proxy on the way wants a login (HTTP 401)');
	});

	it('without end is read no further than it helps', async () => {
		let sent = 0;
		const url = await serve((_request, response) => {
			response.writeHead(400, { 'Content-Type': 'text/plain' });
			const more = () => {
				while (!response.destroyed && response.write('x'.repeat(100_000))) sent += 100_000;
			};
			response.on('drain', more);
			more();
		});
		const { error } = await request({ url }, { credential: anyLocalPort });
		expect(error?.description).toMatch(/^The service says: x{500}…$/);
		expect(sent).toBeLessThan(20_000_000);
	});

	it('that is JSON null is quoted too', async () => {
		answerWith(400, 'null');
		expect((await request()).error).toMatchObject({ name: 'NodeApiError', httpCode: '400' });
	});

	it('in another character set can be read', async () => {
		sandbox.faults.maxus.businessFailures = [
			{ status: 400, body: '车辆不存在', contentType: 'text/plain; charset=UTF-8' },
		];
		expect((await request()).error?.description).toBe('The service says: 车辆不存在');
	});

	it('of a token says so', async () => {
		const credential = { ...anyLocalPort, serviceSecret: 'wrong-fake-secret' };
		const { error } = await request({}, { credential });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Maxus did not issue a token: serviceSecret is wrong',
		});
		expect(calls()).toEqual([]);
	});
});

it.each([
	['The method "GET IT" is not known', { method: '={{ "GET IT" }}' }],
	[
		'A header cannot have the name "a b"',
		{ sendHeaders: true, headerParameters: { parameters: [{ name: 'a b', value: 'c' }] } },
	],
])('what cannot be sent is wrong input: %s', async (message, parameters) => {
	const { error } = await request(parameters);
	expect(error).toMatchObject({ name: 'NodeOperationError', message });
	const [json] = await jsonOf(parameters, { onError: 'continueRegularOutput' });
	expect(json?.details).toEqual({ errorCode: null, advice: error?.description });
	expect(sandbox.requests).toEqual([]);
});

describe('no answer', () => {
	it('a timeout', async () => {
		const { error } = await request({
			url: '/slow/5000',
			method: 'POST',
			options: { timeout: 100 },
		});
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `${new URL(sandbox.url).host} did not respond in time`,
			description: expect.stringContaining('raise the timeout'),
		});
		expect(calls()).toHaveLength(1);
	});

	it('a connection that was cut', async () => {
		const { error } = await request({ url: '/cut', ...once });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `${new URL(sandbox.url).host} closed the connection before it responded`,
		});
	});

	it('an unknown host', async () => {
		const baseUrl = 'http://no-such-host.invalid/maxus';
		const { error } = await request({}, { credential: { baseUrl } });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The host no-such-host.invalid could not be found',
		});
	});

	it('a refused connection', async () => {
		const port = await unusedPort();
		const [json] = await jsonOf(
			{ url: `http://127.0.0.1:${port}/echo`, ...once },
			{ credential: anyLocalPort, onError: 'continueRegularOutput' },
		);
		expect(json).toEqual({
			error: `127.0.0.1:${port} refused the connection`,
			details: { advice: expect.any(String) as string, errorCode: 'ECONNREFUSED' },
		});
	});

	it('a certificate nobody signed', async () => {
		const url = `${sandbox.tlsUrl}/maxus/australia/echo`;
		const run = { credential: anyLocalPort };
		const { error } = await request({ url }, run);
		expect(error?.message).toBe(`The certificate of ${new URL(url).host} is not trusted`);
		expect(await onlyJson({ url, options: { allowUnauthorizedCerts: true } }, run)).toMatchObject({
			ok: true,
		});
		const get = { sendBody: true, bodyParameters: fields(['a', 1]) };
		const options = { allowUnauthorizedCerts: true };
		expect(await onlyJson({ url, ...get, options }, run)).toMatchObject({ body: { a: 1 } });
	});
});

describe('an answer that breaks off', () => {
	it.each([
		['json', 200],
		['file', 200],
		['autodetect', 500],
	])('is a fault of the network (read as %s, status %s)', async (responseFormat, status) => {
		const url = await serve((_request, response) => {
			response.writeHead(status, { 'Content-Length': 1000, 'Content-Type': 'application/json' });
			response.write('{"a":');
			setTimeout(() => response.destroy(), 20);
		});
		const options = { ...responseOption({ responseFormat }), maxRetries: 0 };
		const { error } = await request({ url, options }, { credential: anyLocalPort });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `${new URL(url).host} broke off its response`,
			context: { itemIndex: 0 },
		});
		expect(everythingIn(error)).not.toContain(tokens()[0]);
	});
});

describe('on error', () => {
	const mixed = {
		url: '={{ $json.id === 1 ? "/status/400" : "/echo" }}',
		options: { concurrency: 1 },
	};

	const failed = {
		json: {
			error: 'The service responded with HTTP 400 Bad Request: Status 400',
			details: {
				advice: expect.any(String) as string,
				errorCode: '400',
				httpStatus: 400,
				message: 'Status 400',
				response: { message: 'Status 400' },
			},
		},
		pairedItem: { item: 1 },
	};

	it('continue: the item becomes an error item in its place', async () => {
		const { items, error } = await request(mixed, {
			items: numbered(3),
			onError: 'continueRegularOutput',
		});
		expect(error).toBeNull();
		expect(items[1]).toEqual(failed);
		expect([items[0], items[2]]).toMatchObject([
			{ json: { ok: true }, pairedItem: { item: 0 } },
			{ json: { ok: true }, pairedItem: { item: 2 } },
		]);
	});

	it('error output: the item goes there, and n8n adds the fields of its input', async () => {
		const { items, errorItems } = await request(mixed, {
			items: numbered(3),
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(errorItems).toEqual([
			{ json: { id: 1, ...failed.json }, pairedItem: failed.pairedItem },
		]);
	});

	it('stop: names the item, and starts no other', async () => {
		const { error } = await request(mixed, { items: numbered(5) });
		expect(error?.context.itemIndex).toBe(1);
		expect(calls()).toHaveLength(2);
	});
});

describe('secrets', () => {
	/** What must never be seen, as far as there is any. */
	const hidden = () => [sandbox.credentials.maxusApi.serviceSecret, 'my-own-header', ...tokens()];

	it.each([
		['a refusal', { url: '/status/400' }],
		['a timeout', { url: '/slow/3000', options: { timeout: 60, maxRetries: 0 } }],
		['a broken connection', { url: '/cut', ...once }],
		['another host', { url: 'https://elsewhere.example/x' }],
		['a redirect', { url: '/redirect/302?to=https%3A%2F%2Felsewhere.example%2F' }],
	])('are not in the error or the execution: %s', async (_what, parameters) => {
		const { error, execution } = await request({
			...parameters,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'X-Mine', value: '={{ "my-own" + "-header" }}' }] },
		});
		expect(error).not.toBeNull();
		for (const secret of hidden()) {
			expect(everythingIn(error)).not.toContain(secret);
			expect(everythingIn(execution.data.resultData)).not.toContain(secret);
		}
	});

	it('are masked when the token is no JWT', async () => {
		const token = 'opaque-fake-token';
		sandbox.faults.maxus.tokenFailures = [
			{ status: 200, body: JSON.stringify({ status: 1, data: token }) },
		];
		const url = await serve((sent, response) => {
			response.writeHead(400).end(`not ${sent.headers.maxus_jwt}`);
		});
		const { error } = await request({ url }, { credential: anyLocalPort });
		expect(error?.description).toBe('The service says: not ***');
		expect(everythingIn(error)).not.toContain(token);
	});

	it.each([
		['as a message', (token: string) => ({ message: `not ${token}` }), 'not ***'],
		[
			'on the edge of the quote',
			(token: string) => ({ message: 'x'.repeat(490) + token }),
			`${'x'.repeat(490)}***`,
		],
		['anywhere', (token: string) => ({ [token]: [token] }), '{"***":["***"]}'],
	])('are masked when the service repeats them in escapes, %s', async (_where, answer, quoted) => {
		const token = 'opaque/fake=token';
		sandbox.faults.maxus.tokenFailures = [
			{ status: 200, body: JSON.stringify({ status: 1, data: token }) },
		];
		const url = await serve((_sent, response) => {
			const json = JSON.stringify(answer(token)).replace(/=/g, '\\u003d').replace(/o/g, '\\u006f');
			response.writeHead(400).end(json);
		});
		const { error } = await request({ url }, { credential: anyLocalPort });
		expect(error?.description).toBe(`The service says: ${quoted}`);
	});

	it('are masked when the service repeats them', async () => {
		await onlyJson();
		const [token] = tokens();
		const { serviceSecret } = sandbox.credentials.maxusApi;
		answerWith(400, JSON.stringify({ code: token, message: `bad ${token} ${serviceSecret}` }));
		const { items, execution } = await request({}, { onError: 'continueRegularOutput' });
		expect(items[0]?.json.error).toBe(
			'The service responded with HTTP 400 Bad Request: bad *** ***',
		);
		expect(everythingIn(execution.data.resultData)).not.toContain(token);

		answerWith(400, JSON.stringify({ message: `bad ${token} ${serviceSecret}` }));
		const { error } = await request();
		expect(error?.description).toBe('The service says: bad *** ***');
		expect(everythingIn(error)).not.toContain(serviceSecret);
	});
});
