import { unlessAborted } from '../http/unlessAborted';

/**
 * A request for which several may wait, each until his own signal. It goes on as long as somebody waits
 * for it; or, where it must not be given up half way, to its end.
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

	/** Whether nobody waited any more, so that it was given up. */
	get isGivenUp(): boolean {
		return this.stop.signal.aborted;
	}

	/** What it comes to. @throws {CanceledError} as soon as `signal` is aborted */
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
