import { isBinary, isBoxed, kindOf, reading, refuseValue } from './refuseValue';
import { toJson } from './toJson';

/**
 * What an expression gave, as the text that a user means by it: a list or an object as JSON, a date in
 * ISO 8601, nothing as empty text.
 * @param label names the value in a message, e.g. `The header "x-id"`
 * @throws {InputError} when no text can stand for it
 */
export function textOf(value: unknown, label: string): string {
	switch (typeof value) {
		case 'undefined':
			return '';
		case 'string':
			return wellFormed(value, label);
		case 'number':
			return Number.isFinite(value) ? String(value) : refuseValue(label, value);
		case 'bigint':
		case 'boolean':
			return String(value);
		case 'object':
			return value === null ? '' : reading(label, value, () => textOfObject(value, label));
		default:
			return refuseValue(label, value);
	}
}

function textOfObject(object: object, label: string): string {
	const kind = kindOf(object);
	if (kind === 'JsonNumber') return String(object);
	if (isBoxed(kind)) return textOf(object.valueOf(), label);
	if (isBinary(object)) return refuseValue(label, object);
	const json = toJson(object, label);
	// Dates and the like say by `toJSON` how JSON writes them.
	return json.startsWith('"') ? wellFormed(JSON.parse(json) as string, label) : json;
}

/** UTF-8 has nothing for half of a character, as is left of an emoji that is cut in two. */
function wellFormed(text: string, label: string): string {
	return /\p{Surrogate}/u.test(text)
		? refuseValue(label, text, 'it holds half of a character')
		: text;
}

/** Like {@link textOf}, for what names something: that is never a list, an object or a switch. */
export function nameOf(value: unknown, label: string): string {
	const isName = ['string', 'number', 'bigint', 'undefined'].includes(typeof value);
	if (isName || value === null) return textOf(value, label);
	return refuseValue(label, value, 'it is not text');
}

/**
 * The value of a parameter in a query or a form, where lists and objects are spread over several: with
 * all that is in them as text, a number, a boolean or `null`.
 * @throws {InputError} when something in it cannot be sent
 */
export function parameterOf(value: unknown, label: string): unknown {
	return reading(label, value, () => {
		// Throws for an object that holds itself, and for values that JSON cannot write.
		if (isSpread(value)) toJson(value, label);
		return spread(value, label);
	});
}

function isSpread(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return false;
	return Array.isArray(value) || kindOf(value) === 'Object';
}

function spread(value: unknown, label: string): unknown {
	if (!isSpread(value)) return leafOf(value, label);
	if (Array.isArray(value)) return Array.from(value, (item: unknown) => spread(item, label));
	return Object.fromEntries(
		Object.entries(value).map(([name, item]) => [wellFormed(name, label), spread(item, label)]),
	);
}

function leafOf(value: unknown, label: string): unknown {
	if (value === null || value === undefined || typeof value === 'boolean') return value;
	const text = textOf(value, label);
	return typeof value === 'number' ? value : text;
}
