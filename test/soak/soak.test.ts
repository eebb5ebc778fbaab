import { anyLocalPort, numbered, request, sandbox } from '../engine/authenticatedRequest/setup';

/** How long it goes on; the first round, which loads and compiles, is not counted. */
const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);

const EXECUTIONS = 20;

const ITEMS = 500;

/** What grows for other reasons: n8n's engine, jest, and the sandbox are in the same process. */
const MOST_GROWTH_MB = 60;

jest.setTimeout((MINUTES + 5) * 60_000);

/** What is in use when nothing runs. */
async function inUse() {
	// Sockets close, and what was deferred is done.
	await new Promise((resolve) => {
		setTimeout(resolve, 1000);
	});
	globalThis.gc?.();
	const resources = process.getActiveResourcesInfo();
	const count = (kind: string) => resources.filter((name) => name === kind).length;
	return {
		heapMb: Math.round(process.memoryUsage().heapUsed / 1024 / 1024),
		sockets: count('TCPSocketWrap'),
		timers: count('Timeout'),
	};
}

async function round(): Promise<void> {
	const runs = Array.from({ length: EXECUTIONS }, async () => {
		const { error, items } = await request(
			{ tokenUse: 'reuse' },
			{ provider: 'yesApi', credential: anyLocalPort, items: numbered(ITEMS) },
		);
		expect(error).toBeNull();
		expect(items).toHaveLength(ITEMS);
	});
	await Promise.all(runs);
	sandbox.requests.length = 0;
}

it(`${EXECUTIONS} executions of ${ITEMS} items on one credential, again and again`, async () => {
	await round();
	const first = await inUse();
	const endsAt = performance.now() + MINUTES * 60_000;
	let rounds = 0;
	while (performance.now() < endsAt) {
		await round();
		rounds += 1;
		const now = await inUse();
		process.stdout.write(
			`round ${rounds}: heap ${now.heapMb} MB, ${now.sockets} sockets, ${now.timers} timers\n`,
		);
		expect(now.sockets).toBeLessThanOrEqual(first.sockets + 2);
		expect(now.timers).toBeLessThanOrEqual(first.timers + 2);
		expect(now.heapMb).toBeLessThanOrEqual(first.heapMb + MOST_GROWTH_MB);
	}
	expect(rounds).toBeGreaterThan(0);
});
