import { parse } from 'content-disposition';

/**
 * The file name in a `Content-Disposition` header (RFC 6266), without any folder; `undefined` when there
 * is none. What servers write instead of the standard is understood, too: a name in the bytes of UTF-8,
 * in the words of mail (RFC 2047), or in percent signs.
 */
export function readFileName(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	// Some servers leave the disposition type out, which stands before the first semicolon.
	const { filename, 'filename*': extended } = parse(`;${header}`, { extended: false }).parameters;
	const name = decodeExtended(extended ?? '') ?? decodePlain(filename);
	return name === undefined ? undefined : baseName(name);
}

/** The last part of the path of a URL; `undefined`: the path is empty. */
export function lastSegment(url: string): string | undefined {
	return baseName(decodePercent(new URL(url).pathname)) || undefined;
}

/** What is behind the last slash or backslash: a server may not choose the folder of a file. */
function baseName(path: string): string {
	return path.split(/[\\/]/).at(-1) ?? '';
}

/** A value of RFC 8187: a character set, a language, and bytes in percent signs. */
function decodeExtended(value: string): string | undefined {
	const [, charset = '', bytes = ''] = /^([^']*)'[^']*'(.+)$/.exec(value) ?? [];
	return decodeBytes(charset, bytesOf(bytes, '%')) || undefined;
}

function decodePlain(value: string | undefined): string | undefined {
	if (value === undefined) return undefined;
	// Node.js gives each byte of a header as a character of its own.
	const bytes = Buffer.from(value, 'latin1');
	const text = bytes.toString('latin1') === value ? decodeBytes('utf-8', bytes) : value;
	return decodePercent(decodeWords(text ?? value));
}

/** The encoded words of RFC 2047, which are for mail, between text that stays as it is. */
function decodeWords(text: string): string {
	const word = /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=(?:\s+(?==\?))?/gi;
	return text.replace(word, (whole, charset: string, encoding: string, content: string) => {
		const isBase64 = encoding.toLowerCase() === 'b';
		const bytes = isBase64
			? Buffer.from(content, 'base64')
			: bytesOf(content.replaceAll('_', ' '), '=');
		return decodeBytes(charset, bytes) ?? whole;
	});
}

function decodePercent(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Bytes that are written as themselves, or as a sign and two hexadecimal digits. */
function bytesOf(text: string, sign: '%' | '='): Buffer {
	const unescaped = text.replace(new RegExp(`${sign}([\\da-f]{2})`, 'gi'), (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	return Buffer.from(unescaped, 'latin1');
}

/** `undefined`: the bytes do not fit this character set, or it is unknown. */
function decodeBytes(charset: string, bytes: Buffer): string | undefined {
	try {
		return new TextDecoder(charset || 'utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
