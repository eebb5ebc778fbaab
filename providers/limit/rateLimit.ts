import { ActiveMap } from './activeMap';
import { RequestWindow } from './requestWindow';
import type { Runtime } from '../http/runtime';

export interface PlaceOptions {
	/** Requests in any 60 seconds; 0: no limit. */
	perMinute: number;
	/** Milliseconds that a request waits at most; default: as long as it takes. */
	maxWaitMs?: number;
	/** Called when a request has to wait; what it gives is called with the milliseconds that were waited. */
	onWait?: () => ((waitedMs: number) => void) | void;
}

/**
 * At most so many requests in any 60 seconds for one key, over all executions of this process. First
 * come, first served.
 *
 * Nobody waits for anything but the time while room is kept for him: whoever asks for room gives back
 * what he has. So those in line cannot wait for each other.
 */
export class RateLimit {
	private readonly windows: ActiveMap<RequestWindow>;

	private tickets = 0;

	constructor(runtime: Pick<Runtime, 'elapsed' | 'pause'>) {
		this.windows = new ActiveMap(
			() => new RequestWindow(runtime),
			(window) => window.isIdle,
		);
	}

	/** The next place in line. It is for one item, with all its tries and token requests. */
	placeFor(key: string, options: PlaceOptions): Place {
		this.tickets += 1;
		return new Place(this.windows.get(key), this.tickets, options);
	}
}

/** A place in line: what is asked for later goes before those who came after. It must be left. */
export class Place {
	/** Requests for which there is room. */
	private kept = 0;

	private isLeft = false;

	constructor(
		private readonly window: RequestWindow,
		private readonly ticket: number,
		private readonly options: PlaceOptions,
	) {
		window.places += 1;
	}

	/**
	 * Waits for room for so many requests at once, and keeps it for them; without room for all of them
	 * under any circumstances, for as many as there can be. Gives back before what was kept.
	 * @throws {CanceledError} as soon as `signal` is aborted
	 * @throws {VendorError} when it would have to wait longer than `maxWaitMs`
	 */
	async keep(count: number, signal?: AbortSignal): Promise<void> {
		this.giveBack();
		const { perMinute } = this.options;
		const possible = perMinute === 0 ? count : Math.min(count, perMinute);
		await this.window.keep({ ...this.options, ticket: this.ticket, count: possible, signal });
		this.kept = possible;
	}

	/** Makes a request: at once if room was kept for it, else as soon as there is room. */
	async use<T>(send: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		const done = await this.start(signal);
		try {
			return await send();
		} finally {
			done();
		}
	}

	/** Like {@link use}, for a request that n8n itself makes right afterwards. */
	async useUnseen(): Promise<void> {
		if (this.kept === 0) await this.keep(1);
		this.kept -= 1;
		this.window.startUnseen();
	}

	/** The same place once more, for a request that others may go on waiting for. It must be left, too. */
	again(): Place {
		return new Place(this.window, this.ticket, this.options);
	}

	/** A place behind all others, and those who will come. It must be left, too. */
	last(): Place {
		const { perMinute } = this.options;
		return new Place(this.window, Infinity, { perMinute });
	}

	/** Takes over the room that another place keeps, unless this one has been left. */
	takeFrom(other: Place): void {
		if (this.isLeft) return;
		this.giveBack();
		this.kept = other.kept;
		other.kept = 0;
	}

	/** Gives back the room of what was not sent. */
	giveBack(): void {
		if (this.kept > 0) this.window.giveBack(this.kept);
		this.kept = 0;
	}

	/** Gives back all, for good. */
	leave(): void {
		if (this.isLeft) return;
		this.isLeft = true;
		this.giveBack();
		this.window.places -= 1;
	}

	private async start(signal?: AbortSignal): Promise<() => void> {
		if (this.kept === 0) await this.keep(1, signal);
		this.kept -= 1;
		return this.window.start();
	}
}
