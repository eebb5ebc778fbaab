import { InputError } from '../../../providers';
import { textOf } from './text';

/** A header that is given as a list comes once for each item, one that is nothing does not come. */
export function headerLines(value: unknown, label: string): string[] {
	const items: unknown[] = Array.isArray(value) ? value : [value];
	return items
		.filter((item) => item !== null && item !== undefined)
		.map((item) => headerText(textOf(item, label), label));
}

/**
 * `text` without blanks around it, which do not belong to the value of a header.
 * @throws {InputError} when a header cannot carry it
 */
export function headerText(text: string, label: string): string {
	const value = text.replace(/^[ \t\r\n]+|(?<![ \t\r\n])[ \t\r\n]+$/g, '');
	if (/[\r\n]/.test(value)) {
		throw new InputError(`${label} cannot hold a line break`, {
			description: 'Remove it, or encode the value as the service expects it.',
		});
	}
	const other = /[^\t\x20-\x7e\xa0-\xff]/u.exec(value)?.[0];
	if (other === undefined) return value;
	const code = other.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
	const shown = /\p{C}/u.test(other) ? `U+${code}` : `"${other}" (U+${code})`;
	throw new InputError(`${label} cannot hold ${shown}`, {
		description:
			'A header carries Latin characters only. Encode the value as the service expects it, e.g. with encodeURIComponent, or send it in the query or the body.',
	});
}
