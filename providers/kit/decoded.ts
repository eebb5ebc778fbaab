/** So often is a text decoded at most: no row of proxies and servers does it more often. */
const MOST_TIMES = 8;

/** What stands for a percent sign, however often that was encoded again. */
const NESTED = /%(?:25)+(?=[\da-f]{2})/gi;

const ENCODED = /(?:%[\da-f]{2})+/gi;

/** Dot, slash and backslash in two bytes, which UTF-8 forbids and careless servers read. */
const OVERLONG = /%c0%(ae|af)|%c1%(9c)/gi;

const OVERLONG_BYTES: Record<string, string> = { ae: '%2e', af: '%2f', '9c': '%5c' };

/** A text in which nothing is percent-encoded any more, however often it was. */
export function decoded(text: string): string {
	let plain = text;
	for (let times = 0; times < MOST_TIMES && plain.includes('%'); times += 1) {
		const once = plain
			.replace(NESTED, '%')
			.replace(OVERLONG, (_, low: string | undefined, high: string | undefined) => {
				const byte = (low ?? high ?? '').toLowerCase();
				return OVERLONG_BYTES[byte] ?? '';
			})
			.replace(ENCODED, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
		if (once === plain) return plain;
		plain = once;
	}
	return plain;
}

/**
 * The parts of a path, as the most lenient of the servers and proxies that it passes may read it: decoded, with
 * characters of other widths as the usual ones, and without what is not seen.
 */
export function plainParts(path: string): string[] {
	return decoded(path)
		.normalize('NFKC')
		.split(/[/\\]/)
		.map((part) => part.replace(/[\p{C}\p{Z}]/gu, ''));
}
