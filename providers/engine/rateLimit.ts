import type { Runtime } from './runtime';

const WINDOW_MS = 60_000;

/** Calls travel for unequal times, so the vendor sees them closer together than they were sent. */
const GUARD_MS = 250;

const HELD_POLL_MS = 50;

interface Window {
	/** When calls were made, oldest first, Unix milliseconds. */
	calls: number[];
	/** Calls that are allowed but not made yet. */
	held: number;
	/** Reservations that are waited for or not released yet. */
	open: number;
	/** Resolves when the last one in line has its room. */
	line: Promise<void>;
}

/** Room for calls under a limit; what is not used must be released. */
export interface Reservation {
	/** Counts a call as made now, after waiting for room if none is left in the reservation. */
	use(): Promise<void>;
	/** Gives back what was not used. */
	release(): void;
}

export interface LimitOptions {
	/** Calls in any 60 seconds; 0: no limit. */
	perMinute: number;
	signal?: AbortSignal;
	/** Called once when a call has to wait. */
	onWait?: () => void;
}

/**
 * At most so many calls in any 60 seconds for one key, over all executions of this process.
 * First come, first served.
 */
export class RateLimit {
	private readonly windows = new Map<string, Window>();

	constructor(private readonly runtime: Pick<Runtime, 'now' | 'pause'>) {}

	/**
	 * Waits until `count` calls fit at once, so that a token fetched for a call does not grow old in line
	 * before it. @throws {CanceledError} when `options.signal` is aborted meanwhile
	 */
	async reserve(key: string, count: number, options: LimitOptions): Promise<Reservation> {
		const window = this.windowOf(key);
		let left = options.perMinute === 0 ? count : Math.min(count, options.perMinute);
		let isOpen = false;
		window.open += 1;
		try {
			await this.takeRoom(window, left, options);
			isOpen = true;
		} finally {
			if (!isOpen) window.open -= 1;
		}
		return {
			use: async () => {
				if (left === 0) await this.takeRoom(window, 1, options);
				else left -= 1;
				window.held -= 1;
				this.forgetOldCalls(window);
				window.calls.push(this.runtime.now());
			},
			release: () => {
				window.held -= left;
				left = 0;
				if (isOpen) window.open -= 1;
				isOpen = false;
			},
		};
	}

	private windowOf(key: string): Window {
		for (const [other, { calls, open }] of this.windows) {
			const lastCall = calls.at(-1) ?? -Infinity;
			if (open === 0 && lastCall < this.windowStart() && other !== key) this.windows.delete(other);
		}
		const window = this.windows.get(key) ?? {
			calls: [],
			held: 0,
			open: 0,
			line: Promise.resolve(),
		};
		this.windows.set(key, window);
		return window;
	}

	private async takeRoom(window: Window, count: number, options: LimitOptions): Promise<void> {
		if (options.perMinute === 0) {
			window.held += count;
			return;
		}
		const turn = window.line.then(async () => await this.waitForRoom(window, count, options));
		window.line = turn.catch(() => {});
		await turn;
	}

	private async waitForRoom(
		window: Window,
		count: number,
		{ perMinute, signal, onWait }: LimitOptions,
	): Promise<void> {
		for (let isFirst = true; ; isFirst = false) {
			this.forgetOldCalls(window);
			const excess = window.calls.length + window.held + count - perMinute;
			if (excess <= 0) break;
			if (isFirst) onWait?.();
			const blocking = window.calls[excess - 1];
			await this.runtime.pause(
				blocking === undefined ? HELD_POLL_MS : blocking - this.windowStart(),
				signal,
			);
		}
		window.held += count;
	}

	private forgetOldCalls({ calls }: Window): void {
		const start = this.windowStart();
		while ((calls[0] ?? Infinity) <= start) calls.shift();
	}

	private windowStart(): number {
		return this.runtime.now() - WINDOW_MS - GUARD_MS;
	}
}
