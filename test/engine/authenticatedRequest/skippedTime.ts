import { CanceledError } from '../../../providers';
import { systemRuntime } from '../../../providers/http/runtime';
import { useRuntime } from '../engine';

/** Milliseconds of each pause so far. */
export const waits: number[] = [];

let skipped = 0;

/** The time of the engine and of the sandbox: ahead of the real one by what was passed over. */
export const now = () => Date.now() + skipped;

/** Lets time go by. */
export function skip(ms: number): void {
	skipped += ms;
}

/** Passes pauses over in the tests of this file: no time goes by, and the clock shows that it did. */
export function skipPauses(): void {
	useRuntime({
		now,
		elapsed: () => performance.now() + skipped,
		pause: async (ms, signal) => {
			if (signal?.aborted === true) throw new CanceledError();
			if (ms <= 0) return;
			waits.push(Math.round(ms));
			skipped += ms;
		},
		timer: systemRuntime.timer,
	});
	afterEach(() => {
		waits.length = 0;
	});
}
