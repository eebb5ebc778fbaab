import { cutTo, InputError } from '../../providers';
import { EXPRESSION_HINT } from './readNumber';

/** One of `values`; `fallback` where an expression gives nothing. @throws {InputError} */
export function readChoice<V extends string, F extends V | undefined>(
	value: unknown,
	label: string,
	values: readonly V[],
	fallback: F,
): V | F {
	const text = textIn(value);
	if (text === '') return fallback;
	const choice = values.find((known) => known === text);
	if (choice !== undefined) return choice;
	throw new InputError(`"${label}" cannot be "${cut(text)}"`, {
		description: `Choose one of ${values.join(', ')}. ${EXPRESSION_HINT}`,
	});
}

/** A switch; `fallback` where an expression gives nothing. @throws {InputError} */
export function readSwitch(value: unknown, label: string, fallback: boolean): boolean {
	const text = textIn(value).toLowerCase();
	if (text === '') return fallback;
	if (text === 'true' || text === '1') return true;
	if (text === 'false' || text === '0') return false;
	throw new InputError(`"${label}" must be true or false`, { description: EXPRESSION_HINT });
}

/** An object stands for no choice, whatever it holds. */
function textIn(value: unknown): string {
	return typeof value === 'object' && value !== null ? typeof value : String(value ?? '').trim();
}

const MAX_QUOTED = 50;

/** What a user typed, short enough for a message. */
export function cut(text: string): string {
	return cutTo(text, MAX_QUOTED);
}
