/** How often a call is tried again, unless the user says otherwise. */
export const DEFAULT_MAX_RETRIES = 3;

const FIRST_BACK_OFF_MS = 500;
const MAX_BACK_OFF_MS = 30_000;

/** All waits between the tries of one call together: a workflow must not hang on one item. */
const MAX_TOTAL_WAIT_MS = 120_000;

/** What one try came to: a value that may not be good enough, or what it threw. */
export type Outcome<T> = { value: T } | { error: unknown };

export interface RetryOptions<T> {
	/** How often to try again after the first try. */
	maxRetries: number;
	/**
	 * Whether to try again after this outcome: `null` for no, else the milliseconds the vendor asks to
	 * wait, or `'back-off'` when it names no time.
	 */
	waitBeforeRetry: (outcome: Outcome<T>) => number | 'back-off' | null;
	signal?: AbortSignal;
	/** Called before each wait, with the outcome that is not good enough. */
	onRetry?: (outcome: Outcome<T>) => void;
	pause: (ms: number, signal?: AbortSignal) => Promise<void>;
	/** From 0 up to 1. */
	random?: () => number;
}

/** Doubles from half a second up to 30 s, spread between one half and the whole of it. */
function backOff(retry: number, random: () => number): number {
	const full = Math.min(MAX_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** retry);
	return full * (0.5 + random() / 2);
}

/**
 * Calls `attempt` until its outcome needs no other try, or tries or time are used up; returns or
 * throws the last outcome. @throws {CanceledError} when `signal` is aborted during a wait
 */
export async function withRetries<T>(
	attempt: () => Promise<T>,
	options: RetryOptions<T>,
): Promise<T> {
	const { maxRetries, signal, onRetry, pause, random = Math.random } = options;
	let waited = 0;
	for (let retry = 0; ; retry += 1) {
		const outcome = await attempt().then(
			(value): Outcome<T> => ({ value }),
			(error: unknown): Outcome<T> => ({ error }),
		);
		const asked = retry < maxRetries ? options.waitBeforeRetry(outcome) : null;
		const ms = asked === 'back-off' ? backOff(retry, random) : asked;
		if (ms === null || waited + ms > MAX_TOTAL_WAIT_MS) {
			if ('error' in outcome) throw outcome.error;
			return outcome.value;
		}
		onRetry?.(outcome);
		await pause(ms, signal);
		waited += ms;
	}
}
