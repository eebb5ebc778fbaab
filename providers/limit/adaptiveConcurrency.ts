import type { Runtime } from '../http/runtime';

/** How many calls a service gets at once before anything is known about it. */
export const FIRST_LIMIT = 16;

/** More than these are never under way: each takes memory and a connection. */
const MOST = 1000;

/** Answers that a round has at least. */
const SMALLEST_ROUND = 8;

/** Up to this many times the shortest usual time nobody waited in a queue worth speaking of. */
const NO_QUEUE = 1.05;

/** So many times what the service seems to take is tried at most, once calls may have waited for each other. */
const BEYOND_QUEUE = 1.75;

/** Answers count as quick up to this many times the shortest usual time, and as slow beyond the other. */
const QUICK = 1.4;
const SLOW = 1.6;

/** From this share of its time on, n8n itself is what calls wait for, and not the service. */
const SATURATED = 0.9;

/** More than these do not help then: they wait in n8n. */
const SATURATED_LIMIT = 64;

/** One answer counts for no more than so many usual ones. */
const OUTLIER = 4;

/** What a refusal leaves of the limit. */
const AFTER_BUSY = 0.75;

/** How long the limit stays below the number that the service refused. */
const CEILING_MS = 60_000;

/** For so many kinds of calls the usual time is remembered. */
const KINDS = 32;

/** What a call came to: `unknown` says nothing about the service, as when the execution was stopped. */
export type Ending = 'answered' | 'busy' | 'unknown';

/** How a call ended. */
export interface Ended {
	ending: Ending;
	/** Calls of one kind usually take the same time. */
	kind: string;
	/** Milliseconds that the service took, without waits of our own; `null`: not comparable. */
	ms: number | null;
}

/**
 * Finds out how many calls at once a service takes, as TCP Vegas does for a connection (L. Brakmo and
 * L. Peterson, "TCP Vegas: End to End Congestion Avoidance on a Global Internet", IEEE JSAC 13(8), 1995).
 *
 * Vegas compares the time of an answer with the shortest usual one. What is longer was spent in a queue, so more
 * calls at once would only wait longer. A round is as many answers as the limit allows calls, of calls that began
 * after the limit was set. While the answers of a round are quick the limit grows to up to twice (slow start); once
 * they were not, it grows by an eighth. Two slow rounds in succession take the queue from it, except for half of what is
 * being worked on. A service that refuses calls leaves three quarters of the limit, once a round, and the limit
 * stays below the refused number for a minute.
 *
 * Where the event loop of n8n is busy all the time, answers are slow because of n8n itself: such rounds count for
 * nothing. A pause of either side makes one slow round, which is not enough to shrink.
 */
export class AdaptiveConcurrency {
	/** How many calls may be under way. */
	limit = FIRST_LIMIT;

	/** How many are. */
	underWay = 0;

	/** Whether n8n itself is what the calls of the last round waited for. */
	isSaturated = false;

	private isSlowStart = true;

	private slowRounds = 0;

	/** What the service refused is above it, for a while. */
	private ceiling = MOST;

	private refusedAt = -Infinity;

	/** Calls that began earlier tell nothing about the limit since it was lowered for a refusal. */
	private loweredIn = 0;

	/** Whether the service answered since then. */
	private hasAnswered = false;

	/** The shortest usual time of each kind of call, in milliseconds. */
	private readonly usual = new Map<string, number>();

	private round = 0;

	private roundBegan: { at: number; active: number };

	/** The most calls that were under way in this round. */
	private most = 0;

	private answers = 0;

	private times = new Map<string, number[]>();

	constructor(private readonly clock: Pick<Runtime, 'elapsed' | 'active'>) {
		this.roundBegan = { at: clock.elapsed(), active: clock.active() };
	}

	/** A call begins. @returns its round, for {@link end} */
	begin(): number {
		this.underWay += 1;
		this.most = Math.max(this.most, this.underWay);
		return this.round;
	}

	/** A call has ended; it may change the limit. */
	end(round: number, { ending, kind, ms }: Ended): void {
		this.underWay -= 1;
		if (ending === 'busy') this.refuse(round);
		if (ending !== 'answered') return;
		this.hasAnswered ||= round >= this.loweredIn;
		if (ms === null || round !== this.round) return;
		const times = this.times.get(kind) ?? [];
		this.times.set(kind, times);
		times.push(ms);
		this.answers += 1;
		if (this.answers >= Math.max(this.limit, SMALLEST_ROUND)) this.judge();
	}

	/** The service refuses a call of this round. */
	refuse(round: number): void {
		if (round < this.loweredIn) return;
		// While all is refused, the number of calls is not why.
		if (this.hasAnswered) this.ceiling = Math.max(1, Math.min(this.highest, this.most - 1));
		else this.ceiling = this.highest;
		this.refusedAt = this.clock.elapsed();
		this.isSlowStart = false;
		this.set(Math.floor(Math.min(this.limit, this.most) * AFTER_BUSY));
		this.loweredIn = this.round;
		this.hasAnswered = false;
	}

	/** The highest limit for now. */
	private get highest(): number {
		return this.clock.elapsed() - this.refusedAt < CEILING_MS ? this.ceiling : MOST;
	}

	/** Ends a round. */
	private judge(): void {
		const { limit } = this;
		this.isSaturated = this.share() >= SATURATED;
		const isUsed = this.most >= limit;
		if (this.isSaturated) {
			this.slowRounds = 0;
			const mayGrow = isUsed && limit < SATURATED_LIMIT;
			if (mayGrow) this.set(Math.min(limit * 2, SATURATED_LIMIT));
			else this.nextRound();
			return;
		}
		const slowness = this.slowness();
		if (slowness === null || !isUsed) {
			this.nextRound();
			return;
		}
		if (slowness <= QUICK) {
			this.slowRounds = 0;
			this.set(this.grown(slowness));
			return;
		}
		this.isSlowStart = false;
		this.slowRounds = slowness > SLOW ? this.slowRounds + 1 : 0;
		const shrunk = Math.max(limit / 2, (limit * SLOW) / slowness, FIRST_LIMIT);
		this.set(this.slowRounds >= 2 ? Math.min(limit, Math.floor(shrunk)) : limit);
	}

	/**
	 * The limit after a quick round. Answers that are slower may mean that calls wait for each other: then the service
	 * takes so much fewer at once, and the limit stays well below twice of that.
	 */
	private grown(slowness: number): number {
		const { limit, highest } = this;
		const isFarBelow = highest < MOST && limit * 2 <= highest * AFTER_BUSY;
		if (!this.isSlowStart && !isFarBelow) return limit + Math.ceil(limit / 8);
		return slowness <= NO_QUEUE ? limit * 2 : Math.ceil((limit * BEYOND_QUEUE) / slowness);
	}

	/** The share of the round in which the event loop was at work. */
	private share(): number {
		const { at, active } = this.roundBegan;
		const ms = this.clock.elapsed() - at;
		return ms > 0 ? (this.clock.active() - active) / ms : 0;
	}

	/**
	 * How many times the shortest usual time the answers of this round took; `null`: there is nothing to compare
	 * them with. At the first limit they are what later ones are compared with.
	 */
	private slowness(): number | null {
		const isFirst = this.limit <= FIRST_LIMIT;
		let sum = 0;
		let count = 0;
		for (const [kind, times] of this.times) {
			const time = typical(times);
			const known = this.usual.get(kind) ?? null;
			// The service is another one than it was.
			if (isFirst && known !== null && time > known * SLOW) this.isSlowStart = true;
			this.usual.delete(kind);
			this.usual.set(kind, isFirst ? time : shorter(known, time));
			if (known === null && !isFirst) continue;
			sum += (isFirst ? 1 : time / (known ?? time)) * times.length;
			count += times.length;
		}
		for (const kind of this.usual.keys()) {
			if (this.usual.size <= KINDS) break;
			this.usual.delete(kind);
		}
		return count === 0 ? null : sum / count;
	}

	private set(limit: number): void {
		this.limit = Math.max(1, Math.min(limit, this.highest));
		this.nextRound();
	}

	private nextRound(): void {
		this.round += 1;
		this.roundBegan = { at: this.clock.elapsed(), active: this.clock.active() };
		this.most = this.underWay;
		this.answers = 0;
		this.times = new Map();
	}
}

/** A quarter of the way down to a shorter time, so that one lucky round does not set the measure. */
function shorter(known: number | null, time: number): number {
	return known === null || time >= known ? (known ?? time) : known + (time - known) / 4;
}

/** The mean, in which one very slow answer counts for no more than some. */
function typical(times: number[]): number {
	const sorted = [...times].sort((a, b) => a - b);
	const most = OUTLIER * (sorted[Math.floor(sorted.length / 2)] ?? 0);
	return sorted.reduce((sum, time) => sum + Math.min(time, most), 0) / sorted.length;
}
