import { systemRuntime } from '../../../providers/http/runtime';
import { useRuntime } from '../engine';
import { calls, jsonOf, numbered } from './setup';

let hours = 0;
useRuntime({ ...systemRuntime, now: () => Date.now() - 3_600_000 * hours++ });

it('a batch begins when its time has come, though the clock goes back by hours', async () => {
	const options = { batching: { batch: { batchSize: 1, batchInterval: 50 } } };
	await jsonOf({ url: '/echo', options }, { provider: 'serviceCombApi', items: numbered(3) });
	expect(calls()).toHaveLength(3);
});
