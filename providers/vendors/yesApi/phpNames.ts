import { InputError } from '../../kit/errors';

/** What PHP reads and sorts as a number; its versions differ in that. */
const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** What PHP changes in the names of a query or a form, or makes a list of. */
const CHANGED = /[.[\0\s]/;

/**
 * Names of parameters that the service reads as they are, and sorts by their bytes: others it would sign in
 * another order.
 * @param areInJson whether they are members of a JSON body, which PHP does not rename
 * @throws {InputError}
 */
export function assertSignableNames(names: string[], areInJson = false): void {
	const number = names.find((name) => NUMBER.test(name));
	if (number !== undefined) {
		throw new InputError(`The parameter "${number}" of a signed YesApi call is named by a number`, {
			description:
				'The service may sort it elsewhere, and refuse the signature. Begin its name with a letter.',
		});
	}
	const changed = areInJson ? undefined : names.find((name) => CHANGED.test(name));
	if (changed === undefined) return;
	throw new InputError(
		`The parameter "${changed}" of a signed YesApi call would get another name in PHP`,
		{
			description:
				'Use no dots, blanks and brackets in its name. PHP reads "a.b" and "a b" as "a_b", and "a[]" as a list, which cannot be signed.',
		},
	);
}
