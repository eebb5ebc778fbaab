import { systemRuntime } from '../../../providers/http/runtime';
import { CanceledError } from '../../../providers/kit/errors';
import { withRetries, type RetryOptions } from '../../../providers/http/retry';
import { thrownBy } from '../../support/leaks';

/** Tries again after every error, and notes the waits instead of waiting. */
function retrying(options: Partial<RetryOptions<string>> = {}) {
	const waits: number[] = [];
	return {
		waits,
		options: {
			maxRetries: 3,
			waitBeforeRetry: (outcome) => ('error' in outcome ? 'back-off' : null),
			pause: async (ms) => {
				waits.push(ms);
			},
			random: () => 1,
			...options,
		} satisfies RetryOptions<string>,
	};
}

const failing = () => jest.fn<Promise<string>, []>().mockRejectedValue(new Error('no'));

it('returns the first outcome that needs no other try', async () => {
	const attempt = failing();
	attempt.mockRejectedValueOnce(new Error('no')).mockResolvedValueOnce('yes');
	const { options, waits } = retrying();
	await expect(withRetries(attempt, options)).resolves.toBe('yes');
	expect(attempt).toHaveBeenCalledTimes(2);
	expect(waits).toEqual([500]);
});

it('tries again as often as it may, and throws the last error', async () => {
	const attempt = jest.fn<Promise<string>, []>();
	for (const name of ['first', 'second', 'third', 'last']) {
		attempt.mockRejectedValueOnce(new Error(name));
	}
	await expect(withRetries(attempt, retrying().options)).rejects.toThrow('last');
	expect(attempt).toHaveBeenCalledTimes(4);
});

it('with no retries allowed, tries once', async () => {
	const attempt = failing();
	await thrownBy(() => withRetries(attempt, retrying({ maxRetries: 0 }).options));
	expect(attempt).toHaveBeenCalledTimes(1);
});

it('can be told that a value is no good either', async () => {
	const attempt = jest.fn<Promise<string>, []>();
	attempt.mockResolvedValueOnce('busy').mockResolvedValueOnce('done');
	const { options } = retrying({
		waitBeforeRetry: (outcome) => ('value' in outcome && outcome.value === 'busy' ? 0 : null),
	});
	await expect(withRetries(attempt, options)).resolves.toBe('done');
});

it('returns the last value when retries are used up', async () => {
	const { options } = retrying({ maxRetries: 1, waitBeforeRetry: () => 0 });
	await expect(withRetries(async () => 'busy', options)).resolves.toBe('busy');
});

it('backs off from half a second, twice as long each time, up to 30 s', async () => {
	const { options, waits } = retrying({ maxRetries: 8 });
	await thrownBy(() => withRetries(failing(), options));
	expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

it('spreads each wait between a half and the whole of it', async () => {
	const { options, waits } = retrying({ random: () => 0 });
	await thrownBy(() => withRetries(failing(), options));
	expect(waits).toEqual([250, 500, 1000]);
});

it('waits as long as the vendor asks', async () => {
	const { options, waits } = retrying({ maxRetries: 1, waitBeforeRetry: () => 7000 });
	await thrownBy(() => withRetries(failing(), options));
	expect(waits).toEqual([7000]);
});

it('waits no more than two minutes in total, however many retries are allowed', async () => {
	const { options, waits } = retrying({ maxRetries: 1000, waitBeforeRetry: () => 50_000 });
	const attempt = failing();
	await thrownBy(() => withRetries(attempt, options));
	expect(waits).toEqual([50_000, 50_000]);
	expect(attempt).toHaveBeenCalledTimes(3);
});

it('gives up at once when the vendor asks for more than two minutes', async () => {
	const { options, waits } = retrying({ waitBeforeRetry: () => 120_001 });
	await thrownBy(() => withRetries(failing(), options));
	expect(waits).toEqual([]);
});

it('tells of every retry', async () => {
	const onRetry = jest.fn();
	await thrownBy(() => withRetries(failing(), retrying({ onRetry }).options));
	expect(onRetry).toHaveBeenCalledTimes(3);
});

it('stops waiting when the execution is stopped', async () => {
	const stop = new AbortController();
	const attempt = failing();
	const running = withRetries(attempt, {
		maxRetries: 3,
		waitBeforeRetry: () => 60_000,
		signal: stop.signal,
		onRetry: () => setImmediate(() => stop.abort()),
		pause: systemRuntime.pause,
	});
	await expect(running).rejects.toBeInstanceOf(CanceledError);
	expect(attempt).toHaveBeenCalledTimes(1);
});
