import { randomBytes } from 'node:crypto';

import { sleep } from 'n8n-workflow';

import { CanceledError } from '../kit/errors';
import type { Environment } from '../kit/provider';
import { unlessAborted } from './unlessAborted';

/** What the engine reads from outside, and how it waits. */
export interface Runtime extends Environment {
	/**
	 * Milliseconds since some moment, by a clock that is never set: for all that waits or is kept for a
	 * while. `now` is for times that are told to others.
	 */
	elapsed: () => number;
	/** Milliseconds since the same moment in which the event loop was at work, and did not wait. */
	active: () => number;
	/** Waits `ms` milliseconds, 0 or fewer not at all. @throws {CanceledError} as soon as `signal` is aborted */
	pause: (ms: number, signal?: AbortSignal) => Promise<void>;
	/** Calls `onTime` after `ms` milliseconds, unless what it returns is called before. */
	timer: (ms: number, onTime: () => void) => () => void;
}

/** About 25 days. Longer ones overflow the timers of Node.js, which then fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 10_000;

/** A signal does not keep n8n from ending, and to let go of it takes no error to be made and caught. */
function timer(ms: number, onTime: () => void): () => void {
	const signal = AbortSignal.timeout(Math.min(Math.max(1, Math.ceil(ms)), LONGEST_TIMER_MS));
	signal.addEventListener('abort', onTime, { once: true });
	return () => signal.removeEventListener('abort', onTime);
}

/** n8n from 2.0 to 2.30 has a `sleep` that knows no signal. */
async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted === true) throw new CanceledError();
	if (ms <= 0) return;
	await unlessAborted(sleep(ms, signal), signal).catch(() => {
		throw new CanceledError();
	});
}

/** `performance` of Node.js, which knows more than that of a browser. */
const eventLoop = performance as Performance & {
	eventLoopUtilization: () => { active: number };
};

/** The real clock, the real source of random bytes, and real waiting. */
export const systemRuntime: Runtime = {
	now: () => Date.now(),
	elapsed: () => performance.now(),
	active: () => eventLoop.eventLoopUtilization().active,
	randomBytes: (length) => new Uint8Array(randomBytes(length)),
	pause,
	timer,
};
