/** How many are remembered at most: the oldest is forgotten then. */
const MAX_REMEMBERED = 100_000;

/** Remembers what must come once only, in the memory of this process. */
export class SeenOnce {
	/** In the order they came; each with the time at which it may be forgotten. */
	private readonly until = new Map<string, number>();

	/**
	 * Whether none of these came before, and remembers them then.
	 * @param now milliseconds of a clock that is never set
	 * @param ms how long they are remembered, the same for all
	 */
	isNew(names: string[], now: number, ms: number): boolean {
		for (const [name, end] of this.until) {
			if (end > now && this.until.size <= MAX_REMEMBERED) break;
			this.until.delete(name);
		}
		if (names.some((name) => this.until.has(name))) return false;
		for (const name of names) this.until.set(name, now + ms);
		return true;
	}
}
