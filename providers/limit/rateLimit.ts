import { ActiveMap } from './activeMap';
import { RequestWindow } from './requestWindow';
import type { Runtime } from '../http/runtime';

export interface PlaceOptions {
	/** Requests in any 60 seconds; 0: no limit. */
	perMinute: number;
	/** The longest that a request waits, in milliseconds; default: without end. */
	maxWaitMs?: number;
	/** Called when a request starts to wait. The function it returns is called with the milliseconds waited. */
	onWait?: () => ((waitedMs: number) => void) | void;
}

/**
 * Limits the requests of one key in any 60 seconds, over all executions of this process. First come, first
 * served.
 *
 * A caller that waits holds no reservation: asking for one releases what it had. So waiting callers cannot
 * deadlock.
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

	/** The next place in the queue. One item uses it for all its attempts and token requests. */
	placeFor(key: string, options: PlaceOptions): Place {
		this.tickets += 1;
		return new Place(this.windows.get(key), this.tickets, options);
	}
}

/**
 * A place in the queue. What it asks for later is served before callers that came after it. It must be left in the
 * end.
 */
export class Place {
	/** The capacity that it has reserved, in requests. */
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
	 * Waits for the capacity for `count` requests at once and reserves it. A limit that is lower than `count` reserves
	 * all that it allows. What was reserved before is released first.
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

	/** Sends a request: at once if capacity was reserved for it, else as soon as there is some. */
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

	/** A second place with the same rank, for a request that others may wait for. It must be left, too. */
	again(): Place {
		return new Place(this.window, this.ticket, this.options);
	}

	/** A place behind all others, also those that are still to come. It must be left, too. */
	last(): Place {
		const { perMinute } = this.options;
		return new Place(this.window, Infinity, { perMinute });
	}

	/** Takes over what another place has reserved, unless this one has been left. */
	takeFrom(other: Place): void {
		if (this.isLeft) return;
		this.giveBack();
		this.kept = other.kept;
		other.kept = 0;
	}

	/** Releases what was reserved and not used. */
	giveBack(): void {
		if (this.kept > 0) this.window.giveBack(this.kept);
		this.kept = 0;
	}

	/** Releases everything, for good. */
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
