import {
	calls,
	jsonOf,
	numbered,
	onlyJson,
	anyLocalPort,
	request,
	responseOption,
	sandbox,
	serve,
} from './setup';

/** A slow service that counts how many calls it works on at once. */
async function slowService(delayOf: (id: number) => number) {
	const counts = { now: 0, most: 0 };
	const url = await serve((received, response) => {
		counts.now += 1;
		counts.most = Math.max(counts.most, counts.now);
		const id = Number(received.url?.slice(1));
		setTimeout(() => {
			counts.now -= 1;
			response.end(JSON.stringify({ id }));
		}, delayOf(id));
	});
	return { counts, url: `={{ "${url}/" + $json.id }}` };
}

/** A service that answers nobody until so many are waiting and, for a while, no more have come. */
async function gatedService(expected: number) {
	let count = 0;
	let open = () => {};
	/** How many had come when the first was answered. */
	const most = new Promise<number>((resolve) => {
		open = () => resolve(count);
	});
	const url = await serve(async (_received, response) => {
		count += 1;
		if (count === expected) setTimeout(open, 200);
		await most;
		response.end('{}');
	});
	return { most, url };
}

const readJson = responseOption({ responseFormat: 'json' });

it.each([
	[1, 4],
	[3, 12],
	[20, 40],
])('%s items are under way at once, and no more', async (concurrency, count) => {
	const { most, url } = await gatedService(concurrency);
	const run = { items: numbered(count), credential: anyLocalPort };
	await jsonOf({ url, options: { ...readJson, concurrency } }, run);
	expect(await most).toBe(concurrency);
});

it('16 are at first, when nothing is said', async () => {
	const { most, url } = await gatedService(16);
	const run = { items: numbered(40), credential: anyLocalPort };
	await jsonOf({ url, options: readJson }, run);
	expect(await most).toBe(16);
});

it('later as many are as the service takes, and the next run begins with them', async () => {
	const { counts, url } = await slowService(() => 100);
	const run = {
		provider: 'serviceCombApi' as const,
		items: numbered(300),
		credential: anyLocalPort,
	};
	const parameters = { url, tokenUse: 'reuse', options: readJson };
	await jsonOf(parameters, run);
	expect(counts.most).toBeGreaterThan(16);
	counts.most = 0;
	await jsonOf(parameters, { ...run, items: numbered(20) });
	expect(counts.most).toBe(20);
});

it.each([
	['fresh', 'maxusApi'],
	['reuse', 'serviceCombApi'],
] as const)(
	'a service that answers 429 beyond 12 at once carries out every POST once (%s)',
	async (tokenUse, provider) => {
		const done: string[] = [];
		let now = 0;
		let refused = 0;
		const url = await serve((received, response) => {
			now += 1;
			if (now > 12) {
				now -= 1;
				refused += 1;
				response.writeHead(429).end();
				return;
			}
			setTimeout(() => {
				now -= 1;
				done.push(String(received.url));
				response.end('{}');
			}, 300);
		});
		const { error } = await request(
			{
				method: 'POST',
				url: `={{ "${url}/" + $json.id }}`,
				tokenUse,
				options: { requestsPerMinute: 0 },
			},
			{ provider, items: numbered(80), credential: anyLocalPort },
		);
		expect(error).toBeNull();
		expect(done.sort()).toEqual(
			numbered(80)
				.map(({ json }) => `/${json.id}`)
				.sort(),
		);
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThan(50);
	},
);

it.each([0, 0.5])('%s means one', async (concurrency) => {
	const { counts, url } = await slowService(() => 5);
	const run = { items: numbered(3), credential: anyLocalPort };
	await jsonOf({ url, options: { ...readJson, concurrency } }, run);
	expect(counts.most).toBe(1);
});

it('the output keeps the order of the input, whichever ends first', async () => {
	const { url } = await slowService((id) => (12 - id) * 10);
	const { items } = await request(
		{ url, options: { ...readJson, concurrency: 12 } },
		{ items: numbered(12), credential: anyLocalPort },
	);
	expect(items).toEqual(numbered(12).map(({ json }, item) => ({ json, pairedItem: { item } })));
});

it('no item gives no call', async () => {
	expect((await request({}, { items: [] })).items).toEqual([]);
	expect(sandbox.requests).toEqual([]);
});

describe('batching', () => {
	const batches = (batchSize: number, batchInterval: number) => ({
		options: { batching: { batch: { batchSize, batchInterval } } },
	});

	/** Milliseconds from the first call to each. */
	const times = () => {
		const all = calls().map(({ at }) => at);
		return all.map((at) => at - (all[0] as number)).sort((a, b) => a - b);
	};

	it('a batch begins when its time has come', async () => {
		await jsonOf(batches(2, 1500), { items: numbered(5) });
		const [, second, third, fourth, fifth] = times() as [number, number, number, number, number];
		expect(second).toBeLessThan(1300);
		expect(third).toBeGreaterThanOrEqual(1300);
		expect(fourth).toBeLessThan(2800);
		expect(fifth).toBeGreaterThanOrEqual(2800);
	});

	it.each([
		[-1, 5000],
		[2, 0],
	])('is off with %s items a batch every %s ms', async (batchSize, batchInterval) => {
		await jsonOf(batches(batchSize, batchInterval), { items: numbered(5) });
		expect(times().at(-1)).toBeLessThan(1000);
	});

	it('0 items a batch mean one', async () => {
		await jsonOf(batches(0, 100), { items: numbered(3) });
		const [, second, third] = times() as [number, number, number];
		expect(second).toBeGreaterThanOrEqual(60);
		expect(third).toBeGreaterThanOrEqual(160);
	});
});

it('two runs at once do not disturb each other', async () => {
	const run = { items: numbered(10) };
	const [first, second] = await Promise.all([
		jsonOf({ url: '=/echo?run=1&id={{ $json.id }}' }, run),
		jsonOf({ url: '=/echo?run=2&id={{ $json.id }}' }, run),
	]);
	const idsOf = (answers: object[]) =>
		answers.map((answer) => (answer as { query: { run: string; id: string } }).query);
	expect(idsOf(first)).toEqual(numbered(10).map(({ json }) => ({ run: '1', id: `${json.id}` })));
	expect(idsOf(second)).toEqual(numbered(10).map(({ json }) => ({ run: '2', id: `${json.id}` })));
	expect(await onlyJson()).toMatchObject({ ok: true });
});
