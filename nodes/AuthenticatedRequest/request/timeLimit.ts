import type { Runtime } from '../../../providers';

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

	private stopTimer = () => {};

	private readonly onStop = () => this.controller.abort();

	constructor(
		private readonly timer: Runtime['timer'],
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
		this.stopTimer();
		this.ms = ms;
		this.stopTimer = this.timer(ms, () => {
			this.isOver = true;
			this.controller.abort();
		});
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
		this.stopTimer();
		this.stop?.removeEventListener('abort', this.onStop);
	}
}
