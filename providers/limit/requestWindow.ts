import { CanceledError, VendorError, tryAgain } from '../kit/errors';
import type { Runtime } from '../http/runtime';

const WINDOW_MS = 60_000;

/** For clocks that do not run equally fast. */
const GUARD_MS = 50;

/**
 * When a request counts whose response is not seen: at least this long after it was sent, or as long as the slowest
 * response took that was seen.
 */
const LEAST_UNSEEN_MS = 1000;

const LONGEST_UNSEEN_MS = 30_000;

/** A caller that waits for capacity. */
export interface Waiting {
	/** The lower one is served first. */
	ticket: number;
	/** How many requests must fit at once. */
	count: number;
	/** Requests in any 60 seconds; 0: no limit. */
	perMinute: number;
	/** The longest wait in milliseconds; default: without end. */
	maxWaitMs?: number;
	signal?: AbortSignal;
	/** Called when a wait starts. The function it returns is called with the milliseconds waited. */
	onWait?: () => ((waitedMs: number) => void) | void;
}

interface InLine extends Waiting {
	letIn: () => void;
}

/**
 * The requests made with one key in the last 60 seconds, and the queue of callers that wait. Capacity comes back
 * with time, or when a reservation is released unused.
 */
export class RequestWindow {
	/** The times from which requests with a response count, ascending. Those before `first` no longer count. */
	private counted: number[] = [];

	private first = 0;

	/**
	 * The requests without a response yet. A request counts from its response, because only that proves that the vendor
	 * has seen it. Until then it uses up capacity, however long that takes.
	 */
	private readonly sent = new Set<object>();

	/** The times from which requests count whose responses are not seen, ascending. */
	private unseen: number[] = [];

	/** Milliseconds that the slowest response took. */
	private slowestMs = LEAST_UNSEEN_MS;

	private kept = 0;

	private readonly line: InLine[] = [];

	private alarm: { at: number; stop: AbortController } | null = null;

	/** Places that have not been left: their owners may still ask for capacity. */
	places = 0;

	constructor(private readonly runtime: Pick<Runtime, 'elapsed' | 'pause'>) {}

	/** Whether it can be forgotten. */
	get isIdle(): boolean {
		return this.places === 0 && this.line.length === 0 && this.taken() === 0;
	}

	/**
	 * Waits until `count` requests fit and reserves them until {@link start} or {@link giveBack}.
	 * @throws {CanceledError} as soon as `signal` is aborted
	 * @throws {VendorError} when it would have to wait longer than `maxWaitMs`
	 */
	async keep(waiting: Waiting): Promise<void> {
		const { ticket, count, signal, onWait, maxWaitMs = Infinity } = waiting;
		if (signal?.aborted === true) throw new CanceledError();
		if (waiting.perMinute === 0) {
			this.kept += count;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			let isServed = false;
			let onWaited: (waitedMs: number) => void = () => {};
			const askedAt = this.runtime.elapsed();
			const waited = () => onWaited(this.runtime.elapsed() - askedAt);
			const leave = (reason: Error = new CanceledError()) => {
				waited();
				this.line.splice(this.line.indexOf(entry), 1);
				this.serve();
				reject(reason);
			};
			const stop = () => leave();
			const entry: InLine = {
				...waiting,
				letIn: () => {
					isServed = true;
					waited();
					this.kept += count;
					signal?.removeEventListener('abort', stop);
					resolve();
				},
			};
			// Searched from the end, since most tickets are new.
			const before = this.line.findLastIndex((other) => other.ticket <= ticket);
			this.line.splice(before + 1, 0, entry);
			this.serve();
			if (isServed) return;
			const waitMs = (this.alarm?.at ?? 0) - this.runtime.elapsed();
			if (waitMs > maxWaitMs) {
				leave(tooLongToWait(waitMs));
				return;
			}
			signal?.addEventListener('abort', stop, { once: true });
			onWaited = onWait?.() ?? onWaited;
		});
	}

	/** Releases what was reserved for `count` requests. */
	giveBack(count: number): void {
		this.kept -= count;
		this.serve();
	}

	/** Counts a request that is sent now with reserved capacity. Call the result when its response is there. */
	start(): () => void {
		const request = {};
		const at = this.runtime.elapsed();
		this.kept -= 1;
		this.sent.add(request);
		return () => {
			if (!this.sent.delete(request)) return;
			const now = this.runtime.elapsed();
			this.slowestMs = Math.min(LONGEST_UNSEEN_MS, Math.max(this.slowestMs, now - at));
			this.count(now);
			this.serve();
		};
	}

	/** Like {@link start}, for a request whose response is not seen. */
	startUnseen(): void {
		this.kept -= 1;
		this.unseen.push(this.runtime.elapsed() + this.slowestMs);
		// A waiting caller can now be told when: the end of a reservation is not known, that of a request is.
		this.serve();
	}

	/** Serves the queue while there is capacity, and sets the alarm for when there is more. */
	private serve(): void {
		for (;;) {
			const [next] = this.line;
			if (next === undefined) {
				this.setAlarm(null);
				return;
			}
			const excess = this.taken() + next.count - next.perMinute;
			if (excess > 0) {
				this.setAlarm(this.timeOfRoom(excess));
				return;
			}
			this.line.shift();
			next.letIn();
		}
	}

	/** When enough requests no longer count, or the next one starts to; `null`: time alone changes nothing. */
	private timeOfRoom(excess: number): number | null {
		const blocking = this.counted[this.first + excess - 1];
		if (blocking !== undefined) return blocking + WINDOW_MS + GUARD_MS;
		return this.unseen[0] ?? null;
	}

	private setAlarm(at: number | null): void {
		if (this.alarm?.at === at) return;
		this.alarm?.stop.abort();
		this.alarm = null;
		if (at === null) return;
		const alarm = { at, stop: new AbortController() };
		this.alarm = alarm;
		const ring = () => {
			if (this.alarm !== alarm) return;
			this.alarm = null;
			this.serve();
		};
		void this.runtime.pause(at - this.runtime.elapsed(), alarm.stop.signal).then(ring, () => {});
	}

	/** The requests that count now, reserved ones included. */
	private taken(): number {
		const now = this.runtime.elapsed();
		while ((this.unseen[0] ?? Infinity) <= now) this.count(this.unseen.shift() ?? now);
		this.forgetUntil(now);
		return this.sent.size + this.unseen.length + this.counted.length - this.first + this.kept;
	}

	private count(from: number): void {
		this.forgetUntil(this.runtime.elapsed());
		let index = this.counted.length;
		while (index > this.first && (this.counted[index - 1] ?? 0) > from) index -= 1;
		this.counted.splice(index, 0, from);
	}

	private forgetUntil(now: number): void {
		while ((this.counted[this.first] ?? Infinity) + WINDOW_MS + GUARD_MS <= now) this.first += 1;
		if (this.first <= this.counted.length / 2) return;
		this.counted = this.counted.slice(this.first);
		this.first = 0;
	}
}

function tooLongToWait(ms: number): VendorError {
	return new VendorError('The requests of this minute are used up', {
		forCaller: `The requests of this minute are used up. ${tryAgain(ms)}`,
		isTransient: true,
		retryAfterMs: ms,
		description: 'Raise "Requests per Minute", if the service allows more.',
	});
}
