import { cleanedTo } from './cutTo';

const MAX_DEPTH = 6;
const MAX_ENTRIES = 30;
const MAX_TEXT = 500;
const MAX_KEY = 100;

/** Characters of all keys and texts together. */
const MAX_TOTAL = 4000;

const CUT = '…';

/** What a secret is called, as the services of others name theirs; in upper or lower case. */
const SECRET_NAME = /token|secret|password|passwd|authorization|cookie|api[-_]?key/i;

/** A value that may be one: without blanks, and longer than a word. */
const SECRET_VALUE = /^\S{16,}$/;

/**
 * A copy of a JSON value that is no larger than helps: less deep, fewer entries, shorter texts. Every text
 * goes through `clean` before it is cut: half a secret is not known as one.
 */
export function bounded(value: unknown, clean: (text: string) => string): unknown {
	let left = MAX_TOTAL;
	const text = (whole: string, max: number) => {
		const cut = cleanedTo(whole, Math.min(max, left), clean);
		left = Math.max(0, left - cut.length);
		return cut;
	};
	const copy = (at: unknown, depth: number, name: string): unknown => {
		if (typeof at === 'string') {
			return SECRET_NAME.test(name) && SECRET_VALUE.test(at) ? '***' : text(at, MAX_TEXT);
		}
		if (typeof at !== 'object' || at === null) return at;
		if (depth === MAX_DEPTH || left === 0) return CUT;
		if (Array.isArray(at)) {
			return at.slice(0, MAX_ENTRIES).map((entry) => copy(entry, depth + 1, name));
		}
		return Object.fromEntries(
			Object.entries(at)
				.slice(0, MAX_ENTRIES)
				.map(([key, inner]) => [text(key, MAX_KEY), copy(inner, depth + 1, key)]),
		);
	};
	return copy(value, 0, '');
}
