/** The JSON object that `text` is; `null` when it is anything else. */
export function parseObject(text: string): Record<string, unknown> | null {
	try {
		const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
		return isObject ? (parsed as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}

/** Whether `text` is HTML or XML, which tells more about a proxy than about the vendor. */
export function isWebPage(text: string): boolean {
	return /^\s*</.test(text);
}

/**
 * A text, a number or a truth value as text; `''` for anything else. What came from outside may be an object
 * that cannot become text.
 */
export function scalarText(value: unknown): string {
	return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}
