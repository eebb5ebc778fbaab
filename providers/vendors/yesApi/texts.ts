import { InputError } from '../../kit/errors';
import { JsonNumber, writeJson } from '../../kit/jsonNumber';
import type { Parameters } from './interfaceRequest';

const isPlain = (value: unknown) =>
	typeof value !== 'object' || value === null || value instanceof JsonNumber;

/**
 * Parameters as the text that is sent and signed. What YesApi wants as JSON text (`where`, `data`, `on`) may
 * be given as the value itself.
 * @throws {InputError} when one is given twice, of which PHP would read the last
 */
export function textsOf(parameters: Record<string, unknown>): Parameters {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => {
			if (isPlain(value)) return [name, String(value ?? '')];
			if (Array.isArray(value) && value.length > 0 && value.every(isPlain)) {
				throw new InputError(`The parameter "${name}" of a signed YesApi call is a list`, {
					description:
						'Give each parameter once. If YesApi is to get the list as JSON, give its text, e.g. {{ JSON.stringify($json.list) }}.',
				});
			}
			return [name, writeJson(value)];
		}),
	);
}

/** PHP has integers of 64 bits, and writes other numbers with 14 digits, small ones with an exponent. */
function isWrittenAlike(value: number): boolean {
	const size = Math.abs(value);
	if (Number.isInteger(value)) return size < 2 ** 63;
	return size >= 1e-4 && Number(value.toPrecision(14)) === value;
}

/**
 * The same for a body of JSON, whose numbers PHP reads as such; a list there is meant as one. A number that PHP
 * would write otherwise goes as text, so that what is signed is what arrives.
 */
export function jsonOfTexts(json: Record<string, unknown>): Record<string, string | number> {
	return Object.fromEntries(
		Object.entries(json).map(([name, value]) => {
			if (typeof value === 'number' && isWrittenAlike(value)) return [name, value];
			return [name, isPlain(value) ? String(value ?? '') : writeJson(value)];
		}),
	);
}
