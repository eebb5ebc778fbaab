/** How many of the oldest entries each access looks at: more than it can add. */
const LOOKED_AT = 2;

/**
 * A map that makes its values itself and forgets those that have nothing to remember. Each access looks
 * at the few that were used longest ago, so that its cost does not grow with the number of entries.
 */
export class ActiveMap<V> {
	private readonly entries = new Map<string, V>();

	constructor(
		private readonly create: () => V,
		private readonly isIdle: (value: V) => boolean,
	) {}

	get size(): number {
		return this.entries.size;
	}

	/** The value of `key`, which becomes the one used last. */
	get(key: string): V {
		const value = this.entries.get(key) ?? this.create();
		this.moveToEnd(key, value);
		this.forgetIdle(key);
		return value;
	}

	private forgetIdle(used: string): void {
		let looked = 0;
		for (const [key, value] of this.entries) {
			if (key === used || looked === LOOKED_AT) return;
			looked += 1;
			if (this.isIdle(value)) this.entries.delete(key);
			else this.moveToEnd(key, value);
		}
	}

	private moveToEnd(key: string, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
	}
}
