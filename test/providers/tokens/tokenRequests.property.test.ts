import fc from 'fast-check';

import { TokenSource } from '../../../providers/tokens/tokenSource';
import { CanceledError, NetworkError, VendorError } from '../../../providers/kit/errors';
import type { AccessToken } from '../../../providers/kit/provider';
import { FakeClock } from '../../support/fakeClock';
import { propertyRuns } from '../../support/propertyRuns';

const MINUTE = 60_000;

const OUTCOMES = {
	refused: () => new VendorError('refused', { credentialRejected: true }),
	busy: () => new VendorError('busy', { isTransient: true }),
	foreign: () => new VendorError('web page', { isForeign: true }),
	lost: () => new NetworkError('lost', { isTransient: true, wasNotSent: false }),
	notSent: () => new NetworkError('not sent', { isTransient: true, wasNotSent: true }),
};

const outcome = fc.constantFrom('good', ...(Object.keys(OUTCOMES) as Array<keyof typeof OUTCOMES>));

/** Somebody who wants a token. */
const want = fc.record({
	at: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 40 * MINUTE })),
	use: fc.constantFrom('fresh' as const, 'reuse' as const),
	run: fc.nat(2),
	isTest: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
	stopsAfter: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null, freq: 4 }),
	takes: fc.integer({ min: 0, max: 5000 }),
	outcome,
	lives: fc.constantFrom(1000, MINUTE, 60 * MINUTE),
});

const rules = fc.constantFrom(
	{ locksAccounts: true, refusalMemoryMs: [15 * MINUTE] },
	{ locksAccounts: false, refusalMemoryMs: [MINUTE] },
);

it('a refused credential is not sent again too soon, and where that locks accounts never twice at once', async () => {
	await fc.assert(
		fc.asyncProperty(
			rules,
			fc.array(want, { minLength: 1, maxLength: 12 }),
			async (given, wants) => {
				const {
					locksAccounts,
					refusalMemoryMs: [refusalMemoryMs = 0],
				} = given;
				const clock = new FakeClock();
				const source = new TokenSource(clock);
				const runs = [{}, {}, {}];
				let underWay = 0;
				let refusedAt = -Infinity;

				const requestToken = async (
					one: (typeof wants)[number],
					stop: AbortSignal,
				): Promise<AccessToken> => {
					if (!one.isTest)
						expect(clock.elapsed() - refusedAt).toBeGreaterThanOrEqual(refusalMemoryMs);
					underWay += 1;
					if (locksAccounts) expect(underWay).toBe(1);
					try {
						await clock.pause(one.takes, stop);
					} finally {
						underWay -= 1;
					}
					if (one.outcome === 'refused') refusedAt = clock.elapsed();
					if (one.outcome !== 'good') throw OUTCOMES[one.outcome]();
					refusedAt = -Infinity;
					const expiresAt = clock.now() + one.lives;
					return { token: 'fake', issuedAt: clock.now(), expiresAt, claims: null };
				};

				const all = wants.map(async (one) => {
					await clock.pause(one.at);
					const stop = new AbortController();
					if (one.stopsAfter !== null) void clock.pause(one.stopsAfter).then(() => stop.abort());
					await source
						.get({
							key: { credential: 'key', options: '' },
							use: one.use,
							rules: given,
							run: runs[one.run],
							isTest: one.isTest,
							signal: stop.signal,
							requestToken: async (signal) => await requestToken(one, signal),
						})
						.catch((error: unknown) => {
							const isOurs = [VendorError, NetworkError, CanceledError].some(
								(type) => error instanceof type,
							);
							if (!isOurs) throw error;
							if (error instanceof CanceledError) expect(stop.signal.aborted).toBe(true);
						});
					if (stop.signal.aborted) {
						expect(clock.elapsed()).toBeLessThanOrEqual(one.at + (one.stopsAfter ?? 0));
					}
				});
				let isDone = false;
				const done = Promise.all(all).finally(() => (isDone = true));
				await clock.advance(60 * MINUTE);
				expect(isDone).toBe(true);
				await done;
				expect(underWay).toBe(0);
			},
		),
		{ numRuns: propertyRuns },
	);
});
