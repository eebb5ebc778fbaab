/** `text`, cut to so many characters: a service may say as much as it likes. */
export function cutTo(text: string, max: number): string {
	return text.length <= max ? text : `${text.slice(0, max)}…`;
}

/** Characters of a text that are cleaned: more of it is never shown. */
const MAX_CLEANED = 20_000;

/** Characters at a cut in which a part of a secret may stand that is too short to be known as one. */
const MAX_PART = 4000;

/**
 * `text` without secrets, cut to so many characters. It is cleaned first: half a secret is not known as one.
 * @param clean takes the secrets out
 */
export function cleanedTo(text: string, max: number, clean: (text: string) => string): string {
	if (text.length <= MAX_CLEANED) return cutTo(clean(text), max);
	return cutTo(`${clean(text.slice(0, MAX_CLEANED)).slice(0, -MAX_PART)}…`, max);
}
