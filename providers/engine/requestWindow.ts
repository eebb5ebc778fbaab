import { CanceledError } from '../kit/errors';
import type { Runtime } from './runtime';

const WINDOW_MS = 60_000;

/** For clocks that do not run equally fast. */
const GUARD_MS = 50;

/**
 * A request counts from when it was answered, since only then it is known that the vendor has seen it. It
 * counts from this long after it was sent at the latest, or slow answers would cost more than 2 % of
 * the limit.
 */
const LATEST_MS = 1000;

/** Somebody who waits for room. */
export interface Waiting {
	/** The lower one is served first. */
	ticket: number;
	/** How many requests must fit at once. */
	count: number;
	/** Requests in any 60 seconds; 0: no limit. */
	perMinute: number;
	signal?: AbortSignal;
	/** Called when there is no room yet. */
	onWait?: () => void;
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

	/** When the requests that are not answered yet were sent, in ascending order. */
	private readonly sent = new Set<{ at: number }>();

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
	 */
	async keep(waiting: Waiting): Promise<void> {
		const { ticket, count, signal, onWait } = waiting;
		if (signal?.aborted === true) throw new CanceledError();
		if (waiting.perMinute === 0) {
			this.kept += count;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			let isServed = false;
			const leave = () => {
				this.line.splice(this.line.indexOf(entry), 1);
				this.serve();
				reject(new CanceledError());
			};
			const entry: InLine = {
				...waiting,
				letIn: () => {
					isServed = true;
					this.kept += count;
					signal?.removeEventListener('abort', leave);
					resolve();
				},
			};
			// Searched from the end, since most tickets are new.
			const before = this.line.findLastIndex((other) => other.ticket <= ticket);
			this.line.splice(before + 1, 0, entry);
			this.serve();
			if (isServed) return;
			signal?.addEventListener('abort', leave, { once: true });
			onWait?.();
		});
	}

	/** Gives back room that was kept for so many requests. */
	giveBack(count: number): void {
		this.kept -= count;
		this.serve();
	}

	/** Counts a request, sent now, for which room was kept. The result is to be called when it is answered. */
	start(): () => void {
		const request = { at: this.runtime.elapsed() };
		this.kept -= 1;
		this.sent.add(request);
		// When kept room comes back is not known in advance; that of a request that was sent is free after 60 seconds.
		this.serve();
		return () => {
			if (!this.sent.delete(request)) return;
			this.count(this.runtime.elapsed());
			this.serve();
		};
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
		const [oldest] = this.sent;
		return oldest === undefined ? null : oldest.at + LATEST_MS;
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
		for (const request of this.sent) {
			if (request.at + LATEST_MS > now) break;
			this.sent.delete(request);
			this.count(request.at + LATEST_MS);
		}
		this.forgetUntil(now);
		return this.sent.size + this.counted.length - this.first + this.kept;
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
