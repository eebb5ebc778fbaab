import { CanceledError } from '../../providers/kit/errors';

interface Timer {
	at: number;
	fire: () => void;
}

/** A clock that is set: whoever pauses on it goes on when its time has come. */
export class FakeClock {
	private timers: Timer[] = [];

	constructor(private time = 0) {}

	now = () => this.time;

	pause = async (ms: number, signal?: AbortSignal): Promise<void> =>
		await new Promise((resolve, reject) => {
			const timer = { at: this.time + Math.max(0, ms), fire: resolve };
			this.timers.push(timer);
			signal?.addEventListener('abort', () => {
				this.timers = this.timers.filter((other) => other !== timer);
				reject(new CanceledError());
			});
		});

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
