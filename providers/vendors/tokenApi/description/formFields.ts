import { optionalText } from '../../../kit/credentialFields';
import { InputError } from '../../../kit/errors';
import { isJsonObject, parsedJson } from '../../../kit/json';
import { parseJson } from '../../../kit/jsonNumber';

/** The stored fields of a credential, or of one row in it. */
export type Data = Record<string, unknown>;

/** The rows of a field that may be repeated. */
export function rowsOf(data: Data, field: string): Data[] {
	const { values } = (data[field] ?? {}) as { values?: unknown };
	return Array.isArray(values) ? (values as Data[]) : [];
}

/** What is between commas, without blanks. */
export function listOf(data: Data, field: string): string[] {
	return optionalText(data, field)
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

/** A number of at least `least`; `fallback` when the field is empty. @throws {InputError} */
export function number(
	data: Data,
	field: string,
	label: string,
	fallback: number,
	least: number,
): number {
	const text = optionalText(data, field);
	const value = text === '' ? fallback : Number(text);
	if (Number.isFinite(value) && value >= least) return value;
	throw new InputError(`The credential's "${label}" must be a number, ${least} or more`, {
		description: `It is "${text}".`,
	});
}

/** The JSON object typed into a field, or given as one. @throws {InputError} */
export function jsonObject(data: Data, field: string, label: string): Data {
	const json = jsonOf(data, field, label);
	if (isJsonObject(json)) return json;
	throw notAnObject(label);
}

/** Like {@link jsonObject}, or a list. @throws {InputError} */
export function jsonObjectOrList(data: Data, field: string, label: string): Data | unknown[] {
	const json = jsonOf(data, field, label);
	if (isJsonObject(json) || Array.isArray(json)) return json;
	throw notAnObject(label);
}

const notAnObject = (label: string) =>
	new InputError(`The credential's "${label}" is not a JSON object`, {
		description: 'Give an object such as { "name": "{{username}}" }.',
	});

function jsonOf(data: Data, field: string, label: string): unknown {
	const value = data[field];
	const json =
		typeof value === 'string' ? parsedJson(value.trim() || '{}', parseJson) : (value ?? {});
	if (json !== undefined) return json;
	throw new InputError(`The credential's "${label}" is not valid JSON`, {
		description:
			'Check the quotes, commas and brackets. A template stands in quotes: { "name": "{{username}}" }.',
	});
}
