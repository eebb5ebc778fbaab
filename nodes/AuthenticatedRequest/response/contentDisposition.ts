function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** What is behind the last slash or backslash: a server may not choose the folder of a file. */
function baseName(path: string): string {
	return path.split(/[\\/]/).at(-1) ?? '';
}

/**
 * The file name in a `Content-Disposition` header (RFC 6266), without any folder; `undefined` when there
 * is none.
 */
export function readFileName(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	const extended = /filename\*\s*=\s*[\w-]*'[\w-]*'([^;]+)/i.exec(header)?.[1];
	if (extended !== undefined) return baseName(decoded(extended.trim()));
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(header);
	const name = plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]?.trim();
	return name === undefined ? undefined : baseName(decoded(name));
}

/** The last part of the path of a URL; `undefined` when there is none. */
export function lastSegment(url: string): string | undefined {
	return baseName(decoded(new URL(url).pathname)) || undefined;
}
