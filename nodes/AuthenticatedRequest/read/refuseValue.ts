import { InputError } from '../../../providers';
import { EXPRESSION_HINT } from '../../shared/readNumber';

/** @throws {InputError} that names what cannot be sent by `label`, and says why: `it is NaN` */
export function refuseValue(label: string, value: unknown, why = describe(value)): never {
	throw unsendable(label, value, why);
}

/** Runs `work` on a value that may throw when it is read: refuses it then. @throws {InputError} */
export function reading<T>(label: string, value: unknown, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw asInputError(error, label, value);
	}
}

function asInputError(error: unknown, label: string, value: unknown): InputError {
	return error instanceof InputError ? error : unsendable(label, value, 'reading it throws');
}

function unsendable(label: string, value: unknown, why: string): InputError {
	return new InputError(`${label} cannot be sent: ${why}`, {
		description: isBinary(value)
			? 'Send the data as an n8n binary file, or as text, e.g. with .toString("base64").'
			: EXPRESSION_HINT,
	});
}

/** Whether it is bytes, as a buffer is. */
export function isBinary(value: unknown): value is ArrayBufferLike | NodeJS.ArrayBufferView {
	if (ArrayBuffer.isView(value)) return true;
	return typeof value === 'object' && value !== null && /ArrayBuffer$/.test(kindOf(value));
}

function describe(value: unknown): string {
	if (typeof value === 'number' && !Number.isFinite(value)) return `it is ${value}`;
	if (isBinary(value)) return 'it is binary data';
	if (typeof value !== 'object' || value === null) return `it is ${article(typeof value)}`;
	const kind = kindOf(value);
	return kind === 'Date' ? 'it is a date that is not valid' : `it is ${article(kind)}`;
}

function article(kind: string): string {
	if (kind === 'undefined') return kind;
	return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}

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
