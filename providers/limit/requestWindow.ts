import { CanceledError, VendorError, tryAgain } from '../kit/errors';
import type { Runtime } from '../http/runtime';

const WINDOW_MS = 60_000;

/** For clocks that do not run equally fast. */
const GUARD_MS = 50;

/**
 * A request whose answer nobody sees counts from so long after it was sent at least, else from as long as the
 * slowest answer took that was seen.
 */
const LEAST_UNSEEN_MS = 1000;

const LONGEST_UNSEEN_MS = 30_000;

/** Somebody who waits for room. */
export interface Waiting {
	/** The lower one is served first. */
	ticket: number;
	/** How many requests must fit at once. */
	count: number;
	/** Requests in any 60 seconds; 0: no limit. */
	perMinute: number;
	/** Milliseconds to wait at most; default: as long as it takes. */
	maxWaitMs?: number;
	signal?: AbortSignal;
	/** Called when there is no room yet; what it gives is called with the milliseconds that were waited. */
	onWait?: () => ((waitedMs: number) => void) | void;
}

interface InLine extends Waiting {
	letIn: () => void;
}

/**
 * The requests made with one key in the last 60 seconds, and the line of those that wait for room among
 * them. Room comes back by time, or when it is given back unused.
 */
export class RequestWindow {
	/** From when the answered requests count, in ascending order; those before `first` are over. */
	private counted: number[] = [];

	private first = 0;

	/**
	 * The requests that are not answered yet. One counts from its answer: only then it is known that the vendor has
	 * seen it. Until then it takes its room, however long that is.
	 */
	private readonly sent = new Set<object>();

	/** From when those requests count whose answers nobody sees, in ascending order. */
	private unseen: number[] = [];

	/** Milliseconds that the slowest answer took. */
	private slowestMs = LEAST_UNSEEN_MS;

	private kept = 0;

	private readonly line: InLine[] = [];

	private alarm: { at: number; stop: AbortController } | null = null;

	/** Places whose owners may still ask for room. */
	places = 0;

	constructor(private readonly runtime: Pick<Runtime, 'elapsed' | 'pause'>) {}

	/** Whether nothing of it has to be remembered. */
	get isIdle(): boolean {
		return this.places === 0 && this.line.length === 0 && this.taken() === 0;
	}

	/**
	 * Waits until so many requests fit, and keeps their room until {@link start} or {@link giveBack}.
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

	/** Gives back room that was kept for so many requests. */
	giveBack(count: number): void {
		this.kept -= count;
		this.serve();
	}

	/** Counts a request, sent now, for which room was kept. The result is to be called when it is answered. */
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

	/** Like {@link start}, for a request whose answer nobody sees. */
	startUnseen(): void {
		this.kept -= 1;
		this.unseen.push(this.runtime.elapsed() + this.slowestMs);
		// When kept room comes back is not known in advance; that of a request that was sent is.
		this.serve();
	}

	/** Lets in whoever comes next, as long as there is room, and looks again when there will be more. */
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

	/** When so many of those that count are over, or the next one begins to; `null`: not by time alone. */
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

	/** How many requests count now, or have room kept for them. */
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
