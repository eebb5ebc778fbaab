/** Why a token is doubted. */
export type Doubt =
	/** The service refused it with a call. */
	| 'refused'
	/** A call was not allowed, which may or may not be about the token. */
	| 'denied'
	/** It is accepted, but may tell less than a new one would. */
	| 'outdated'
	/** A call failed for an unknown reason. */
	| 'unknown';

const MINUTE_MS = 60_000;

/** How far apart tokens are given up at most for faults that may have nothing to do with them. */
const LONGEST_FOR_UNKNOWN_MS = 10 * MINUTE_MS;

/** A changed role gets its new token within this time. */
const LONGEST_FOR_REFUSED_MS = 5 * MINUTE_MS;

/** When a token came, and when a service accepted it last; by the clock that is never set. */
export interface Trusted {
	keptAt: number;
	/** `null`: no call with it was seen to be accepted. */
	goodAt: number | null;
}

/**
 * Decides whether a doubted token is given up for a new one, by what came of it before: each new one is a login.
 */
export class Renewals {
	private deniedAt = -Infinity;

	/** The distance for faults that say nothing, which grows while they go on. */
	private unknownMs = MINUTE_MS;

	private unknownAt = -Infinity;

	/** The distance for refusals that a new token did not end. */
	private vainMs = MINUTE_MS;

	private vainAt = -Infinity;

	constructor(private readonly elapsed: () => number) {}

	/** Whether a token is given up now; it counts as given up then. */
	mayGiveUp(doubt: Doubt, { keptAt, goodAt }: Trusted): boolean {
		const now = this.elapsed();
		switch (doubt) {
			case 'refused': {
				const isDead = goodAt !== null && goodAt > this.vainAt && now - goodAt >= MINUTE_MS;
				return now - this.vainAt >= this.vainMs || isDead;
			}
			case 'denied':
				if (now - this.deniedAt < MINUTE_MS) return false;
				this.deniedAt = now;
				return true;
			case 'outdated':
				return now - keptAt >= MINUTE_MS;
			case 'unknown':
				return this.mayGiveUpForUnknown(now - Math.max(keptAt, goodAt ?? -Infinity), now);
		}
	}

	/** Whether a new token was refused a short while ago: what is refused then is not about the token. */
	get areInVain(): boolean {
		return this.elapsed() - this.vainAt < this.vainMs;
	}

	/** A new token was refused like the one before. */
	wasInVain(): void {
		if (this.areInVain) return;
		const isFirst = this.vainAt === -Infinity;
		this.vainMs = isFirst ? MINUTE_MS : Math.min(2 * this.vainMs, LONGEST_FOR_REFUSED_MS);
		this.vainAt = this.elapsed();
	}

	/** A new token was accepted where the one before was not. */
	helped(): void {
		this.vainAt = -Infinity;
	}

	private mayGiveUpForUnknown(trustedMs: number, now: number): boolean {
		if (now - this.unknownAt > 2 * this.unknownMs) this.unknownMs = MINUTE_MS;
		this.unknownAt = now;
		if (trustedMs < this.unknownMs) return false;
		this.unknownMs = Math.min(2 * this.unknownMs, LONGEST_FOR_UNKNOWN_MS);
		return true;
	}
}
