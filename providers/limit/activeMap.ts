/** How many entries each access looks at: more than it can add. */
const LOOKED_AT = 2;

/**
 * A map that makes its values itself and forgets those that have nothing to remember. Each access looks at
 * the next few, round and round, so that its cost does not grow with the number of entries.
 */
export class ActiveMap<V> {
	private readonly entries = new Map<string, V>();

	/** Goes on where the last access has stopped: from the start it would pass all that was deleted there. */
	private sweep = this.entries.entries();

	constructor(
		private readonly create: () => V,
		private readonly isIdle: (value: V) => boolean,
	) {}

	get size(): number {
		return this.entries.size;
	}

	get(key: string): V {
		const value = this.entries.get(key) ?? this.create();
		this.entries.set(key, value);
		for (let looked = 0; looked < LOOKED_AT; looked += 1) {
			const [next, nextValue] = this.nextEntry();
			if (next !== key && this.isIdle(nextValue)) this.entries.delete(next);
		}
		return value;
	}

	private nextEntry(): [key: string, value: V] {
		const next = this.sweep.next();
		if (next.done !== true) return next.value;
		this.sweep = this.entries.entries();
		return this.nextEntry();
	}
}
