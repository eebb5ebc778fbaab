/**
 * How much of the beginning of `pattern` stands at each place of `text` (the Z algorithm): in as many steps as
 * both are long, whatever is in them.
 */
export function matchLengths(pattern: Uint16Array, text: Uint16Array): Uint32Array {
	return prefixLengths(text, pattern, prefixLengths(pattern, pattern));
}

/** The same for the end of `pattern`: how much of it ends at each place of `text`, the unit there included. */
export function matchLengthsBack(pattern: Uint16Array, text: Uint16Array): Uint32Array {
	return matchLengths(pattern.toReversed(), text.toReversed()).reverse();
}

/** The UTF-16 code units of a text. */
export function unitsOf(text: string): Uint16Array {
	return Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** @param own the same lengths of `pattern` within itself, where `text` is another one */
function prefixLengths(text: Uint16Array, pattern: Uint16Array, own?: Uint32Array): Uint32Array {
	const lengths = new Uint32Array(text.length);
	// The match that reaches furthest: what lies within it was compared before.
	let start = 0;
	let end = 0;
	for (let at = own === undefined ? 1 : 0; at < text.length; at += 1) {
		const known = (own ?? lengths)[at - start] ?? 0;
		let length = at < end ? Math.min(end - at, known) : 0;
		while (length < pattern.length && at + length < text.length) {
			if (pattern[length] !== text[at + length]) break;
			length += 1;
		}
		lengths[at] = length;
		if (at + length > end) {
			start = at;
			end = at + length;
		}
	}
	if (own === undefined) lengths[0] = text.length;
	return lengths;
}
