import fc from 'fast-check';

import { RateLimit } from '../../../providers/limit/rateLimit';
import { CanceledError } from '../../../providers/kit/errors';
import { FakeClock } from '../../support/fakeClock';
import { mostInAMinute } from '../../support/mostInAMinute';
import { propertyRuns } from '../../support/propertyRuns';

const HOUR = 3_600_000;

/** One step of an item: it keeps room, sends in it, lets time pass, or gives back. */
const step = fc.oneof(
	fc.record({ keep: fc.integer({ min: 1, max: 3 }) }),
	fc.record({
		/** How long the request travels, and how long its answer takes after that. */
		travel: fc.integer({ min: 0, max: 1000 }),
		answer: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 90_000 })),
		fails: fc.boolean(),
	}),
	fc.record({ idle: fc.integer({ min: 0, max: 20_000 }) }),
	fc.constant('give back' as const),
);

const item = fc.record({
	startsAt: fc.integer({ min: 0, max: 90_000 }),
	stopsAfter: fc.option(fc.integer({ min: 0, max: 180_000 }), { nil: null }),
	steps: fc.array(step, { minLength: 1, maxLength: 6 }),
});

it('is never exceeded, and everybody gets through, whatever they do in whatever order', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6 }),
			fc.array(item, { minLength: 1, maxLength: 8 }),
			async (perMinute, items) => {
				const clock = new FakeClock();
				const limit = new RateLimit(clock);
				const arrivals: number[] = [];

				const run = async ({ startsAt, stopsAfter, steps }: (typeof items)[number]) => {
					const stop = new AbortController();
					await clock.pause(startsAt);
					if (stopsAfter !== null) void clock.pause(stopsAfter).then(() => stop.abort());
					const place = limit.placeFor('key', { perMinute });
					try {
						for (const action of steps) {
							if (action === 'give back') place.giveBack();
							else if ('keep' in action) await place.keep(action.keep, stop.signal);
							else if ('idle' in action) {
								// Nobody may wait while he has room, and that takes some time to be broken.
								place.giveBack();
								await clock.pause(action.idle, stop.signal);
							} else {
								const send = async () => {
									await clock.pause(action.travel);
									arrivals.push(clock.elapsed());
									await clock.pause(action.answer);
									if (action.fails) throw new Error('no answer');
								};
								await place.use(send, stop.signal);
							}
						}
					} finally {
						place.leave();
					}
				};

				const ends = items.map(
					async (one) =>
						await run(one).catch((error: Error) => {
							if (!(error instanceof CanceledError) && error.message !== 'no answer') throw error;
						}),
				);
				let isDone = false;
				const done = Promise.all(ends).finally(() => (isDone = true));
				await clock.advance(4 * HOUR);
				expect(isDone).toBe(true);
				await done;
				expect(mostInAMinute(arrivals)).toBeLessThanOrEqual(perMinute);
			},
		),
		{ numRuns: propertyRuns },
	);
});
