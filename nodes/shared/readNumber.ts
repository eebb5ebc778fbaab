import { InputError } from '../../providers';

/** What to do about a value that cannot be right. */
export const EXPRESSION_HINT = 'If it is an expression, check what it gives for this item.';

/**
 * A number option. An expression may give text, or nothing: then the default holds.
 * @throws {InputError} when it gives no number, with which a limit would never have room
 */
export function readNumber(value: unknown, label: string, fallback: number): number {
	if (value === undefined || value === null || value === '') return fallback;
	const number = Number(value);
	if (number >= 0) return number;
	throw new InputError(`"${label}" must be a number, 0 or more`, {
		description: EXPRESSION_HINT,
	});
}
