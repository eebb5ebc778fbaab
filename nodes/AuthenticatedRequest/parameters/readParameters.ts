import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../../providers';

export interface NamedValue {
	name: string;
	value: unknown;
}

/** Adds a name and value as a browser's form does: a name that comes again becomes a list. */
export function addParameter(target: IDataObject, name: string, value: unknown): void {
	const present = target[name];
	if (present === undefined) target[name] = value as IDataObject[string];
	else target[name] = [present, value].flat() as IDataObject[string];
}

/** @throws {InputError} when `value` is text that is not JSON */
export function parseJsonParameter(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch (error) {
		throw invalidJson(label, error);
	}
}

function invalidJson(label: string, error: unknown): InputError {
	return new InputError(`The value in the "${label}" field is not valid JSON`, {
		description: error instanceof Error ? error.message : undefined,
	});
}

function readJsonObject(value: unknown, label: string): IDataObject {
	const parsed = parseJsonParameter(value === '' ? '{}' : value, label);
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		throw new InputError(`The value in the "${label}" field must be a JSON object`, {
			description: 'e.g. { "name": "value" }',
		});
	}
	return parsed as IDataObject;
}

/** The query parameters or the headers of the call, by fields or by JSON. @throws {InputError} */
export function readNamedValues(
	context: IExecuteFunctions,
	itemIndex: number,
	what: 'Query' | 'Headers',
): IDataObject {
	const get = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;

	if (!get(`send${what}`, false)) return {};
	if (get<string>(`specify${what}`, 'keypair') === 'json') {
		return readJsonObject(
			get<unknown>(`json${what}`, ''),
			what === 'Query' ? 'JSON Query Parameters' : 'JSON Headers',
		);
	}
	const collection = what === 'Query' ? 'queryParameters' : 'headerParameters';
	const values: IDataObject = {};
	for (const { name, value } of get<NamedValue[]>(`${collection}.parameters`, [])) {
		if (name !== '') addParameter(values, name, value);
	}
	return values;
}
