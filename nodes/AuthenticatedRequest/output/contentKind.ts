/** What is saved as a file by its content type alone. */
const FILE_TYPE =
	/^(image|audio|video|font|model)\/|^application\/(octet-stream|gzip|zip|pdf|epub\+zip|msword|vnd\.rar|vnd\.visio|vnd\.ms-(excel|fontobject)|vnd\.amazon\.ebook|vnd\.oasis\.opendocument\.\w+|vnd\.openxmlformats-officedocument\.[\w.]+|x-(7z-compressed|bzip2?|cdf|tar))/i;

/** What is text by its content type alone. Files of an unknown kind come as `text/plain`, too. */
const TEXT_TYPE = /^text\/(?!plain\b)|[/+.-](json|xml|html|yaml|javascript|ecmascript)\b/i;

/** As what a response of that type is read; `unknown`: its first bytes have to tell. */
export function contentKind(contentType: string): 'file' | 'json' | 'text' | 'unknown' {
	if (/application\/json/i.test(contentType)) return 'json';
	if (FILE_TYPE.test(contentType)) return 'file';
	return TEXT_TYPE.test(contentType) ? 'text' : 'unknown';
}

/** The bytes that no text has, as browsers tell them. */
const isControl = (byte: number) =>
	byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);

/** In these NUL is part of a letter. */
const WIDE_CHARSET = /charset=["']?(utf-?(16|32)|ucs-?[24])/i;

/** Whether a response of a kind that is not known begins like text. */
export function looksLikeText(start: Buffer, contentType: string): boolean {
	if (WIDE_CHARSET.test(contentType) || hasWideMark(start)) return true;
	if (start.some(isControl)) return false;
	const mayBeAnyCharset = contentType.trim() === '' || /^text\/|charset=/i.test(contentType);
	return mayBeAnyCharset || isUtf8(start);
}

/** Whether a text begins with the mark of UTF-16. */
function hasWideMark(start: Buffer): boolean {
	const mark = start.subarray(0, 2).toString('hex');
	return mark === 'fffe' || mark === 'feff';
}

/** Whether this is UTF-8, or the beginning of it. */
function isUtf8(start: Buffer): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
		return true;
	} catch {
		return false;
	}
}
