import { CanceledError } from '../../../providers/kit/errors';
import { RateLimit } from '../../../providers/engine/rateLimit';
import { FakeClock, settle } from '../../support/fakeClock';

const MINUTE = 60_000;

let clock: FakeClock;
let limit: RateLimit;

beforeEach(() => {
	clock = new FakeClock(1_000_000);
	limit = new RateLimit(clock);
});

/** The largest number of calls in any 60 seconds, both ends included. */
function mostInAMinute(calls: number[]): number {
	return Math.max(
		0,
		...calls.map((start) => calls.filter((at) => at >= start && at <= start + MINUTE).length),
	);
}

/** Numbers from 0 up to 1, the same in every run. */
function sequence(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Makes `count` calls as fast as the limit lets them, and returns when each was made. */
function makeCalls(key: string, count: number, perMinute: number): number[] {
	const calls: number[] = [];
	for (let call = 0; call < count; call += 1) {
		void limit.reserve(key, 1, { perMinute }).then(async (reservation) => {
			await reservation.use();
			calls.push(clock.now());
			reservation.release();
		});
	}
	return calls;
}

it('lets a burst through up to the limit, and the next only after 60 s', async () => {
	const start = clock.now();
	const calls = makeCalls('key', 11, 10);
	await clock.advance(MINUTE);
	expect(calls).toEqual(Array(10).fill(start));
	await clock.advance(1000);
	expect(calls).toHaveLength(11);
	expect((calls[10] ?? 0) - start).toBeGreaterThan(MINUTE);
});

it('is never exceeded in any 60 s, nor left unused while there is work', async () => {
	const calls = makeCalls('key', 500, 60);
	await clock.advance(9 * MINUTE);
	expect(calls).toHaveLength(500);
	expect(mostInAMinute(calls)).toBe(60);
	expect((calls.at(-1) ?? 0) - (calls[0] ?? 0)).toBeLessThan(8 * MINUTE * 1.01);
});

it.each([1, 2, 3])('holds for calls in pairs that take unequal times (seed %i)', async (seed) => {
	const random = sequence(seed);
	const calls: number[] = [];
	const callPair = async () => {
		await clock.pause(random() * 5 * MINUTE);
		const reservation = await limit.reserve('key', 2, { perMinute: 50 });
		await reservation.use();
		calls.push(clock.now());
		await clock.pause(random() * 4000);
		if (random() < 0.8) {
			await reservation.use();
			calls.push(clock.now());
		}
		reservation.release();
	};
	const pairs = Array.from({ length: 200 }, callPair);
	await clock.advance(15 * MINUTE);
	await Promise.all(pairs);
	expect(calls.length).toBeGreaterThan(300);
	expect(mostInAMinute(calls)).toBeLessThanOrEqual(50);
	expect(mostInAMinute(calls)).toBeGreaterThan(40);
});

it('makes room for two at once, so that the second need not wait', async () => {
	const busy = await limit.reserve('key', 1, { perMinute: 2 });
	await busy.use();
	let pair: Awaited<ReturnType<RateLimit['reserve']>> | undefined;
	void limit.reserve('key', 2, { perMinute: 2 }).then((reservation) => (pair = reservation));
	await clock.advance(MINUTE);
	expect(pair).toBeUndefined();
	await clock.advance(1000);
	const before = clock.now();
	await pair?.use();
	await pair?.use();
	expect(pair).toBeDefined();
	expect(clock.now()).toBe(before);
});

it('takes a reservation for two where only one call a minute is allowed', async () => {
	const calls: number[] = [];
	void limit.reserve('key', 2, { perMinute: 1 }).then(async (reservation) => {
		for (let call = 0; call < 2; call += 1) {
			await reservation.use();
			calls.push(clock.now());
		}
	});
	await clock.advance(2 * MINUTE);
	expect(calls).toHaveLength(2);
	expect(mostInAMinute(calls)).toBe(1);
});

it('counts a use beyond what was reserved, and makes it wait', async () => {
	const calls: number[] = [];
	const reservation = await limit.reserve('key', 1, { perMinute: 2 });
	const useThrice = async () => {
		for (let call = 0; call < 3; call += 1) {
			await reservation.use();
			calls.push(clock.now());
		}
	};
	void useThrice();
	await clock.advance(2 * MINUTE);
	expect(calls).toHaveLength(3);
	expect(mostInAMinute(calls)).toBe(2);
});

it('gives back at once what a reservation did not use', async () => {
	const unused = await limit.reserve('key', 10, { perMinute: 10 });
	const calls = makeCalls('key', 10, 10);
	await clock.advance(10_000);
	expect(calls).toHaveLength(0);
	unused.release();
	await clock.advance(100);
	expect(calls).toHaveLength(10);
});

it('serves first who came first, also a pair before later single calls', async () => {
	const order: string[] = [];
	makeCalls('key', 3, 3);
	await settle();
	const ask = async (name: string, count: number) => {
		await limit.reserve('key', count, { perMinute: 3 });
		order.push(name);
	};
	void ask('pair', 2);
	void ask('single', 1);
	void ask('last', 1);
	await clock.advance(2 * MINUTE);
	expect(order).toEqual(['pair', 'single']);
});

it('limits each key for itself', async () => {
	makeCalls('one', 10, 10);
	const calls = makeCalls('two', 10, 10);
	await clock.advance(0);
	expect(calls).toHaveLength(10);
});

it('does not wait where there is no limit, but counts those calls for others', async () => {
	const free = makeCalls('key', 1000, 0);
	await clock.advance(0);
	expect(free).toHaveLength(1000);
	const limited = makeCalls('key', 1, 1000);
	await clock.advance(MINUTE);
	expect(limited).toHaveLength(0);
	await clock.advance(1000);
	expect(limited).toHaveLength(1);
});

it('forgets calls that are over where there is no limit', async () => {
	for (let minute = 0; minute < 20; minute += 1) {
		makeCalls('key', 100, 0);
		await clock.advance(2 * MINUTE);
	}
	const { windows } = limit as unknown as { windows: Map<string, { calls: number[] }> };
	expect(windows.get('key')?.calls.length).toBeLessThanOrEqual(100);
});

it('still counts those who wait in line while timers are late', async () => {
	const calls = makeCalls('key', 2, 1);
	await settle();
	clock.jump(MINUTE + 1000);
	makeCalls('another key', 1, 1);
	const later = makeCalls('key', 1, 1);
	await clock.advance(3 * MINUTE);
	expect([...calls, ...later]).toHaveLength(3);
	expect(mostInAMinute([...calls, ...later])).toBe(1);
});

it('says once that a call has to wait', async () => {
	const onWait = jest.fn();
	await limit.reserve('key', 1, { perMinute: 1, onWait });
	expect(onWait).not.toHaveBeenCalled();
	void limit.reserve('key', 1, { perMinute: 1, onWait });
	await clock.advance(1000);
	expect(onWait).toHaveBeenCalledTimes(1);
});

it('lets the next in line through when a waiting execution is stopped', async () => {
	const stop = new AbortController();
	makeCalls('key', 1, 1);
	await settle();
	const stopped = limit.reserve('key', 1, { perMinute: 1, signal: stop.signal });
	const calls = makeCalls('key', 1, 1);
	await settle();
	stop.abort();
	await expect(stopped).rejects.toBeInstanceOf(CanceledError);
	await clock.advance(MINUTE + 1000);
	expect(calls).toHaveLength(1);
});
