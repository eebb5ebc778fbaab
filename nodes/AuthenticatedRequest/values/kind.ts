/** What JavaScript calls an object, whatever realm it comes from: `Array`, `Object`, `Map`, `Date`. */
export function kindOf(object: object): string {
	try {
		return Object.prototype.toString.call(object).slice('[object '.length, -1);
	} catch {
		// A proxy that was revoked.
		return 'unreadable object';
	}
}

/** Whether an object of this kind only wraps a plain value, as `new Number(1)` does. */
export function isBoxed(kind: string): boolean {
	return ['String', 'Number', 'Boolean', 'BigInt'].includes(kind);
}
