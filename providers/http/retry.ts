import type { Wait } from '../kit/retryPolicy';

/** How often a call is retried, unless the user says otherwise. */
export const DEFAULT_MAX_RETRIES = 3;

const FIRST_BACK_OFF_MS = 500;
const MAX_BACK_OFF_MS = 30_000;

/** The sum of all waits between the attempts of one call: a workflow must not hang on one item. */
const MAX_TOTAL_WAIT_MS = 120_000;

/** Milliseconds that something may take in all. */
export class TimeBudget {
	constructor(public leftMs: number) {}

	/** Takes `ms` from the budget. `false`: too little is left, and nothing is taken. */
	take(ms: number): boolean {
		if (ms > this.leftMs) return false;
		this.leftMs -= ms;
		return true;
	}
}

/** The outcome of one attempt: a value that may not be good enough, or what it threw. */
export type Outcome<T> = { value: T } | { error: unknown };

export interface RetryOptions<T> {
	/** How many retries may follow the first attempt. */
	maxRetries: number;
	/** Whether and when to retry after this outcome. */
	waitBeforeRetry: (outcome: Outcome<T>) => Wait;
	signal?: AbortSignal;
	/** Called before each wait, with the outcome that is not good enough, and its milliseconds. */
	onRetry?: (outcome: Outcome<T>, pauseMs: number) => void;
	pause: (ms: number, signal?: AbortSignal) => Promise<void>;
	/** What the waits are taken from; default: two minutes. */
	budget?: TimeBudget;
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
	const { budget = new TimeBudget(MAX_TOTAL_WAIT_MS) } = options;
	for (let retry = 0; ; retry += 1) {
		const outcome = await attempt().then(
			(value): Outcome<T> => ({ value }),
			(error: unknown): Outcome<T> => ({ error }),
		);
		const asked = retry < maxRetries ? options.waitBeforeRetry(outcome) : null;
		const ms = asked === 'back-off' ? backOff(retry, random) : asked;
		if (ms === null || !budget.take(ms)) {
			if ('error' in outcome) throw outcome.error;
			return outcome.value;
		}
		onRetry?.(outcome, ms);
		await pause(ms, signal);
	}
}
