import {
	calls,
	fields,
	numbered,
	anyLocalPort,
	request,
	sandbox,
	strangers,
	type RequestRun,
} from './setup';

const PROMPTLY_MS = 1000;

/** Stops a run as soon as the condition holds; returns how long it took to end, and what came after. */
async function stopWhen(condition: () => boolean, parameters: object, run: RequestRun = {}) {
	const stop = new AbortController();
	const running = request(parameters, { items: numbered(20), ...run, signal: stop.signal });
	while (!condition()) await pause(5);
	const before = sandbox.requests.length;
	const stoppedAt = Date.now();
	stop.abort();
	const result = await running;
	const ms = Date.now() - stoppedAt;
	await pause(150);
	return { ...result, ms, callsAfter: sandbox.requests.length - before };
}

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

/** So that no item is between its token and its call when the run is stopped. */
const three = { concurrency: 3 };

it('a call that is slow ends at once, and no other is made', async () => {
	const isBusy = () => calls().length === 3;
	const { ms, callsAfter } = await stopWhen(isBusy, { url: '/slow/20000', options: three });
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(callsAfter).toBe(0);
	expect(calls().map(({ aborted }) => aborted)).toEqual([true, true, true]);
});

it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'also with On Error: %s',
	async (onError) => {
		const { ms, callsAfter, items, errorItems, execution } = await stopWhen(
			() => calls().length === 3,
			{ url: '/slow/20000', options: three },
			{ onError },
		);
		expect(ms).toBeLessThan(PROMPTLY_MS);
		expect(callsAfter).toBe(0);
		expect(execution.status).toBe('canceled');
		// n8n passes on the input of a node that throws; what matters is that no failure is made up.
		expect(JSON.stringify([items, errorItems])).not.toContain('error');
	},
);

it('a token request that is slow ends at once', async () => {
	sandbox.faults.maxus.tokenDelayMs = 20_000;
	const { ms, callsAfter } = await stopWhen(
		() => sandbox.requests.length === 1,
		{},
		{ credential: anyLocalPort },
	);
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(callsAfter).toBe(0);
	sandbox.faults.maxus.tokenDelayMs = 0;
});

it('waiting for a busy service ends at once', async () => {
	const url = '/status/503?retryAfter=60';
	const isBusy = () => calls().filter(({ status }) => status === 503).length === 3;
	const { ms, callsAfter } = await stopWhen(isBusy, { url, options: three });
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(callsAfter).toBe(0);
});

it('waiting for room under the rate limit ends at once', async () => {
	const options = { requestsPerMinute: 4 };
	const { ms, callsAfter } = await stopWhen(
		() => calls().filter(({ status }) => status === 200).length === 2,
		{ options },
		{ credential: anyLocalPort },
	);
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(callsAfter).toBe(0);
	expect(calls()).toHaveLength(2);
});

it('waiting for the next batch ends at once', async () => {
	const options = { batching: { batch: { batchSize: 1, batchInterval: 30_000 } } };
	const isBusy = () => calls().filter(({ status }) => status === 200).length === 1;
	const { ms, callsAfter } = await stopWhen(isBusy, { options });
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(callsAfter).toBe(0);
});

it('no further page is fetched', async () => {
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
	};
	const { callsAfter, ms } = await stopWhen(
		() => calls().length === 3,
		{ url: '/slow/300', options: { pagination: { pagination }, concurrency: 1 } },
		{ items: numbered(1) },
	);
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(callsAfter).toBe(0);
});

it('nobody waits for the next page', async () => {
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
		requestInterval: 30_000,
	};
	const { callsAfter, ms } = await stopWhen(
		() => calls().length === 1,
		{ options: { pagination: { pagination } } },
		{ items: numbered(1) },
	);
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(callsAfter).toBe(0);
});

it('a GET with a body, which n8n cannot stop, is followed by no other', async () => {
	const body = { sendBody: true, bodyParameters: fields(['a', 1]) };
	const { callsAfter } = await stopWhen(
		() => calls().length === 3,
		{ url: '/slow/300', tokenUse: 'reuse', ...body, options: three },
		{ provider: 'serviceCombApi', credential: anyLocalPort },
	);
	await pause(400);
	expect(callsAfter).toBe(0);
	expect(calls()).toHaveLength(3);
});

it('a download that is under way ends at once', async () => {
	const { ms } = await stopWhen(
		() => calls().length === 1,
		{ url: '/bytes/2000000000' },
		{ items: numbered(1) },
	);
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(calls()[0]?.aborted).toBe(true);
	expect(strangers()).toEqual([]);
});
