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

/** What base64, hex and percent-encoding are made of. */
const ENCODED = /[\w+/=%\\-]/;

/** How a character is written that JSON or HTML escapes. */
const ESCAPE = /\\u[\da-f]{4}|&#?\w+;/i;

/**
 * Takes the given secrets out of texts, in whatever spelling or encoding they came back, whole or by half, and
 * anything that looks like a JWT: vendors echo what they were sent.
 */
export function scrubber(secrets: string[]): (text: string) => string {
	const known = secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH);
	const encodings = known.flatMap(encodingsOf);
	const spellings = known.flatMap(spellingsOf).sort((a, b) => b.length - a.length);
	return (text) => {
		let clean = text.replace(JWT, MASK);
		for (const encoding of encodings) clean = maskRuns(clean, encoding);
		for (const spelling of spellings) clean = clean.replaceAll(spelling, MASK);
		if (ESCAPE.test(clean)) {
			for (const escaped of known.map(escapesOf)) {
				if (escaped !== null) clean = clean.replace(escaped, MASK);
			}
		}
		for (const secret of known) clean = maskPieces(clean, secret);
		return clean;
	};
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
	let clean = text;
	for (let seed = 0; seed + seedLength <= secret.length; seed += shortest - seedLength + 1) {
		clean = maskPiecesAround(clean, secret, seed, seedLength, shortest);
	}
	return clean;
}

function maskPiecesAround(
	text: string,
	secret: string,
	seed: number,
	seedLength: number,
	shortest: number,
): string {
	const part = secret.slice(seed, seed + seedLength);
	let clean = '';
	let from = 0;
	for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
		if (at < from) continue;
		let before = 0;
		while (
			before < Math.min(seed, at - from) &&
			text[at - before - 1] === secret[seed - before - 1]
		)
			before += 1;
		let length = seedLength;
		while (seed + length < secret.length && text[at + length] === secret[seed + length])
			length += 1;
		if (before + length < shortest) continue;
		clean += text.slice(from, at - before) + MASK;
		from = at + length;
	}
	return clean + text.slice(from);
}
