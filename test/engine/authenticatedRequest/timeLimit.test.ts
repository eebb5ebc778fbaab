import {
	anyLocalPort,
	contentOf,
	fields,
	jsonOf,
	numbered,
	request,
	responseOption,
	serve,
	type RequestRun,
} from './setup';

import type { ServerResponse } from 'node:http';

import { skipPauses } from './skippedTime';

skipPauses();

const LIMIT_MS = 150;

/** Far above the limit, far below what a call may take that has none. */
const PROMPTLY_MS = 2000;

const local: RequestRun = { credential: anyLocalPort };

const JSON_HEAD = { 'Content-Type': 'application/json', 'Content-Length': 1000 };

/** A server that begins an answer and never ends it. */
async function stalling(status = 200, headers: object = JSON_HEAD) {
	const seen = { calls: 0, closed: 0 };
	const url = await serve((_request, response) => {
		seen.calls += 1;
		response.on('close', () => (seen.closed += 1));
		response.writeHead(status, { ...headers });
		response.write('{"a":');
	});
	return { url, seen };
}

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

/** What a run comes to, and how many milliseconds it takes. */
async function timed<T>(work: Promise<T>): Promise<T & { ms: number }> {
	const before = Date.now();
	return { ...(await work), ms: Date.now() - before };
}

const POST = { method: 'POST', sendBody: true, bodyParameters: fields(['a', 1]) };

const inTime = (options: object = {}) => ({ options: { timeout: LIMIT_MS, ...options } });

describe('an answer that stalls ends in its time', () => {
	it.each([
		['GET', {}, 200, {}],
		['POST', POST, 200, {}],
		['GET with a body', { ...POST, method: 'GET' }, 200, {}],
		['read as text', {}, 200, responseOption({ responseFormat: 'text' })],
		['saved as a file', {}, 200, responseOption({ responseFormat: 'file' })],
		['with Never Error', {}, 404, responseOption({ neverError: true })],
		['with Token Expired When', {}, 200, { expiredWhen: '={{ $response.body.code === 401 }}' }],
		['POST', POST, 500, {}],
		['POST', POST, 503, {}],
		['GET', {}, 400, {}],
		['GET', {}, 401, {}],
	])('%s (%#)', async (_what, parameters, status, options) => {
		const { url, seen } = await stalling(status);
		const run = request({ url, ...parameters, ...inTime(options) }, local);
		const { error, ms } = await timed(run);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `${new URL(url).host} did not finish its response in time`,
			description: expect.stringContaining(
				'It had 0.15 s. Check that n8n can reach the address; if the service is slow or the response large, raise the timeout.',
			),
			context: { itemIndex: 0 },
		});
		expect(ms).toBeLessThan(PROMPTLY_MS);
		await pause(20);
		expect(seen.closed).toBe(seen.calls);
	});

	it.each([
		['a call', 'GET', {}],
		['a POST', 'POST', {}],
		['a login', 'GET', { environment: 'custom' }],
	])('%s whose service switches to another protocol', async (_what, method, credential) => {
		let closed = 0;
		const url = await serve(({ socket }) => {
			socket.on('close', () => (closed += 1));
			socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
		});
		const isLogin = Object.keys(credential).length > 0;
		const parameters = { url: isLogin ? '/echo' : url, method, ...inTime({ maxRetries: 0 }) };
		const run = {
			credential: { ...anyLocalPort, ...credential, ...(isLogin && { baseUrl: url }) },
		};
		const { error, ms } = await timed(request(parameters, run as RequestRun));
		expect(error?.message).toBe(`${new URL(url).host} did not respond in time`);
		expect(ms).toBeLessThan(PROMPTLY_MS);
		await pause(20);
		expect(closed).toBe(1);
	});

	it('says with what status it began', async () => {
		const { url } = await stalling(422);
		const { error } = await request({ url, ...inTime() }, local);
		expect(error?.description).toMatch(/^It began with HTTP 422 Unprocessable Entity\. It had 0/);
	});

	it('when it drips', async () => {
		const url = await serve((_request, response) => {
			response.writeHead(200, JSON_HEAD);
			const drip = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(drip));
		});
		const { error, ms } = await timed(request({ url, ...inTime() }, local));
		expect(error?.message).toContain('did not finish its response in time');
		expect(ms).toBeLessThan(PROMPTLY_MS);
	});

	it('page by page', async () => {
		const url = await serve((asked, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			if (asked.url?.includes('page=3') === true) response.write('[');
			else setTimeout(() => response.end('[1]'), LIMIT_MS / 2);
		});
		const pagination = {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
		};
		const { error, ms } = await timed(
			request({ url, ...inTime({ pagination: { pagination } }) }, local),
		);
		expect(error?.message).toContain('did not finish its response in time');
		expect(ms).toBeGreaterThanOrEqual(2 * LIMIT_MS - 10);
		expect(ms).toBeLessThan(PROMPTLY_MS);
	});

	it('and is not asked for again', async () => {
		const { url, seen } = await stalling();
		await request({ url, ...inTime() }, local);
		expect(seen.calls).toBe(1);
	});

	it('before its head: neither is that', async () => {
		let calls = 0;
		const url = await serve(() => (calls += 1));
		const { error } = await request({ url, ...inTime() }, local);
		expect(error?.message).toBe(`${new URL(url).host} did not respond in time`);
		expect(calls).toBe(1);
	});

	it('and no other item is harmed', async () => {
		const url = await serve((asked, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			if (asked.url === '/1') response.write('{');
			else response.end('{"ok":true}');
		});
		const items = await jsonOf(
			{ url: `=${url}/{{ $json.id }}`, ...inTime() },
			{ ...local, items: numbered(3), onError: 'continueRegularOutput' },
		);
		expect(items.map(({ ok, error }) => ok ?? error)).toEqual([
			true,
			`${new URL(url).host} did not finish its response in time`,
			true,
		]);
	});
});

it('an answer that takes less than its time is taken whole', async () => {
	const url = await serve((_request, response) => {
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.write('{"a":');
		setTimeout(() => response.end('1}'), 50);
	});
	expect(await jsonOf({ url, options: { timeout: 1000 } }, local)).toEqual([{ a: 1 }]);
});

it.each([
	['JSON', {}],
	['a file', { options: responseOption({ responseFormat: 'file' }) }],
	['a GET with a body', { ...POST, method: 'GET' }],
])('Stop is heard at once while %s is on its way', async (_what, parameters) => {
	const { url, seen } = await stalling();
	const stop = new AbortController();
	const running = request(
		{ url, ...parameters },
		{ ...local, signal: stop.signal, onError: 'continueRegularOutput' },
	);
	while (seen.calls === 0) await pause(5);
	await pause(50);
	stop.abort();
	const { execution, ms } = await timed(running);
	expect(execution.status).toBe('canceled');
	expect(ms).toBeLessThan(500);
	await pause(20);
	expect(seen.closed).toBe(1);
});

describe('an answer that breaks off', () => {
	/** A server whose first answers break off. */
	async function breaking(times: number, end: (response: ServerResponse) => void) {
		const seen = { calls: 0, bodies: [] as string[] };
		const url = await serve((asked, response) => {
			seen.calls += 1;
			asked.on('data', (part: Buffer) => seen.bodies.push(part.toString()));
			response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 8 });
			if (seen.calls > times) return response.end('{"a": 1}');
			response.write('{"a"');
			return setTimeout(() => end(response), 10);
		});
		return { url, seen };
	}

	const cut = (response: ServerResponse) => response.destroy();

	it.each([
		['GET', {}],
		['PUT', { ...POST, method: 'PUT' }],
		['GET with a body', { ...POST, method: 'GET' }],
		['POST, when the user says so', { ...POST, options: { retryNonIdempotent: true } }],
	])('is asked for again: %s', async (_what, parameters) => {
		const { url, seen } = await breaking(2, cut);
		expect(await jsonOf({ url, ...parameters }, local)).toEqual([{ a: 1 }]);
		expect(seen.calls).toBe(3);
		if ('method' in parameters) expect(seen.bodies).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
	});

	it('is asked for again when it is a file', async () => {
		const { url, seen } = await breaking(1, cut);
		const { items } = await request(
			{ url, options: responseOption({ responseFormat: 'file' }) },
			local,
		);
		expect(items[0]?.binary?.data).toMatchObject({ mimeType: 'application/json' });
		expect((await contentOf(items[0])).toString()).toBe('{"a": 1}');
		expect(seen.calls).toBe(2);
	});

	it.each([
		['a POST', POST],
		['with no retries', { options: { maxRetries: 0 } }],
	])('is not asked for again: %s', async (_what, parameters) => {
		const { url, seen } = await breaking(1, cut);
		const { error } = await request({ url, ...parameters }, local);
		expect(error).toMatchObject({
			message: `${new URL(url).host} broke off its response`,
			description: expect.stringContaining('may still have been carried out'),
		});
		expect(seen.calls).toBe(1);
	});
});
