type Parse = (text: string) => unknown;

/** The JSON object that `text` is; `null` when it is anything else. */
export function parseObject(text: string, parse?: Parse): Record<string, unknown> | null {
	const parsed = parsedJson(text, parse);
	return isJsonObject(parsed) ? parsed : null;
}

/** Whether JSON has an object for `value`: for a list, a buffer, a form and a date it has none. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
	return Object.prototype.toString.call(value) === '[object Object]';
}

/** What a text of JSON says, of whatever type; `undefined` when it is none. */
export function parsedJson(text: string, parse: Parse = JSON.parse): unknown {
	try {
		return parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
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
	return ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : '';
}
