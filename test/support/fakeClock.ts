import { CanceledError } from '../../providers/kit/errors';

interface Timer {
	at: number;
	fire: () => void;
}

/** A clock that is set: whoever pauses on it goes on when its time has come. */
export class FakeClock {
	private timers: Timer[] = [];

	private work = 0;

	/** What the time of day is ahead of the time that has passed. */
	private ahead = 0;

	constructor(private time = 0) {}

	now = () => this.time + this.ahead;

	elapsed = () => this.time;

	/** Milliseconds in which the event loop was at work. */
	active = () => this.work;

	/** Sets the time of day, back or ahead, as somebody who corrects the clock of the machine. */
	set(ms: number): void {
		this.ahead += ms;
	}

	pause = async (ms: number, signal?: AbortSignal): Promise<void> =>
		await new Promise((resolve, reject) => {
			if (signal?.aborted === true) {
				reject(new CanceledError());
				return;
			}
			const stop = () => {
				this.timers = this.timers.filter((other) => other !== timer);
				reject(new CanceledError());
			};
			const fire = () => {
				signal?.removeEventListener('abort', stop);
				resolve();
			};
			const timer = { at: this.time + Math.max(0, ms), fire };
			this.timers.push(timer);
			signal?.addEventListener('abort', stop);
		});

	timer = (ms: number, onTime: () => void): (() => void) => {
		const stop = new AbortController();
		void this.pause(ms, stop.signal).then(onTime, () => {});
		return () => stop.abort();
	};

	/** The event loop was at work for so long. */
	worked(ms: number): void {
		this.work += ms;
	}

	/** Sets the time without waking anybody, as when the event loop is late. */
	jump(ms: number): void {
		this.time += ms;
	}

	/** Lets the time pass, and wakes each sleeper at its time. */
	async advance(ms: number): Promise<void> {
		const end = this.time + ms;
		await settle();
		for (;;) {
			const next = this.timers.reduce<Timer | null>(
				(first, timer) => (first === null || timer.at < first.at ? timer : first),
				null,
			);
			if (next === null || next.at > end) break;
			this.timers = this.timers.filter((timer) => timer !== next);
			this.time = Math.max(this.time, next.at);
			next.fire();
			await settle();
		}
		this.time = end;
	}
}

/** Lets everything that needs no time happen. */
export async function settle(): Promise<void> {
	await new Promise((resolve) => {
		setImmediate(resolve);
	});
}
