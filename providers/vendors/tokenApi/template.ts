import { InputError } from '../../kit/errors';
import { isJsonObject } from '../../kit/json';
import { parseExpression, type Term } from './expression';
import { applyFilter } from './filters';

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** What the names in a template stand for; `undefined`: a value that may be missing, and is. */
export type Values = Readonly<Record<string, string | undefined>>;

/**
 * `template` with what stands between double braces replaced: `{{name}}` by its value, `{{a + ':' + b | sha256}}`
 * by what the filters make of the values. What is filled in is not read again, and not taken for a pattern: a
 * password may hold anything.
 * @param encode how a value is written, so that it stays one where it is filled in
 * @throws {InputError} when a name stands for nothing, or there is no such filter
 */
export function fillText(
	template: string,
	values: Values,
	encode: (value: string) => string = (value) => value,
): string {
	return template.replace(VARIABLE, (_, text: string) => encode(valueOf(text.trim(), values)));
}

/**
 * JSON with the templates in its texts filled in, the names of members included, without those texts that
 * {@link isLeftOut}.
 */
export function fillJson(template: unknown, values: Values): unknown {
	if (typeof template === 'string') return fillText(template, values);
	const isKept = (inner: unknown) => typeof inner !== 'string' || !isLeftOut(inner, values);
	if (Array.isArray(template)) {
		return template.filter(isKept).map((inner) => fillJson(inner, values));
	}
	if (!isJsonObject(template)) return template;
	return Object.fromEntries(
		Object.entries(template)
			.filter(([, inner]) => isKept(inner))
			.map(([name, inner]) => [fillText(name, values), fillJson(inner, values)]),
	);
}

/** Whether a template uses a value that may be missing, and is: then what it is for is left out. */
export function isLeftOut(template: string, values: Values): boolean {
	return namesIn(template).some(
		(name) => Object.hasOwn(values, name) && values[name] === undefined,
	);
}

/** The names that a template uses. */
export function namesIn(template: string): string[] {
	return [...template.matchAll(VARIABLE)].flatMap(([, text = '']) => {
		const expression = parseExpression(text);
		if (expression === null) return [text.trim()];
		const all = [...expression.terms, ...expression.filters.flatMap(({ args }) => args)];
		return all.flatMap((term) => ('name' in term ? [term.name] : []));
	});
}

function valueOf(text: string, values: Values): string {
	// Names of the user's own may hold anything but braces.
	if (Object.hasOwn(values, text)) return values[text] ?? '';
	const { terms, filters } = parseExpression(text) ?? { terms: [{ name: text }], filters: [] };
	const read = (term: Term) => ('text' in term ? term.text : named(term.name, values));
	return filters
		.reduce<
			string | Buffer
		>((value, { name, args }) => applyFilter(name, value, args.map(read)), terms.map(read).join(''))
		.toString();
}

function named(name: string, values: Values): string {
	if (Object.hasOwn(values, name)) return values[name] ?? '';
	throw new InputError(`The credential uses {{${name}}}, which stands for nothing`, {
		description: `Use one of ${Object.keys(values)
			.map((known) => `{{${known}}}`)
			.join(', ')}, or give the value that name in the credential.`,
	});
}
