import { CanceledError } from '../kit/errors';
import type { Runtime } from './runtime';
import { unlessAborted } from './unlessAborted';

/**
 * When a piece of work has to end: its time is over, or the execution was stopped. `signal` tells n8n's
 * helper, and with it the connection.
 */
export class Deadline {
	/** Milliseconds that were given, from the last {@link start} on. */
	ms = 0;

	/** Whether the time is over. */
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

	/** A deadline that comes when `stop` is aborted: its time is measured elsewhere. */
	static following(stop: AbortSignal): Deadline {
		return new Deadline(() => () => {}, 0, stop);
	}

	/** Aborted when the work has to end. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Gives the work so many milliseconds, from now on. */
	start(ms: number): void {
		this.stopTimer();
		this.ms = ms;
		this.stopTimer = this.timer(ms, () => {
			this.isOver = true;
			this.controller.abort();
		});
	}

	/** Waits for `work` until it has to end. What it still gives after that goes to `onLate`. */
	async race<T>(work: Promise<T>, onLate: (late: T) => void): Promise<T> {
		const { signal } = this;
		return await new Promise<T>((resolve, reject) => {
			const onAbort = () => reject(new CanceledError());
			if (signal.aborted) onAbort();
			signal.addEventListener('abort', onAbort);
			work
				.then((value) => (signal.aborted ? onLate(value) : resolve(value)), reject)
				.finally(() => signal.removeEventListener('abort', onAbort));
		});
	}

	/** Stops the timer and no longer listens to the execution: the work is over. */
	end(): void {
		this.stopTimer();
		this.stop?.removeEventListener('abort', this.onStop);
	}
}

/** How long something may take, and what is thrown when the time is over. */
export interface TimeLimit {
	/** Milliseconds. */
	ms: number;
	signal?: AbortSignal;
	late: () => Error;
}

/**
 * What `work` comes to within the time. The signal it is given is aborted when the time is over, or when
 * the one of `limit` is. @throws what `limit.late` gives, {@link CanceledError}, or what `work` throws
 */
export async function withinTime<T>(
	{ timer }: Pick<Runtime, 'timer'>,
	{ ms, signal, late }: TimeLimit,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	if (signal?.aborted === true) throw new CanceledError();
	const deadline = new Deadline(timer, ms, signal);
	try {
		return await unlessAborted(work(deadline.signal), deadline.signal);
	} catch (error) {
		throw deadline.isOver ? late() : error;
	} finally {
		deadline.end();
	}
}
