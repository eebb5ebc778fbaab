import { InputError } from '../../providers';

/** What to do about a value that cannot be right. */
export const EXPRESSION_HINT = 'If it is an expression, check what it returns for this item.';

/**
 * A number option. An expression may give text, or nothing: then the default holds.
 * @throws {InputError} when it gives no number, with which a limit would never have room
 */
export function readNumber(
	value: unknown,
	label: string,
	fallback: number,
	min = 0,
	kind: 'number' | 'whole number' = 'number',
): number {
	if (value === undefined || value === null) return fallback;
	if (typeof value === 'string' && value.trim() === '') return fallback;
	const number = ['number', 'string', 'bigint'].includes(typeof value) ? Number(value) : NaN;
	const isRight = kind === 'number' ? Number.isFinite(number) : Number.isInteger(number);
	if (isRight && number >= min) return number;
	throw new InputError(`"${label}" must be a ${kind}, ${min} or more`, {
		description: EXPRESSION_HINT,
	});
}
