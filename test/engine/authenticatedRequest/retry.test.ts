import {
	calls,
	fields,
	jsonOf,
	logins,
	numbered,
	onlyJson,
	anyLocalPort,
	request,
	sandbox,
	serve,
	unusedPort,
} from './setup';

import { deferred } from '../../support/deferred';
import { now, skipPauses, waits } from './skippedTime';

skipPauses();

const statuses = () => calls().map(({ status }) => status);

const bodyOf = { sendBody: true, bodyParameters: fields(['a', 1]) };

describe('a busy service', () => {
	it.each([429, 500, 502, 503, 504])('GET that got %s is sent again', async (status) => {
		expect(await onlyJson({ url: `/status/${status}?times=2` })).toMatchObject({ ok: true });
		expect(statuses()).toEqual([status, status, 200]);
		expect(new Set(calls().map(({ token }) => token)).size).toBe(3);
		expect(waits).toHaveLength(2);
		expect(waits[0]).toBeGreaterThanOrEqual(250);
		expect(waits[0]).toBeLessThanOrEqual(500);
		expect(waits[1]).toBeGreaterThanOrEqual(500);
		expect(waits[1]).toBeLessThanOrEqual(1000);
	});

	it('waits as long as the service asks', async () => {
		await onlyJson({ url: '/status/503?times=1&retryAfter=7' });
		expect(waits).toEqual([7000]);
	});

	it('understands a date', async () => {
		const in5Minutes = new Date(now() + 20_000).toUTCString();
		await onlyJson({ url: `/status/503?times=1&retryAfter=${encodeURIComponent(in5Minutes)}` });
		expect(waits).toHaveLength(1);
		expect(waits[0]).toBeGreaterThan(15_000);
		expect(waits[0]).toBeLessThanOrEqual(20_000);
	});

	it('does not hang on an item for an hour', async () => {
		const { error } = await request({ url: '/status/503?retryAfter=3600' });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '503' });
		expect(waits).toEqual([]);
		expect(calls()).toHaveLength(1);
	});

	it.each(['PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is sent again', async (method) => {
		await onlyJson({ url: '/status/503?times=1', method, ...bodyOf });
		expect(statuses()).toEqual([503, 200]);
	});

	it('the body is sent whole again', async () => {
		await onlyJson({ url: '/status/503?times=1', method: 'PUT', ...bodyOf });
		expect(calls().map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
	});

	it.each([
		[0, 1],
		[1, 2],
		[3, 4],
	])('with %s retries %s calls are made', async (maxRetries, count) => {
		const { error } = await request({ url: '/status/503', options: { maxRetries } });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '503' });
		expect(calls()).toHaveLength(count);
	});

	it('other refusals are not asked about again', async () => {
		await request({ url: '/status/400' });
		expect(calls()).toHaveLength(1);
		expect(waits).toEqual([]);
	});
});

describe('POST and PATCH', () => {
	it.each([
		['POST', 500],
		['POST', 503],
		['PATCH', 503],
	])('%s that got %s is not sent twice', async (method, status) => {
		const { error } = await request({ url: `/status/${status}`, method, ...bodyOf });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: String(status) });
		expect(calls()).toHaveLength(1);
	});

	it.each(['POST', 'PATCH'])(
		'%s that got 429 is sent again: it was not carried out',
		async (method) => {
			await onlyJson({ url: '/status/429?times=1', method, ...bodyOf });
			expect(calls()).toHaveLength(2);
		},
	);

	it.each(['POST', 'PATCH'])('%s is, when the user says so', async (method) => {
		const options = { retryNonIdempotent: true };
		await onlyJson({ url: '/status/500?times=1', method, ...bodyOf, options });
		expect(calls().map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
	});

	it('is not sent twice when the connection was cut', async () => {
		const { error } = await request({ url: '/cut', method: 'POST', ...bodyOf });
		expect(error?.message).toContain('closed the connection');
		expect(calls()).toHaveLength(1);
	});

	it('is, when the user says so', async () => {
		sandbox.faults.maxus.businessFailures = [{ cut: true }];
		const options = { retryNonIdempotent: true };
		expect(await onlyJson({ method: 'POST', ...bodyOf, options })).toMatchObject({ ok: true });
		expect(calls()).toHaveLength(2);
	});

	it('is sent again when the connection was refused: it cannot have arrived', async () => {
		const port = await unusedPort();
		const { requests } = sandbox;
		requests.push = (...received) => {
			// The token request of the third try: by now somebody listens.
			if (requests.length === 2) void serve((_, response) => response.end('{"late":true}'), port);
			return Array.prototype.push.apply(requests, received);
		};
		const url = `http://127.0.0.1:${port}/`;
		const run = { credential: anyLocalPort };
		const json = await onlyJson({ url, method: 'POST', ...bodyOf, options: readJson }, run);
		Reflect.deleteProperty(requests, 'push');
		expect(json).toEqual({ late: true });
		expect(logins()).toHaveLength(3);
	});
});

const readJson = { response: { response: { responseFormat: 'json' } } };

describe('a broken connection', () => {
	it('GET is sent again', async () => {
		sandbox.faults.maxus.businessFailures = [{ cut: true, times: 2 }];
		expect(await onlyJson()).toMatchObject({ ok: true });
		expect(calls()).toHaveLength(3);
		expect(logins()).toHaveLength(3);
	});

	it('no more often than the user wants', async () => {
		const { error } = await request({ url: '/cut', options: { maxRetries: 2 } });
		expect(error?.message).toContain('closed the connection');
		expect(calls()).toHaveLength(3);
	});
});

describe('a token request', () => {
	it.each([429, 503])('that got %s is made again, for a POST too', async (status) => {
		sandbox.faults.maxus.tokenFailures = [{ status, headers: { 'Retry-After': '2' } }];
		await onlyJson({ method: 'POST', ...bodyOf });
		expect(logins()).toHaveLength(2);
		expect(calls()).toHaveLength(1);
		expect(waits).toEqual([2000]);
	});

	it('that is cut is made again', async () => {
		sandbox.faults.maxus.tokenFailures = [{ cut: true }];
		await onlyJson({ method: 'POST', ...bodyOf });
		expect(logins()).toHaveLength(2);
	});

	it.each([
		[{ status: 503 }, 'Maxus is not available'],
		[{ cut: true }, 'closed the connection'],
	])('is not multiplied by the retries of the call: %j', async (failure, message) => {
		sandbox.faults.maxus.tokenFailures = [{ ...failure, times: Infinity }];
		const { error } = await request({ options: { maxRetries: 2 } });
		expect(error?.message).toContain(message);
		expect(logins()).toHaveLength(3);
		expect(calls()).toEqual([]);
	});
});

describe('hints', () => {
	it('none when all goes well', async () => {
		expect((await request()).hints).toEqual([]);
	});

	it('say what was sent again', async () => {
		const { hints } = await request(
			{ url: '/status/503?times=1&retryAfter=0&item={{ $json.id }}'.replace(/^/, '=') },
			{ items: numbered(3) },
		);
		expect(hints).toEqual([
			{ message: '3 calls were sent again: 3 after HTTP 503.', location: 'outputPane' },
		]);
	});

	it.each([
		[{ method: 'POST' }, true, 1],
		[{ method: 'GET' }, true, 0],
		[{ method: 'POST' }, false, 0],
	])('%j under "Retry On Fail" %s: %s', async (parameters, retryOnFail, count) => {
		const { hints } = await request(parameters, { retryOnFail });
		const warning = {
			message:
				'"Retry On Fail" in the settings of this node repeats every call when one fails, even a POST that was carried out. "Max Retries" in its options does not.',
			location: 'outputPane',
		};
		expect(hints).toEqual(Array(count).fill(warning));
	});

	it('say one in the singular', async () => {
		const { hints } = await request({ url: '/status/503?times=1' });
		expect(hints).toMatchObject([{ message: '1 call was sent again: 1 after HTTP 503.' }]);
	});
});

it('frees the connection of an answer that nobody reads, however large', async () => {
	const closed = deferred<void>();
	let count = 0;
	const url = await serve((_request, response) => {
		count += 1;
		if (count > 1) return response.end('{}');
		response.on('close', closed.resolve);
		return response.writeHead(503).end('x'.repeat(30_000_000));
	});
	await onlyJson({ url, options: readJson }, { credential: anyLocalPort });
	await closed.promise;
	expect(count).toBe(2);
});

it('keeps the order of the items, though some take longer', async () => {
	const url =
		'={{ $json.id % 3 === 0 ? "/status/503?times=1&id=" + $json.id : "/echo?id=" + $json.id }}';
	const answers = await jsonOf({ url }, { items: numbered(12) });
	expect(answers.map(({ query }) => (query as { id: string }).id)).toEqual(
		numbered(12).map(({ json }) => String(json.id)),
	);
});
