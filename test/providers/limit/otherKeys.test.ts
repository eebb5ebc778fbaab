import { RateLimit } from '../../../providers/limit/rateLimit';
import { FakeClock } from '../../support/fakeClock';

const MINUTE = 60_000;
/** What the limit adds to a minute, for clocks that do not run equally fast. */
const GUARD = 50;

let clock: FakeClock;
let limit: RateLimit;

beforeEach(() => {
	clock = new FakeClock();
	limit = new RateLimit(clock);
});

/** When a request with this key was let through; it is answered after `ms`. */
async function request(key: string, perMinute: number, ms = 0): Promise<number> {
	const place = limit.placeFor(key, { perMinute });
	let at = 0;
	await place.use(async () => {
		at = clock.elapsed();
		await clock.pause(ms);
	});
	place.leave();
	return at;
}

it('the requests of one key still count after others were used', async () => {
	const first = [request('a', 2), request('a', 2)];
	await clock.advance(1000);
	await Promise.all(first);
	for (const other of ['b', 'c', 'd', 'b', 'c', 'd']) void request(other, 2);
	await clock.advance(1000);
	const third = request('a', 2);
	await clock.advance(2 * MINUTE);
	expect(await third).toBe(MINUTE + GUARD);
});

it('a request takes its room until it is answered, however slow, and counts from then', async () => {
	const slow = request('a', 1, 5 * MINUTE);
	const next = request('a', 1);
	await clock.advance(7 * MINUTE);
	await slow;
	expect(await next).toBe(5 * MINUTE + MINUTE + GUARD);
});

it('room comes back in the order of the answers, not in the order in which the requests were sent', async () => {
	const slow = request('a', 2, 5 * MINUTE);
	await clock.advance(10);
	const quick = request('a', 2, 900);
	await clock.advance(1500);
	const next = request('a', 2);
	await clock.advance(6 * MINUTE);
	await Promise.all([slow, quick]);
	expect(await next).toBe(910 + MINUTE + GUARD);
});
