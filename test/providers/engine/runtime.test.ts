import { systemRuntime } from '../../../providers/engine/runtime';
import { CanceledError } from '../../../providers/kit/errors';

/** As n8n has it before 2.31: it knows no signal. */
const sleep = jest.fn(async (_ms: number) => await new Promise<void>(() => {}));

jest.mock('n8n-workflow', () => ({ sleep: async (ms: number) => await sleep(ms) }));

it.each(['pause', 'timeUp'] as const)(
	'%s ends at once when the execution is stopped, in an older n8n too',
	async (name) => {
		const stop = new AbortController();
		const paused = systemRuntime[name](3_600_000, stop.signal);
		stop.abort();
		await expect(paused).rejects.toBeInstanceOf(CanceledError);
		expect(sleep).toHaveBeenCalledWith(3_600_000);
	},
);

it('a pause of an execution that has been stopped does not begin', async () => {
	sleep.mockClear();
	await expect(systemRuntime.pause(1, AbortSignal.abort())).rejects.toBeInstanceOf(CanceledError);
	expect(sleep).not.toHaveBeenCalled();
});

it('waits by a clock that nobody sets', () => {
	const before = systemRuntime.elapsed();
	jest.spyOn(Date, 'now').mockReturnValue(0);
	expect(systemRuntime.elapsed()).toBeGreaterThanOrEqual(before);
	expect(systemRuntime.now()).toBe(0);
});
