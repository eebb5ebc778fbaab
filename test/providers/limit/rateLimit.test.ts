import { CanceledError } from '../../../providers/kit/errors';
import { RateLimit, type Place } from '../../../providers/limit/rateLimit';
import { FakeClock, settle } from '../../support/fakeClock';
import { mostInAMinute } from '../../support/mostInAMinute';

const MINUTE = 60_000;

let clock: FakeClock;
let limit: RateLimit;

beforeEach(() => {
	clock = new FakeClock(1_000_000);
	limit = new RateLimit(clock);
});

/** Numbers from 0 up to 1, the same in every run. */
function sequence(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Makes `count` calls as fast as the limit lets them, and returns when each was made. */
function makeCalls(key: string, count: number, perMinute: number): number[] {
	const calls: number[] = [];
	for (let call = 0; call < count; call += 1) {
		const place = limit.placeFor(key, { perMinute });
		void place.use(async () => calls.push(clock.now())).finally(() => place.leave());
	}
	return calls;
}

/** A place with room for so many requests. */
async function placeWith(count: number, perMinute: number): Promise<Place> {
	const place = limit.placeFor('key', { perMinute });
	await place.keep(count);
	return place;
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
		const place = await placeWith(2, 50);
		await place.use(async () => calls.push(clock.now()));
		await clock.pause(random() * 4000);
		if (random() < 0.8) await place.use(async () => calls.push(clock.now()));
		place.leave();
	};
	const pairs = Array.from({ length: 200 }, callPair);
	await clock.advance(15 * MINUTE);
	await Promise.all(pairs);
	expect(calls.length).toBeGreaterThan(300);
	expect(mostInAMinute(calls)).toBeLessThanOrEqual(50);
	expect(mostInAMinute(calls)).toBeGreaterThan(40);
});

it('makes room for two at once, so that the second need not wait', async () => {
	const calls = makeCalls('key', 1, 2);
	const order: string[] = [];
	void placeWith(2, 2).then(async (pair) => {
		order.push('room');
		await pair.use(async () => calls.push(clock.now()));
		await pair.use(async () => calls.push(clock.now()));
	});
	await clock.advance(MINUTE);
	expect(order).toEqual([]);
	await clock.advance(1000);
	expect(order).toEqual(['room']);
	expect(calls).toHaveLength(3);
	expect(calls[2]).toBe(calls[1]);
});

it('keeps room for one where two are asked for and only one a minute is allowed', async () => {
	const calls: number[] = [];
	void placeWith(2, 1).then(async (place) => {
		for (let call = 0; call < 2; call += 1) await place.use(async () => calls.push(clock.now()));
	});
	await clock.advance(2 * MINUTE);
	expect(calls).toHaveLength(2);
	expect(mostInAMinute(calls)).toBe(1);
});

it('counts a use beyond what was kept, and makes it wait', async () => {
	const calls: number[] = [];
	void placeWith(1, 2).then(async (place) => {
		for (let call = 0; call < 3; call += 1) await place.use(async () => calls.push(clock.now()));
	});
	await clock.advance(2 * MINUTE);
	expect(calls).toHaveLength(3);
	expect(mostInAMinute(calls)).toBe(2);
});

it.each(['giveBack', 'leave'] as const)(
	'frees at once what was kept and not used (%s)',
	async (end) => {
		const unused = await placeWith(10, 10);
		const calls = makeCalls('key', 10, 10);
		await clock.advance(10_000);
		expect(calls).toHaveLength(0);
		unused[end]();
		await clock.advance(0);
		expect(calls).toHaveLength(10);
	},
);

it('gives back what was kept before it waits for more', async () => {
	const first = await placeWith(2, 3);
	const order: string[] = [];
	const name = (what: string) => () => order.push(what);
	void placeWith(3, 3).then(name('second'));
	await first.use(async () => {});
	void first.keep(2).then(name('first again'));
	await clock.advance(MINUTE + 1000);
	expect(order).toEqual(['first again']);
});

it('serves first who came first, also a pair before later single calls', async () => {
	const order: string[] = [];
	makeCalls('key', 3, 3);
	await settle();
	const ask = async (name: string, count: number) => {
		await placeWith(count, 3);
		order.push(name);
	};
	void ask('pair', 2);
	void ask('single', 1);
	void ask('last', 1);
	await clock.advance(2 * MINUTE);
	expect(order).toEqual(['pair', 'single']);
});

it('serves what is asked for later in the order of the places', async () => {
	const order: string[] = [];
	const places = ['first', 'second', 'third'].map((name) => ({
		name,
		place: limit.placeFor('key', { perMinute: 1 }),
	}));
	makeCalls('key', 1, 1);
	for (const { name, place } of places.reverse()) {
		void place.use(async () => order.push(name)).finally(() => place.leave());
	}
	await clock.advance(4 * MINUTE);
	expect(order).toEqual(['first', 'second', 'third']);
});

it('counts a request from when it was answered, as only then the vendor has seen it for sure', async () => {
	const calls: number[] = [];
	const place = limit.placeFor('key', { perMinute: 1 });
	void place.use(async () => await clock.pause(700));
	await clock.advance(700);
	const answeredAt = clock.now();
	void place.use(async () => calls.push(clock.now()));
	await clock.advance(2 * MINUTE);
	expect(calls).toEqual([answeredAt + MINUTE + 50]);
});

it('loses no row of 100 where 59 reach the counter after 3 s and the others after 50 ms', async () => {
	const arrivals: number[] = [];
	const statuses: number[] = [];
	const post = async (index: number) => {
		await clock.pause(index < 59 ? 3000 : 50);
		const now = clock.now();
		const inLastMinute = arrivals.filter((at) => now - at < MINUTE).length;
		if (inLastMinute < 60) arrivals.push(now);
		statuses.push(inLastMinute < 60 ? 200 : 429);
	};
	const posts = Array.from({ length: 100 }, async (_none, index) => {
		const place = limit.placeFor('key', { perMinute: 60 });
		await place.use(async () => await post(index)).finally(() => place.leave());
	});
	await clock.advance(3 * MINUTE);
	await Promise.all(posts);
	expect(statuses).toEqual(Array(100).fill(200));
});

it('counts a request out of sight from as late as the slowest answer that was seen', async () => {
	const place = limit.placeFor('key', { perMinute: 2 });
	const login = place.use(async () => await clock.pause(4000));
	await clock.advance(4000);
	await login;
	const sentAt = clock.now();
	await place.useUnseen();
	place.leave();
	const calls = makeCalls('key', 2, 2);
	await clock.advance(2 * MINUTE);
	expect((calls[1] ?? 0) - sentAt).toBeGreaterThanOrEqual(MINUTE + 4000);
});

it('counts a request that is made out of sight from a second after', async () => {
	const place = limit.placeFor('key', { perMinute: 1 });
	const start = clock.now();
	await place.useUnseen();
	const calls = makeCalls('key', 1, 1);
	await clock.advance(2 * MINUTE);
	expect(calls).toEqual([start + MINUTE + 1050]);
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
	const { windows } = limit as unknown as {
		windows: { get: (key: string) => { counted: number[] } };
	};
	expect(windows.get('key').counted.length).toBeLessThanOrEqual(100);
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
	await limit.placeFor('key', { perMinute: 1, onWait }).keep(1);
	expect(onWait).not.toHaveBeenCalled();
	void limit.placeFor('key', { perMinute: 1, onWait }).keep(1);
	await clock.advance(1000);
	expect(onWait).toHaveBeenCalledTimes(1);
});

it('lets the next in line through at once when a waiting execution is stopped', async () => {
	const stop = new AbortController();
	const kept = await placeWith(1, 2);
	const stopped = limit.placeFor('key', { perMinute: 2 }).keep(2, stop.signal);
	const calls = makeCalls('key', 1, 2);
	await settle();
	expect(calls).toHaveLength(0);
	stop.abort();
	await expect(stopped).rejects.toBeInstanceOf(CanceledError);
	expect(calls).toHaveLength(1);
	kept.leave();
});

it('does not let in who was stopped before', async () => {
	const keep = limit.placeFor('key', { perMinute: 1 }).keep(1, AbortSignal.abort());
	await expect(keep).rejects.toBeInstanceOf(CanceledError);
	await expect(placeWith(1, 1)).resolves.toBeDefined();
});

it.each([3_600_000, -3_600_000])('is the same when the clock is set by %i ms', async (ms) => {
	const start = clock.elapsed();
	const times: number[] = [];
	for (let call = 0; call < 2; call += 1) {
		const place = limit.placeFor('key', { perMinute: 1 });
		void place.use(async () => times.push(clock.elapsed() - start));
	}
	await settle();
	clock.set(ms);
	await clock.advance(2 * MINUTE);
	expect(times).toEqual([0, MINUTE + 50]);
});

describe('with 2,000 keys', () => {
	beforeEach(async () => {
		for (let key = 0; key < 2_000; key += 1) makeCalls(`key ${key}`, 1, 10);
		await settle();
	});

	it('those that are over are forgotten while others are used', async () => {
		await clock.advance(2 * MINUTE);
		for (let call = 0; call < 10_001; call += 1) limit.placeFor('key 7', { perMinute: 1 }).leave();
		const { windows } = limit as unknown as { windows: { size: number } };
		expect(windows.size).toBe(1);
	});
});
