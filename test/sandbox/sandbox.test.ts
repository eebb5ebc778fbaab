import { createHash } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import { startSandbox } from '../../sandbox';
import { call, START, useSandbox } from './setup';

describe('the sandbox', () => {
	const running = useSandbox({ tls: true });
	const base = () => `${running.sandbox.url}/servicecomb`;

	function login() {
		const { name, password } = running.sandbox.credentials.serviceCombApi;
		return call(`${base()}/v4/token`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ name, password }),
		});
	}

	async function business(path: string, init: RequestInit = {}) {
		const authorization = `Bearer ${(await login()).json.token}`;
		const headers = { ...(init.headers as Record<string, string>), authorization };
		return await call(`${base()}${path}`, { ...init, headers });
	}

	const last = () => running.sandbox.requests.at(-1);

	it('records what it was asked and what it answered', async () => {
		const init = {
			method: 'PUT',
			body: '{"n":1}',
			headers: { 'Content-Type': 'application/json' },
		};
		const { json } = await business('/a/echo?x=1&x=2&y=%C3%BC', init);
		expect(json).toEqual({
			ok: true,
			method: 'PUT',
			path: '/servicecomb/a/echo',
			query: { x: ['1', '2'], y: 'ü' },
			body: { n: 1 },
		});
		expect(running.sandbox.requests.map(({ kind }) => kind)).toEqual(['token', 'business']);
		const [first] = running.sandbox.requests;
		expect(last()).toMatchObject({
			vendor: 'serviceComb',
			at: START,
			method: 'PUT',
			path: '/servicecomb/a/echo',
			query: 'x=1&x=2&y=%C3%BC',
			url: `${base()}/a/echo?x=1&x=2&y=%C3%BC`,
			body: '{"n":1}',
			bodyBytes: 7,
			token: first?.token,
			status: 200,
			aborted: false,
		});
		expect(first?.token).toMatch(/^eyJ/);
	});

	it('keeps 1 MiB of a large body, and its size and digest', async () => {
		const body = Buffer.alloc(20 * 1024 * 1024, 'x');
		const { json } = await business('/upload/echo', { method: 'POST', body });
		const sha256 = createHash('sha256').update(body).digest('hex');
		expect(json.body).toEqual({ bytes: body.length, sha256 });
		expect(last()).toMatchObject({ bodyBytes: body.length, bodySha256: sha256 });
		expect(last()?.rawBody).toHaveLength(1024 * 1024);
	});

	it('has endpoints for every kind of answer', async () => {
		expect(await business('/status/418')).toMatchObject({
			status: 418,
			json: { message: 'Status 418' },
		});
		expect((await business('/text')).headers.get('content-type')).toMatch(/^text\/plain/);
		expect((await business('/html')).headers.get('content-type')).toMatch(/^text\/html/);
		expect(await business('/empty')).toMatchObject({ status: 204, text: '' });
		expect((await business('/array')).json).toHaveLength(3);
		expect((await business('/bytes/200001')).text).toHaveLength(200_001);
		expect(await business('/echo', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
		expect((await business('/bytes/104857600', { method: 'HEAD' })).status).toBe(200);
		await expect(business('/cut')).rejects.toThrow();
		expect(last()).toMatchObject({ status: 0, aborted: false });
	});

	it('writes text in other encodings', async () => {
		const authorization = `Bearer ${(await login()).json.token}`;
		const bytes = async (path: string) =>
			await (await fetch(`${base()}${path}`, { headers: { authorization } })).arrayBuffer();
		expect(new TextDecoder('latin1').decode(await bytes('/latin1'))).toBe('Grüße aus Zürich, café');
		expect(new TextDecoder('gbk').decode(await bytes('/gbk'))).toBe('你好，世界');
	});

	it('can fail the first times only', async () => {
		const url = '/status/503?retryAfter=2&times=1';
		const first = await business(url);
		expect(first.status).toBe(503);
		expect(first.headers.get('retry-after')).toBe('2');
		expect((await business(url)).json).toMatchObject({ ok: true });
		expect((await business('/expired-200?times=1')).json).toEqual({
			code: 401,
			msg: 'token expired',
		});
		expect((await business('/expired-200?times=1')).json).toMatchObject({ ok: true });
	});

	it('has pages, here and elsewhere', async () => {
		expect((await business('/pages?page=2')).json).toEqual({
			items: [{ id: 3 }, { id: 4 }],
			page: 2,
			next: `${base()}/pages?page=3&size=2&total=5`,
			total: 5,
		});
		expect((await business('/pages?page=3')).json).toMatchObject({
			items: [{ id: 5 }],
			next: null,
		});
		const { next } = (await business('/pages-elsewhere')).json;
		expect(next.startsWith(`${running.sandbox.strangerUrl}/`)).toBe(true);
		const answer = await call(next, { headers: { authorization: 'Bearer leaked' } });
		expect(answer.status).toBe(200);
		expect(last()).toMatchObject({ vendor: 'stranger', token: 'leaked' });
	});

	it('redirects', async () => {
		const answer = await business(`/redirect/307?to=${running.sandbox.strangerUrl}/x`);
		expect(answer.status).toBe(307);
		expect(answer.headers.get('location')).toBe(`${running.sandbox.strangerUrl}/x`);
	});

	it('notes that a client went away', async () => {
		const { token } = (await login()).json;
		const abort = new AbortController();
		const pending = call(`${base()}/slow/60000`, {
			headers: { authorization: `Bearer ${token}` },
			signal: abort.signal,
		});
		while (last()?.kind !== 'business') await new Promise(setImmediate);
		abort.abort();
		await expect(pending).rejects.toThrow();
		while (!last()?.aborted) await new Promise(setImmediate);
		expect(last()).toMatchObject({ status: 0, aborted: true });
	});

	it('uses up planned failures in order', async () => {
		running.sandbox.faults.serviceComb.tokenFailures = [
			{ status: 503, headers: { 'Retry-After': '1' }, times: 2 },
			{ redirectTo: 'http://127.0.0.1:1/' },
			{ cut: true },
			{ status: 200, body: '<html>', contentType: 'text/html' },
		];
		expect((await login()).status).toBe(503);
		expect((await login()).headers.get('retry-after')).toBe('1');
		const redirected = await login();
		expect([redirected.status, redirected.headers.get('location')]).toEqual([
			302,
			'http://127.0.0.1:1/',
		]);
		await expect(login()).rejects.toThrow();
		expect((await login()).text).toBe('<html>');
		expect(running.sandbox.requests.every(({ token }) => token === null)).toBe(true);
		expect((await login()).status).toBe(200);

		running.sandbox.faults.serviceComb.businessFailures = [{ status: 500, times: Infinity }];
		for (let n = 0; n < 3; n++) expect((await business('/echo')).status).toBe(500);
		running.sandbox.reset();
		expect((await business('/echo')).status).toBe(200);
	});

	it('delays answers and shortens lifetimes', async () => {
		running.sandbox.faults.serviceComb = { tokenDelayMs: 50, tokenLifetimeSeconds: 1 };
		const began = performance.now();
		const { token } = (await login()).json;
		expect(performance.now() - began).toBeGreaterThan(45);
		running.clock.now += 1000;
		const headers = { authorization: `Bearer ${token}` };
		expect((await call(`${base()}/echo`, { headers })).status).toBe(401);
	});

	it('expires all tokens at once, and forgets them on reset', async () => {
		const headers = { authorization: `Bearer ${(await login()).json.token}` };
		running.sandbox.expireTokens();
		expect((await call(`${base()}/echo`, { headers })).json.errorCode).toBe('401205');
		running.sandbox.reset();
		expect(running.sandbox.requests).toEqual([]);
		expect((await call(`${base()}/echo`, { headers })).json.errorCode).toBe('401201');
	});

	it('serves the same over TLS', async () => {
		const url = `${running.sandbox.tlsUrl}/servicecomb/v4/self-perms`;
		const status = await new Promise((resolve, reject) => {
			httpsRequest(url, { rejectUnauthorized: false }, (response) => {
				response.resume();
				resolve(response.statusCode);
			})
				.on('error', reject)
				.end();
		});
		expect(status).toBe(401);
		expect(last()?.url).toBe(url);
		await expect(call(url)).rejects.toThrow();
	});

	it('says which port is in use', async () => {
		const port = Number(new URL(running.sandbox.url).port);
		await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
		await expect(startSandbox({ tls: true, tlsPort: port })).rejects.toMatchObject({ port });
	});
});
