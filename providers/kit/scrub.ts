import type { Clean } from './errors';
import { matchLengths, matchLengthsBack, unitsOf } from './matchLengths';
import { encodingsOf, escapesOf, spellingsOf } from './spellings';

/**
 * A JWT, also one that was cut short: `eyJ` is how any JSON object begins in base64. It matches wherever
 * `eyJ` stands, so that no text makes it start over and over.
 */
const JWT = /eyJ[\w-]+(?:\.[\w-]*)*/g;
const MASK = '***';

/** Shorter ones would tear every message apart. */
const MIN_SECRET_LENGTH = 3;

/** A part of a secret counts from this length, and from half of it: shorter ones are words by chance. */
const MIN_PIECE_LENGTH = 10;

/**
 * The longest secret that is looked for whole in its spellings. Of a longer one the beginning is looked for: the
 * time for a search grows with the length of both, and a service may choose how long its token is.
 */
const MAX_SPELLED = 200;

/** What base64, hex and percent-encoding are made of. */
const ENCODED = /[\w+/=%\\-]/;

/** How a character is written that JSON or HTML escapes. */
const ESCAPE = /\\u[\da-f]{4}|&#?\w+;/i;

/** What is as short, or a word, may be one of those a sentence has in any case. */
const MIN_UNGUESSABLE = 8;
const WORD = /^\p{L}{1,24}$/u;

const isGuessable = (secret: string) => secret.length < MIN_UNGUESSABLE || WORD.test(secret);

/**
 * Takes the given secrets out of texts that a service said, in whatever spelling or encoding they came back,
 * whole or by half, and anything that looks like a JWT: vendors echo what they were sent. A text that has a word
 * in it which is a secret goes whole: what is left of a sentence would tell which word it was. `ownWords` does
 * the same for our own sentences, and leaves such words in them.
 */
export function scrubber(secrets: string[]): Clean {
	const known = [...new Set(secrets)].filter((secret) => secret.length >= MIN_SECRET_LENGTH);
	const maskWords = masker(known.filter(isGuessable));
	const maskOthers = masker(known.filter((secret) => !isGuessable(secret)));
	const ownWords = (text: string) => maskOthers(text.replace(JWT, MASK));
	const clean = (text: string) => {
		const [colon = ''] = /^: /.exec(text) ?? [];
		return maskWords(text) === text ? ownWords(text) : `${colon}${MASK}`;
	};
	return Object.assign(clean, { ownWords });
}

/** Masks these secrets, and nothing else: what a service gives of its own stays. */
export function masker(secrets: string[]): (text: string) => string {
	const long = secrets.filter((secret) => secret.length > MAX_SPELLED);
	const short = secrets.filter((secret) => secret.length <= MAX_SPELLED);
	const beginnings = long.map((secret) => secret.slice(0, MAX_SPELLED));
	const encodings = [...beginnings, ...short].flatMap(encodingsOf);
	const spelledBeginnings = beginnings.flatMap(spellingsOf);
	const spellings = short.flatMap(spellingsOf).sort((a, b) => b.length - a.length);
	return (text) => {
		let clean = text;
		for (const encoding of encodings) clean = maskRuns(clean, encoding);
		// A short secret within a long one would tear it apart.
		for (const secret of long) clean = maskPieces(clean, secret);
		for (const beginning of spelledBeginnings) clean = maskFrom(clean, clean.indexOf(beginning));
		for (const spelling of spellings) clean = clean.replaceAll(spelling, MASK);
		if (ESCAPE.test(clean)) {
			for (const escaped of beginnings.map(escapesOf)) {
				if (escaped !== null) clean = maskFrom(clean, clean.search(escaped));
			}
			for (const escaped of short.map(escapesOf)) {
				if (escaped !== null) clean = clean.replace(escaped, MASK);
			}
		}
		for (const secret of short) clean = maskPieces(clean, secret);
		return clean;
	};
}

/** Masks all from `at` on: where a long secret ends in another spelling, nothing tells. */
function maskFrom(text: string, at: number): string {
	return at === -1 ? text : `${text.slice(0, at)}${MASK}`;
}

/** Masks each encoded word that holds `part`. */
function maskRuns(text: string, part: string): string {
	let clean = '';
	let from = 0;
	for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, from)) {
		let start = at;
		let end = at + part.length;
		while (start > from && ENCODED.test(text.charAt(start - 1))) start -= 1;
		while (end < text.length && ENCODED.test(text.charAt(end))) end += 1;
		clean += text.slice(from, start) + MASK;
		from = end;
	}
	return clean + text.slice(from);
}

/** Masks each part of `secret` that is long enough to be no word. */
function maskPieces(text: string, secret: string): string {
	const shortest = Math.max(MIN_PIECE_LENGTH, Math.ceil(secret.length / 2));
	// Any long enough part of the secret contains one of these pieces, so these are all to look for.
	const seedLength = Math.floor(shortest / 2);
	const seeds: number[] = [];
	for (let seed = 0; seed + seedLength <= secret.length; seed += shortest - seedLength + 1) {
		const start = secret.slice(seed, seed + Math.min(seedLength, MAX_SPELLED));
		if (text.includes(start)) seeds.push(seed);
	}
	return seeds.length === 0 ? text : masked(text, endsOfPieces(text, secret, seeds, shortest));
}

/** Where the piece ends that begins at a place of `text`; 0: none does. */
function endsOfPieces(
	text: string,
	secret: string,
	seeds: number[],
	shortest: number,
): Uint32Array {
	const units = unitsOf(text);
	const ends = new Uint32Array(text.length);
	for (const seed of seeds) {
		const ahead = matchLengths(unitsOf(secret.slice(seed)), units);
		const behind = matchLengthsBack(unitsOf(secret.slice(0, seed)), units);
		ahead.forEach((length, at) => {
			const before = behind[at - 1] ?? 0;
			if (before + length < shortest) return;
			ends[at - before] = Math.max(ends[at - before] ?? 0, at + length);
		});
	}
	return ends;
}

function masked(text: string, ends: Uint32Array): string {
	let clean = '';
	let from = 0;
	ends.forEach((end, start) => {
		if (end <= from) return;
		if (start >= from) clean += text.slice(from, start) + MASK;
		from = end;
	});
	return clean + text.slice(from);
}
