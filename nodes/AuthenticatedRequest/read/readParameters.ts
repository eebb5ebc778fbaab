import type { IDataObject } from 'n8n-workflow';

import { InputError, parseJson } from '../../../providers';
import { nameOf } from './text';
import { readChoice, readSwitch } from '../../shared/choices';
import type { NodeParameters } from './nodeParameters';

export interface NamedValue {
	name: unknown;
	value: unknown;
}

/** The value of a parameter that takes JSON; what an expression gave as a value stays that. @throws {InputError} */
export function parseJsonParameter(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	try {
		return parseJson(value);
	} catch (error) {
		throw invalidJson(label, error);
	}
}

function invalidJson(label: string, error: unknown): InputError {
	return new InputError(`The value in the "${label}" field is not valid JSON`, {
		description: error instanceof Error ? error.message : undefined,
	});
}

const LABELS = { Query: 'JSON Query Parameters', Headers: 'JSON Headers' } as const;

/** The query parameters or the headers of the call, by fields or by JSON, in their order. @throws {InputError} */
export function readNamedValues(
	{ get }: NodeParameters,
	what: keyof typeof LABELS,
): Array<[name: string, value: unknown]> {
	const label = what === 'Query' ? 'Query Parameters' : 'Headers';
	if (!readSwitch(get(`send${what}`, false), `Send ${label}`, false)) return [];
	const specify = get<unknown>(`specify${what}`, 'keypair');
	if (readChoice(specify, `Specify ${label}`, ['keypair', 'json'], 'keypair') === 'json') {
		return Object.entries(readJsonObject(get<unknown>(`json${what}`, ''), LABELS[what]));
	}
	const collection = what === 'Query' ? 'queryParameters' : 'headerParameters';
	return get<NamedValue[]>(`${collection}.parameters`, [])
		.map(({ name, value }): [string, unknown] => [readName(name, what), value])
		.filter(([name]) => name !== '');
}

const readName = (name: unknown, what: string) =>
	nameOf(name, what === 'Query' ? 'The name of a query parameter' : 'The name of a header');

function readJsonObject(value: unknown, label: string): IDataObject {
	const isNothing = value === null || value === undefined || value === '';
	const parsed = isNothing ? {} : parseJsonParameter(value, label);
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		throw new InputError(`The value in the "${label}" field must be a JSON object`, {
			description: 'e.g. { "name": "value" }',
		});
	}
	return parsed as IDataObject;
}
