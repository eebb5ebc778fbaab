const HTML: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Shorter ones turn up in texts by chance. */
const MIN_ENCODED_LENGTH = 6;

/** What is written alike everywhere, as tokens and keys are. */
const PLAIN = /^[\w.-]*$/;

/** How a secret may come back: as it is written once, or twice, as in JSON within JSON. */
export function spellingsOf(secret: string): string[] {
	return [...new Set(writtenOnce(secret).flatMap((once) => [once, ...writtenOnce(once)]))];
}

/**
 * Finds a secret in which any characters but letters and digits are escaped, each as JSON or HTML may do it:
 * .NET writes `+` as `\u002B`, Go `&` as `\u0026`, PHP `'` as `&#039;`. `null`: it has none of them.
 */
export function escapesOf(secret: string): RegExp | null {
	if (PLAIN.test(secret)) return null;
	return new RegExp(secret.replace(/[^]/g, escapesOfUnit), 'gi');
}

function escapesOfUnit(unit: string): string {
	if (/\w/.test(unit)) return unit;
	const code = unit.charCodeAt(0);
	const hex = code.toString(16);
	const inText = `u${hex.padStart(4, '0')}`;
	const inHtml = [`#0*${code}`, `#x0*${hex}`, HTML[unit]?.slice(1, -1)].filter(Boolean).join('|');
	// The letter of `\n` and its like.
	const [, short = inText] = /^"\\([a-z])"$/.exec(JSON.stringify(unit)) ?? [];
	return `(?:\\${inText}|\\\\{1,4}(?:${inText}|\\${inText}|${short})|&(?:amp;)?(?:${inHtml});)`;
}

/** Plain, in a URL, a form, a web page, in JSON, in the JSON that PHP writes. */
function writtenOnce(secret: string): string[] {
	if (PLAIN.test(secret)) return [secret];
	// A half of a pair of surrogates has no encoding, and is replaced wherever it is sent.
	const text = secret.replace(/\p{Cs}/gu, '\ufffd');
	const json = JSON.stringify(secret).slice(1, -1);
	const inUrls = [
		encodeURIComponent(text),
		encodeURIComponent(text).replace(/[!'()*]/g, percentEncoded),
		new URLSearchParams([['', text]]).toString().slice(1),
	];
	return [
		secret,
		text,
		...inUrls,
		...inUrls.map((url) => url.replace(/%../g, (code) => code.toLowerCase())),
		secret.replace(/[&<>"']/g, (character) => HTML[character] ?? character),
		json,
		json.replaceAll('/', '\\/'),
		json
			.replaceAll('/', '\\/')
			.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
	];
}

/**
 * What a secret looks like within a text that was written in base64 or hex as a whole, e.g. the body of a
 * form: what stands before and after it changes the characters at its ends.
 */
export function encodingsOf(secret: string): string[] {
	return [...new Set(writtenOnce(secret))]
		.flatMap((spelling) => {
			const bytes = Buffer.from(spelling);
			const hex = bytes.toString('hex');
			return [hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((before) => inBase64(bytes, before))];
		})
		.filter((encoded) => encoded.length >= MIN_ENCODED_LENGTH);
}

/** @param before how many bytes stand before it, beyond a multiple of three */
function inBase64(bytes: Buffer, before: number): string[] {
	const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
	const end = Math.floor(((before + bytes.length) * 4) / 3);
	const core = encoded.slice(Math.ceil((before * 4) / 3), end);
	if (PLAIN.test(core)) return [core];
	return [
		core,
		core.replaceAll('+', '-').replaceAll('/', '_'),
		core.replaceAll('/', '\\/'),
		encodeURIComponent(core),
	];
}

function percentEncoded(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
