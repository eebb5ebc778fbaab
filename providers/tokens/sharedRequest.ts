import { unlessAborted } from '../http/unlessAborted';

/**
 * A request that several callers can wait for, each with a signal of its own. It is aborted when the last of them
 * leaves, unless it must not be given up half way.
 */
export class SharedRequest<T> {
	private readonly stop = new AbortController();

	private readonly outcome: Promise<T>;

	private waiting = 0;

	private isSettled = false;

	constructor(
		request: (signal: AbortSignal) => Promise<T>,
		private readonly mayBeGivenUp: boolean,
	) {
		this.outcome = request(this.stop.signal).finally(() => (this.isSettled = true));
	}

	/** Whether it was aborted because the last caller had left. */
	get isGivenUp(): boolean {
		return this.stop.signal.aborted;
	}

	/** Its result. @throws {CanceledError} as soon as `signal` is aborted */
	async wait(signal?: AbortSignal): Promise<T> {
		this.waiting += 1;
		try {
			return await unlessAborted(this.outcome, signal);
		} finally {
			this.waiting -= 1;
			if (this.waiting === 0 && this.mayBeGivenUp && !this.isSettled) this.stop.abort();
		}
	}
}
