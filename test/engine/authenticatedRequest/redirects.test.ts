import {
	calls,
	fields,
	logins,
	onlyJson,
	anyLocalPort,
	request,
	responseOption,
	sandbox,
	serve,
	strangers,
	tokens,
} from './setup';

import { everythingIn } from '../../support/leaks';

const following = (maxRedirects = 21) => ({
	redirect: { redirect: { followRedirects: true, maxRedirects } },
});

const notFollowing = { redirect: { redirect: { followRedirects: false } } };

const redirect = (status: number, to: string) => `/redirect/${status}?to=${encodeURIComponent(to)}`;

const here = (path: string) => `${sandbox.url}/maxus/australia${path}`;

describe('within the origin', () => {
	it('is followed, each hop with a token of its own', async () => {
		sandbox.faults.maxusSingleUse = true;
		const url = redirect(302, here(redirect(307, '/maxus/australia/echo?a=1')));
		const answer = await onlyJson({ url });
		expect(answer).toMatchObject({ path: '/maxus/australia/echo', query: { a: '1' } });
		expect(calls().map(({ status }) => status)).toEqual([302, 307, 200]);
		expect(tokens()).toHaveLength(3);
		expect(logins()).toHaveLength(3);
	});

	it('the query is not sent to the next address', async () => {
		const queryParameters = fields(['mine', '1'], ['to', here('/echo')]);
		const answer = await onlyJson({ url: '/redirect/302', sendQuery: true, queryParameters });
		expect(answer.query).toEqual({});
	});

	it.each([
		[301, 'POST', 'GET', null],
		[302, 'POST', 'GET', null],
		[303, 'POST', 'GET', null],
		[303, 'PUT', 'GET', null],
		[302, 'PUT', 'PUT', { a: 1 }],
		[307, 'POST', 'POST', { a: 1 }],
		[308, 'PATCH', 'PATCH', { a: 1 }],
	])('%s makes a %s a %s', async (status, method, then, body) => {
		const answer = await onlyJson({
			url: redirect(status, here('/echo')),
			method,
			sendBody: true,
			bodyParameters: fields(['a', 1]),
			sendHeaders: true,
			headerParameters: fields(['X-Dealer', 'AU-1']),
		});
		expect(answer).toMatchObject({ method: then, body });
		const [, second] = calls();
		expect(second?.headers['x-dealer']).toBe('AU-1');
		expect('content-type' in (second?.headers ?? {})).toBe(body !== null);
	});

	it('303 leaves HEAD what it is', async () => {
		await request({ url: redirect(303, here('/echo')), method: 'HEAD' });
		expect(calls().map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
	});

	it.each([0, 1, 2])('is followed %s times at most', async (maxRedirects) => {
		const url = redirect(302, here(redirect(302, here(redirect(302, here('/echo'))))));
		const { error } = await request({ url, options: following(maxRedirects) });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '302' });
		expect(calls()).toHaveLength(maxRedirects + 1);
	});

	it('is not followed when that is switched off', async () => {
		const { error } = await request({ url: redirect(302, here('/echo')), options: notFollowing });
		expect(error?.message).toBe('The service responded with HTTP 302 Found');
		expect(error?.description).toContain(
			`It redirects to ${sandbox.url}. Switch on "Follow Redirects"`,
		);
		expect(calls()).toHaveLength(1);
	});

	it('can be looked at', async () => {
		const options = {
			...notFollowing,
			...responseOption({ neverError: true, fullResponse: true }),
		};
		const json = await onlyJson({ url: redirect(302, here('/echo')), options });
		expect(json).toMatchObject({ statusCode: 302, headers: { location: here('/echo') } });
	});

	it('in a circle comes to an end', async () => {
		sandbox.faults.maxus.businessFailures = [{ redirectTo: here('/echo'), times: Infinity }];
		const { error } = await request({ options: following(5) });
		expect(error?.message).toBe('The service redirects in a circle');
		expect(calls()).toHaveLength(1);
	});
});

describe('to another origin', () => {
	it.each([
		[302, 'GET'],
		[307, 'POST'],
		[308, 'PUT'],
		[303, 'POST'],
	])('%s of a %s: the stranger gets nothing', async (status, method) => {
		const { error } = await request({
			url: redirect(status, `${sandbox.strangerUrl}/steal?a=1`),
			method,
			sendBody: true,
			bodyParameters: fields(['vin', 'my-own-data']),
			options: following(),
		});
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `The service redirects to ${sandbox.strangerUrl}, where the token must not go`,
			httpCode: String(status),
		});
		expect(strangers()).toEqual([]);
		expect(everythingIn(error)).not.toContain(tokens()[0]);
	});

	it('is not followed even where the token might go', async () => {
		const { error } = await request(
			{ url: redirect(302, `${sandbox.strangerUrl}/`) },
			{ credential: anyLocalPort },
		);
		expect(error?.message).toContain('where the token must not go');
		expect(strangers()).toEqual([]);
	});

	it('can be looked at', async () => {
		const options = responseOption({ neverError: true, fullResponse: true });
		const json = await onlyJson({ url: redirect(302, `${sandbox.strangerUrl}/`), options });
		expect(json).toMatchObject({
			statusCode: 302,
			headers: { location: `${sandbox.strangerUrl}/` },
		});
		expect(strangers()).toEqual([]);
	});

	it('after a hop within the origin', async () => {
		const url = redirect(302, here(redirect(302, `${sandbox.strangerUrl}/`)));
		expect((await request({ url })).error?.message).toContain('where the token must not go');
		expect(strangers()).toEqual([]);
	});
});

describe('of a token request', () => {
	it.each([302, 307])('is not followed: %s', async (status) => {
		sandbox.faults.maxus.tokenFailures = [
			{ status, redirectTo: `${sandbox.strangerUrl}/token`, times: Infinity },
		];
		const { error } = await request();
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Maxus responded to the token request with a redirect',
		});
		expect(strangers()).toEqual([]);
		expect(calls()).toEqual([]);
	});
});

it.each([
	['mailto:sales@vendor.example', 'mailto:'],
	['data:text/plain,hello', 'data:'],
	['javascript:alert(1)', 'javascript:'],
	['ftp://127.0.0.1/file', 'ftp:'],
])('to %s is told by its kind', async (to, protocol) => {
	const { error } = await request({ url: redirect(302, to) });
	expect(error).toMatchObject({
		message: `The service redirects to an address that cannot be called (${protocol})`,
		httpCode: '302',
	});
});

it.each([
	['without an address', {}],
	['to nonsense', { Location: 'http://[' }],
])('%s says so', async (_what, headers) => {
	sandbox.faults.maxus.businessFailures = [{ status: 302, body: '', headers }];
	expect(await request()).toMatchObject({
		error: {
			message: 'The service responded with HTTP 302 Found',
			description: 'It is a redirect that names no address to go to.',
		},
	});
});

describe('in a circle', () => {
	it.each([302, 307, 308])('ends at once, by %s: a POST is sent once', async (status) => {
		const received: string[] = [];
		const url = await serve((asked, answer) => {
			received.push(`${asked.method} ${asked.url}`);
			answer.writeHead(asked.method === 'GET' ? 200 : status, { Location: '/claims' }).end();
		});
		const { error } = await request(
			{ url: `${url}/claims`, method: 'POST', options: following() },
			{ credential: anyLocalPort },
		);
		// 302 makes a GET of it, which is another call.
		expect(received).toEqual(status === 302 ? ['POST /claims', 'GET /claims'] : ['POST /claims']);
		expect(error?.message).toBe(status === 302 ? undefined : 'The service redirects in a circle');
	});

	it('of two addresses ends where it comes back', async () => {
		const received: string[] = [];
		const url = await serve((asked, answer) => {
			received.push(String(asked.url));
			answer.writeHead(302, { Location: asked.url === '/a' ? '/b' : '/a' }).end();
		});
		const { error } = await request(
			{ url: `${url}/a`, options: following() },
			{ credential: anyLocalPort },
		);
		expect(received).toEqual(['/a', '/b']);
		expect(error?.message).toBe('The service redirects in a circle');
	});

	it('is not waited for where each address is a new one', async () => {
		let page = 0;
		const url = await serve((_asked, answer) => {
			page += 1;
			answer.writeHead(302, { Location: `/a?page=${page}` }).end();
		});
		const { error } = await request(
			{ url: `${url}/a`, options: following(5) },
			{ credential: anyLocalPort },
		);
		expect(error?.message).toBe('The service redirected more than 5 times');
		expect(page).toBe(6);
	});

	it('is none where the query differs', async () => {
		let page = 0;
		const url = await serve((_asked, answer) => {
			page += 1;
			answer.writeHead(page === 4 ? 200 : 302, { Location: `/a?page=${page}` }).end('{}');
		});
		await onlyJson({ url: `${url}/a`, options: following() }, { credential: anyLocalPort });
		expect(page).toBe(4);
	});
});
