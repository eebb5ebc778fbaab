import { CanceledError } from '../kit/errors';
import type { Runtime } from '../http/runtime';
import { ActiveMap } from './activeMap';
import { AdaptiveConcurrency, type Ended } from './adaptiveConcurrency';

/** How long it is remembered what a service takes that nobody calls. */
const MEMORY_MS = 600_000;

/** The slots of all services: what one run finds out, the others and the next ones know. */
export class AllSlots {
	private readonly services: ActiveMap<Slots>;

	constructor(runtime: Pick<Runtime, 'elapsed' | 'active'>) {
		this.services = new ActiveMap(
			() => new Slots(runtime),
			(slots) => slots.isIdle,
		);
	}

	/** Those of the service that the key names. */
	of(key: string): Slots {
		return this.services.get(key);
	}
}

/** As many slots as a service takes calls at once, and the line of those that wait for one. First come, first served. */
export class Slots {
	private readonly line: Array<() => void> = [];

	private readonly concurrency: AdaptiveConcurrency;

	private usedAt: number;

	private isFull = false;

	constructor(private readonly runtime: Pick<Runtime, 'elapsed' | 'active'>) {
		this.concurrency = new AdaptiveConcurrency(runtime);
		this.usedAt = runtime.elapsed();
	}

	get limit(): number {
		return this.concurrency.limit;
	}

	/** Whether nothing of it has to be remembered. */
	get isIdle(): boolean {
		const isUsed = this.concurrency.underWay > 0 || this.line.length > 0;
		return !isUsed && this.runtime.elapsed() - this.usedAt >= MEMORY_MS;
	}

	/**
	 * Waits for a slot for a call of this kind.
	 * @throws {CanceledError} as soon as `signal` is aborted
	 */
	async enter(kind: string, signal?: AbortSignal): Promise<Slot> {
		if (signal?.aborted === true) throw new CanceledError();
		this.usedAt = this.runtime.elapsed();
		return await new Promise<Slot>((resolve, reject) => {
			const stop = () => {
				this.line.splice(this.line.indexOf(letIn), 1);
				reject(new CanceledError());
			};
			const letIn = () => {
				signal?.removeEventListener('abort', stop);
				const round = this.concurrency.begin();
				const slot = new Slot(this.runtime, {
					refuse: () => this.concurrency.refuse(round),
					end: (how) => {
						this.usedAt = this.runtime.elapsed();
						this.concurrency.end(round, { ...how, kind });
						this.serve();
					},
				});
				resolve(slot);
			};
			signal?.addEventListener('abort', stop, { once: true });
			this.line.push(letIn);
			this.serve();
		});
	}

	/**
	 * Lets in whoever comes next. Once all slots are taken, the next calls wait until some can begin together:
	 * connections that are opened in a row take half the processor's time of as many that are opened one by one,
	 * where the other side is on the same machine and woken for each.
	 */
	private serve(): void {
		const { concurrency } = this;
		const { limit, isSaturated } = concurrency;
		const together = Math.ceil(limit / (isSaturated ? 2 : 10));
		if (concurrency.underWay <= limit - together) this.isFull = false;
		for (;;) {
			this.isFull ||= concurrency.underWay >= limit;
			if (this.isFull) return;
			const letIn = this.line.shift();
			if (letIn === undefined) return;
			letIn();
		}
	}
}

/** Who is told what becomes of a call. */
interface Owner {
	refuse: () => void;
	end: (how: Omit<Ended, 'kind'>) => void;
}

/** Room for one call, with its login. It must be left. */
export class Slot {
	/** For a call that waits for none. */
	static readonly NONE = new Slot(
		{ elapsed: () => 0, active: () => 0 },
		{ refuse: () => {}, end: () => {} },
	);

	private ms = 0;

	private isComparable = true;

	constructor(
		private readonly runtime: Pick<Runtime, 'elapsed' | 'active'>,
		private readonly owner: Owner,
	) {}

	/**
	 * What `work` gives, whose time the service takes; all other time is ours. Of calls that begin together each waits
	 * for half of the work that n8n has with all of them, on average.
	 */
	async timed<T>(work: () => Promise<T>): Promise<T> {
		const { elapsed, active } = this.runtime;
		const began = { at: elapsed(), active: active() };
		try {
			return await work();
		} finally {
			this.ms += elapsed() - began.at - (active() - began.active) / 2;
		}
	}

	/** The service refuses a request for which this slot is kept until it is sent again. */
	refused(): void {
		this.owner.refuse();
	}

	/** The time of this call is not that of the others. */
	markUnusual(): void {
		this.isComparable = false;
	}

	/** Gives the slot back, and tells what the call came to. */
	leave(ending: Ended['ending']): void {
		this.owner.end({ ending, ms: this.isComparable && this.ms > 0 ? this.ms : null });
	}
}
