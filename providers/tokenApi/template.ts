import { InputError } from '../kit/errors';
import { isJsonObject } from '../kit/json';

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What the names in a template stand for. */
export type Values = Readonly<Record<string, string>>;

/**
 * `template` with each `{{name}}` replaced by its value. What is filled in is not read again, and not
 * taken for a pattern: a password may hold anything.
 * @throws {InputError} when a name stands for nothing
 */
export function fillText(template: string, values: Values): string {
	return template.replace(VARIABLE, (_, name: string) => {
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		if (value !== undefined) return value;
		throw new InputError(`The credential uses {{${name}}}, which stands for nothing`, {
			description: `Use one of ${Object.keys(values)
				.map((known) => `{{${known}}}`)
				.join(', ')}, or give the value that name in the credential.`,
		});
	});
}

/** JSON with the templates in its texts filled in, the names of members included. */
export function fillJson(template: unknown, values: Values): unknown {
	if (typeof template === 'string') return fillText(template, values);
	if (Array.isArray(template)) return template.map((inner) => fillJson(inner, values));
	if (!isJsonObject(template)) return template;
	return Object.fromEntries(
		Object.entries(template).map(([name, inner]) => [
			fillText(name, values),
			fillJson(inner, values),
		]),
	);
}
