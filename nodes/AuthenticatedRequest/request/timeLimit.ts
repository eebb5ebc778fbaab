/** About 25 days. Longer ones overflow the timers of Node.js, which then fire at once. */
const LONGEST_MS = 2 ** 31 - 10_000;

/**
 * The end of one call: the time it was given is up, or the execution was stopped. `signal` tells n8n's
 * helper, and with it the connection.
 */
export class TimeLimit {
	/** Milliseconds the call was given. */
	ms = 0;

	/** Whether the time is up. */
	isOver = false;

	private readonly controller = new AbortController();

	private timer: AbortSignal | undefined;

	private readonly onTime = () => {
		this.isOver = true;
		this.controller.abort();
	};

	private readonly onStop = () => this.controller.abort();

	constructor(
		ms: number,
		private readonly stop: AbortSignal | undefined,
	) {
		if (stop?.aborted === true) this.controller.abort();
		else stop?.addEventListener('abort', this.onStop);
		this.start(ms);
	}

	/** Aborted when the call has to end. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Gives the call so much time, from now on. */
	start(ms: number): void {
		this.timer?.removeEventListener('abort', this.onTime);
		this.ms = Math.min(Math.max(1, Math.ceil(ms)), LONGEST_MS);
		this.timer = AbortSignal.timeout(this.ms);
		this.timer.addEventListener('abort', this.onTime);
	}

	/** Waits for `work` until the call has to end. What it still gives after that goes to `onLate`. */
	async race<T>(work: Promise<T>, onLate: (late: T) => void): Promise<T> {
		const { signal } = this;
		return await new Promise<T>((resolve, reject) => {
			const onAbort = () => reject(new Error('The call has to end'));
			if (signal.aborted) onAbort();
			signal.addEventListener('abort', onAbort);
			work
				.then((value) => (signal.aborted ? onLate(value) : resolve(value)), reject)
				.finally(() => signal.removeEventListener('abort', onAbort));
		});
	}

	/** Stops the timer and no longer listens to the execution: the call is over. */
	end(): void {
		this.timer?.removeEventListener('abort', this.onTime);
		this.stop?.removeEventListener('abort', this.onStop);
	}
}
