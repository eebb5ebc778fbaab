/** What JavaScript calls an object, whatever realm it comes from: `Array`, `Object`, `Map`, `Date`. */
export function kindOf(object: object): string {
	try {
		return Object.prototype.toString.call(object).slice('[object '.length, -1);
	} catch {
		// Reading a property of a revoked JavaScript `Proxy` throws.
		return 'unreadable object';
	}
}

/** Whether an object of this kind only wraps a plain value, as `new Number(1)` does. */
export function isBoxed(kind: string): boolean {
	return ['String', 'Number', 'Boolean', 'BigInt'].includes(kind);
}
