import fc from 'fast-check';

import { placeFor } from '../../../providers/tokens/credentialPlace';
import { createEngine } from '../../../providers/tokens/engine';
import { InputError } from '../../../providers/kit/errors';
import { maxus } from '../../../providers/vendors/maxus/vendor';
import { FakeClock } from '../../support/fakeClock';
import { mostInAMinute } from '../../support/mostInAMinute';

const credentialsFor = (processes: unknown) =>
	maxus.readCredentials({ serviceCode: 'fake-code', serviceSecret: 'fake-secret', processes });

it('is within the limit over all processes that share it', async () => {
	const limits = fc.record({
		processes: fc.integer({ min: 1, max: 7 }),
		perMinute: fc.integer({ min: 7, max: 60 }),
	});
	await fc.assert(
		fc.asyncProperty(limits, async ({ processes, perMinute }) => {
			const clock = new FakeClock();
			const arrivals: number[] = [];
			for (let process = 0; process < processes; process += 1) {
				const engine = createEngine(clock);
				for (let call = 0; call < 80; call += 1) {
					const place = placeFor(engine, maxus, credentialsFor(processes), { perMinute });
					const send = async () => void arrivals.push(clock.elapsed());
					void place.use(send).finally(() => place.leave());
				}
			}
			await clock.advance(150_000);
			const most = mostInAMinute(arrivals);
			expect(most).toBeLessThanOrEqual(perMinute);
			expect(most).toBeGreaterThan(perMinute - processes);
		}),
		{ numRuns: 20 },
	);
});

it.each([undefined, '', 1, '1', ' 1 '])('has all of it with %j processes', (processes) => {
	expect(credentialsFor(processes).processes).toBeUndefined();
});

it.each([0, -1, 1.5, 'two', '1e400'])('refuses %j processes by name', (processes) => {
	expect(() => credentialsFor(processes)).toThrow(
		new InputError(
			'"Processes Sharing the Limit" of the credential must be a whole number, 1 or more',
		),
	);
});
