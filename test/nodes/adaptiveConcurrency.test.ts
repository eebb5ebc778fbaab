import { runItems, type AtOnce } from '../../nodes/shared/runItems';
import { withRetries } from '../../providers/http/retry';
import { Pace } from '../../providers/limit/pace';
import { AllSlots } from '../../providers/limit/slots';
import { executeContext } from '../support/executeContext';
import { FakeClock } from '../support/fakeClock';

let clock: FakeClock;
let slots: AllSlots;

beforeEach(() => {
	clock = new FakeClock();
	slots = new AllSlots(clock);
});

interface Rules {
	/** Calls that are worked on at once; the others wait. */
	workers: number;
	/** Milliseconds that the work on a call takes. */
	ms?: number;
	/** Beyond so many at once calls are refused with 429. */
	refusesBeyond?: number;
	/** Beyond so many at once it answers nobody for half a minute. */
	hangsBeyond?: number;
	/** Milliseconds that each call adds to the work on every call. */
	slowsBy?: number;
	/** Every so many calls one takes a minute. */
	sticksEvery?: number;
	/** Answers nobody in this time, as while it collects garbage. */
	pause?: { from: number; until: number };
}

/** A service of a fixed capacity, by the clock of the test. */
class Service {
	underWay = 0;

	most = 0;

	carriedOut: number[] = [];

	refused = 0;

	/** Refuses all connections until then. */
	startsAt = 0;

	private hangsUntil = 0;

	private readonly freeAt: number[];

	constructor(public rules: Rules) {
		this.freeAt = Array<number>(rules.workers).fill(0);
	}

	async call(id: number): Promise<number> {
		const {
			ms = 50,
			refusesBeyond = Infinity,
			hangsBeyond = Infinity,
			pause,
			slowsBy = 0,
			sticksEvery = 0,
		} = this.rules;
		this.underWay += 1;
		this.most = Math.max(this.most, this.underWay);
		try {
			if (this.underWay > refusesBeyond || clock.elapsed() < this.startsAt) {
				await clock.pause(1);
				this.refused += 1;
				return 429;
			}
			if (this.underWay > hangsBeyond) this.hangsUntil = clock.elapsed() + 30_000;
			const first = this.freeAt.indexOf(Math.min(...this.freeAt));
			const begins = Math.max(clock.elapsed(), this.freeAt[first] ?? 0, this.hangsUntil);
			const isStuck = sticksEvery > 0 && id % sticksEvery === sticksEvery - 1;
			let ends = begins + (isStuck ? 60_000 : ms + slowsBy * this.underWay);
			if (pause !== undefined && ends > pause.from && begins < pause.until) {
				ends += pause.until - Math.max(begins, pause.from);
			}
			this.freeAt[first] = ends;
			await clock.pause(ends - clock.elapsed());
			this.carriedOut.push(id);
			return 200;
		} finally {
			this.underWay -= 1;
		}
	}
}

const paceFor = (credential = 'credential', node = 'node') => new Pace(slots, { credential, node });

/** What it comes to once so much time has passed as it takes. */
async function inTime<T>(work: Promise<T>): Promise<T> {
	let isOver = false;
	const over = work.finally(() => (isOver = true));
	while (!isOver) await clock.advance(100);
	return await over;
}

/** Calls the service for each of so many items, and gives the milliseconds that it took. */
async function run(service: Service, count: number, atOnce: AtOnce): Promise<number> {
	const startedAt = clock.elapsed();
	const attempt = async (id: number) => {
		if (!(atOnce instanceof Pace)) return await service.call(id);
		const slot = await atOnce.enter('https://service.invalid/calls');
		const status = await slot.timed(async () => await service.call(id));
		slot.leave(status === 429 ? 'busy' : 'answered');
		return status;
	};
	const items = await runItems(executeContext(count), atOnce, async (id) => {
		const status = await withRetries(async () => await attempt(id), {
			maxRetries: 3,
			waitBeforeRetry: (outcome) =>
				'value' in outcome && outcome.value === 429 ? 'back-off' : null,
			pause: clock.pause,
			random: () => 0.5,
		});
		return [{ json: { status } }];
	});
	expect(items.map(({ json }) => json.status)).toEqual(Array(count).fill(200));
	return clock.elapsed() - startedAt;
}

const timeOf = async (service: Service, count: number, atOnce: AtOnce = paceFor()) =>
	await inTime(run(service, count, atOnce));

/** The time with the best of the fixed numbers. */
async function bestFixed(rules: Rules, count: number): Promise<number> {
	const times: number[] = [];
	for (const atOnce of [1, 5, 10, 15, 20, 25, 30, 35, 40, 60, 100, 200, 400, 1000]) {
		if (atOnce > (rules.hangsBeyond ?? Infinity)) continue;
		if (atOnce > (rules.refusesBeyond ?? Infinity)) continue;
		times.push(await timeOf(new Service(rules), count, atOnce));
	}
	return Math.min(...times);
}

const limit = () => slots.of('credential service.invalid').limit;

const round = (ratio: number) => Math.round(ratio * 100) / 100;

/** The first run and the second one in times of the best fixed number, and what the service saw of both. */
async function ofBest(rules: Rules, count: number) {
	const service = new Service(rules);
	const first = await timeOf(service, count);
	const second = await timeOf(service, count);
	const best = await bestFixed({ ...rules, pause: undefined }, count);
	const { carriedOut, most, refused } = service;
	expect(new Set(carriedOut).size).toBe(count);
	return {
		times: [round(first / best), round(second / best)],
		carriedOut: carriedOut.length,
		most,
		refused,
	};
}

describe('takes no longer than with the best fixed number', () => {
	it.each<[string, Rules, number, object]>([
		['20 workers', { workers: 20 }, 1000, { times: [1.02, 1], most: 38, refused: 0 }],
		['4 workers', { workers: 4 }, 1000, { times: [1, 1], most: 32, refused: 0 }],
		['200 workers', { workers: 200 }, 10_000, { times: [1.1, 1], most: 389, refused: 0 }],
		[
			'20 workers that hang beyond 40 at once',
			{ workers: 20, hangsBeyond: 40 },
			1000,
			{ times: [1.02, 1], most: 38, refused: 0 },
		],
		[
			'30 workers that hang beyond 60 at once',
			{ workers: 30, hangsBeyond: 60 },
			1000,
			{ times: [1, 1], most: 57, refused: 0 },
		],
		[
			'429 beyond 30 at once',
			{ workers: 30, refusesBeyond: 30 },
			1000,
			{ times: [1.06, 1], most: 32, refused: 4 },
		],
		[
			'429 beyond 5 at once',
			{ workers: 5, refusesBeyond: 5 },
			1000,
			{ times: [1.1, 1], most: 16, refused: 21 },
		],
		[
			'a pause of a second, for which the fixed number does not wait',
			{ workers: 20, pause: { from: 500, until: 1500 } },
			4000,
			{ times: [1.11, 1], most: 38, refused: 0 },
		],
		[
			'one call of 500 that takes a minute',
			{ workers: 100, sticksEvery: 500 },
			10_000,
			{ times: [1, 1], most: 194, refused: 0 },
		],
	])('%s', async (_name, rules, count, expected) => {
		expect(await ofBest(rules, count)).toEqual({ ...expected, carriedOut: 2 * count });
	});

	it('but where calls that wait longer would be answered faster in all, they do not', async () => {
		const rules = { workers: 1000, ms: 50, slowsBy: 2.5 };
		expect((await ofBest(rules, 1000)).times).toEqual([1.78, 1.78]);
	});
});

it('a second run begins where the first one ended', async () => {
	const service = new Service({ workers: 1000, ms: 200 });
	const times = [await timeOf(service, 1000), await timeOf(service, 1000)];
	expect([...times, await timeOf(service, 1000)]).toEqual([2000, 400, 200]);
});

it('what is not used for ten minutes is forgotten', async () => {
	await timeOf(new Service({ workers: 1000, ms: 200 }), 1000);
	expect(limit()).toBe(512);
	await clock.advance(599_000);
	slots.of('other');
	slots.of('other');
	expect(limit()).toBe(512);
	await clock.advance(1000);
	slots.of('other');
	slots.of('other');
	expect(limit()).toBe(16);
});

it('another credential, and another host, are not what was found out', async () => {
	await timeOf(new Service({ workers: 1000, ms: 200 }), 1000);
	expect(slots.of('other service.invalid').limit).toBe(16);
	expect(slots.of('credential other.invalid').limit).toBe(16);
});

it('two executions share what the service takes', async () => {
	const service = new Service({ workers: 20, hangsBeyond: 40 });
	const runs = [1, 2].map(async () => await run(service, 500, paceFor()));
	expect(await inTime(Promise.all(runs))).toEqual([2500, 2550]);
	expect(service.most).toBe(32);
});

it('a pause of the service costs little of the limit', async () => {
	const service = new Service({ workers: 100 });
	await timeOf(service, 5000);
	expect(limit()).toBe(156);
	const from = clock.elapsed() + 500;
	service.rules = { workers: 100, pause: { from, until: from + 500 } };
	await timeOf(service, 2000);
	expect(limit()).toBe(138);
});

it('a service that is away for a moment is soon called as before', async () => {
	const service = new Service({ workers: 1000 });
	await timeOf(service, 2000);
	expect(limit()).toBe(1000);
	service.startsAt = clock.elapsed() + 400;
	expect(await timeOf(service, 2000)).toBe(1377);
	expect(limit()).toBe(797);
});

it('a service that takes ten times as long as before is called as often at once again', async () => {
	const service = new Service({ workers: 1000, ms: 20 });
	await timeOf(service, 2000);
	expect(limit()).toBe(1000);
	service.rules = { workers: 1000, ms: 200 };
	const times: number[] = [];
	for (let each = 0; each < 8; each += 1) times.push(await timeOf(service, 2000));
	expect(times).toEqual([400, 600, 3600, 800, 400, 400, 400, 400]);
});

/** A service that n8n calls with so many milliseconds of work for each call, one after the other. */
function withWork(service: Service, ms: number): Service {
	const call = service.call.bind(service);
	let freeAt = 0;
	service.call = async (id) => {
		freeAt = Math.max(freeAt, clock.elapsed()) + ms;
		await clock.pause(freeAt - clock.elapsed());
		clock.worked(ms);
		return await call(id);
	};
	return service;
}

it('where n8n itself is what calls wait for, no more begin than help', async () => {
	const service = withWork(new Service({ workers: 1000, ms: 5 }), 2);
	expect(await timeOf(service, 1000)).toBe(2005);
	expect(limit()).toBe(64);
});

it('the work that n8n has with calls is not taken for a full service', async () => {
	const service = withWork(new Service({ workers: 1000, ms: 200 }), 1);
	const times: number[] = [];
	for (let each = 0; each < 3; each += 1) times.push(await timeOf(service, 1000));
	expect(times).toEqual([2258, 1272, 1200]);
	expect(limit()).toBe(744);
	expect(await timeOf(service, 1000, 1000)).toBe(1200);
});

it('a stopped execution leaves the line', async () => {
	const pace = paceFor();
	const url = 'https://service.invalid';
	const taken = await Promise.all(Array.from({ length: 16 }, async () => await pace.enter(url)));
	const stop = new AbortController();
	const stopped = pace.enter(url, stop.signal);
	const next = pace.enter(url);
	stop.abort();
	await expect(stopped).rejects.toThrow('The execution was stopped');
	await expect(pace.enter(url, stop.signal)).rejects.toThrow('The execution was stopped');
	for (const slot of taken) slot.leave('unknown');
	(await next).leave('unknown');
	expect(limit()).toBe(16);
});
