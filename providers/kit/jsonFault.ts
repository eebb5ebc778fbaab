import { parse, type ParseError } from 'jsonc-parser';

/** Characters around a fault that are shown. */
const AROUND = 20;

/** Where a text stops being JSON: the line, and what stands there; `null` where that cannot be told. */
export function jsonFault(text: string): string | null {
	if (text.trim() === '') return 'It is empty.';
	const errors: ParseError[] = [];
	try {
		parse(text, errors, { disallowComments: true });
	} catch {
		// It is nested deeper than the stack.
	}
	const [error] = errors;
	if (error === undefined) return null;
	const { offset } = error;
	const line = text.slice(0, offset).split('\n').length;
	const before = text.slice(Math.max(0, offset - AROUND), offset).replace(/\s+/g, ' ');
	const after = text.slice(offset, offset + AROUND).replace(/\s+/g, ' ');
	if (after.trim() === '') return `It ends in line ${line}, after ${before.trim()}, too early.`;
	return before.trim() === ''
		? `Line ${line} must not begin with ${after.trim()}.`
		: `Line ${line} breaks between ${before.trim()} and ${after.trim()}.`;
}
