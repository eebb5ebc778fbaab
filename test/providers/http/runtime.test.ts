import { systemRuntime } from '../../../providers/http/runtime';
import { CanceledError } from '../../../providers/kit/errors';

/** As n8n has it before 2.31: it knows no signal. */
const sleep = jest.fn(async (_ms: number) => await new Promise<void>(() => {}));

jest.mock('n8n-workflow', () => ({ sleep: async (ms: number) => await sleep(ms) }));

it('ends a pause at once when the execution is stopped, in an older n8n too', async () => {
	const stop = new AbortController();
	const paused = systemRuntime.pause(3_600_000, stop.signal);
	stop.abort();
	await expect(paused).rejects.toBeInstanceOf(CanceledError);
	expect(sleep).toHaveBeenCalledWith(3_600_000);
});

it('calls nobody before the time is up, though it be months away', async () => {
	const onTime = jest.fn();
	const stopTimer = systemRuntime.timer(2 ** 40, onTime);
	await new Promise((resolve) => {
		systemRuntime.timer(5, () => resolve(undefined));
	});
	expect(onTime).not.toHaveBeenCalled();
	stopTimer();
});

it('calls nobody who has let go of the timer', async () => {
	const onTime = jest.fn();
	systemRuntime.timer(1, onTime)();
	await new Promise((resolve) => {
		systemRuntime.timer(5, () => resolve(undefined));
	});
	expect(onTime).not.toHaveBeenCalled();
});

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
