/**
 * A JWT, also one that was cut short: `eyJ` is how any JSON object begins in base64. It matches wherever
 * `eyJ` stands, so that no text makes it start over and over.
 */
const JWT = /eyJ[\w-]+(?:\.[\w-]*)*/g;
const MASK = '***';

/** Shorter ones would tear every message apart. */
const MIN_SECRET_LENGTH = 3;

const HTML: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** How a secret may come back: plain, in a URL, a form, a web page, in JSON, in the JSON that PHP writes. */
function spellingsOf(secret: string): string[] {
	const json = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		encodeURIComponent(secret),
		new URLSearchParams([['', secret]]).toString().slice(1),
		secret.replace(/[&<>"']/g, (character) => HTML[character] ?? character),
		json,
		json
			.replaceAll('/', '\\/')
			.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
	];
}

/**
 * `text` without the given secrets, in whatever spelling they came back, and without anything that
 * looks like a JWT: vendors echo what they were sent.
 */
export function scrub(text: string, secrets: string[]): string {
	const spellings = secrets
		.filter((secret) => secret.length >= MIN_SECRET_LENGTH)
		.flatMap(spellingsOf)
		.sort((a, b) => b.length - a.length);
	return spellings.reduce(
		(clean, spelling) => clean.replaceAll(spelling, MASK),
		text.replace(JWT, MASK),
	);
}
