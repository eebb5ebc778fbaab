import type { IDataObject } from 'n8n-workflow';

import { InputError, jsonFault, parseJson } from '../../../providers';
import { nameOf } from './text';
import { readChoice, readSwitch } from '../../shared/choices';
import type { NodeParameters } from './nodeParameters';

export interface NamedValue {
	name: unknown;
	value: unknown;
}

/**
 * The value of a parameter that takes JSON; what an expression gave as a value stays that.
 * @param section the switch of the form that shows the field, where several fields have its label
 * @throws {InputError}
 */
export function parseJsonParameter(value: unknown, label: string, section = ''): unknown {
	if (typeof value !== 'string') return value;
	try {
		return parseJson(value);
	} catch {
		throw invalidJson(label, section, value);
	}
}

function invalidJson(label: string, section: string, text: string): InputError {
	const where = section === '' ? '' : ` under "${section}"`;
	return new InputError(`The value in the "${label}" field${where} is not valid JSON`, {
		description: [
			jsonFault(text) ?? 'Check the quotes, commas and brackets.',
			'Write a text as {{ JSON.stringify($json.note) }}, without quotes around it.',
		].join(' '),
	});
}

/** All fields for JSON have this label. */
export const JSON_FIELD = 'JSON';

/** The query parameters or the headers of the call, by fields or by JSON, in their order. @throws {InputError} */
export function readNamedValues(
	{ get }: NodeParameters,
	what: 'Query' | 'Headers',
): Array<[name: string, value: unknown]> {
	const label = what === 'Query' ? 'Query Parameters' : 'Headers';
	if (!readSwitch(get(`send${what}`, false), `Send ${label}`, false)) return [];
	const specify = get<unknown>(`specify${what}`, 'keypair');
	if (readChoice(specify, `Specify ${label}`, ['keypair', 'json'], 'keypair') === 'json') {
		return Object.entries(readJsonObject(get<unknown>(`json${what}`, ''), `Send ${label}`));
	}
	const collection = what === 'Query' ? 'queryParameters' : 'headerParameters';
	return get<NamedValue[]>(`${collection}.parameters`, [])
		.map(({ name, value }): [string, unknown] => [readName(name, what), value])
		.filter(([name]) => name !== '');
}

const readName = (name: unknown, what: string) =>
	nameOf(name, what === 'Query' ? 'The name of a query parameter' : 'The name of a header');

function readJsonObject(value: unknown, section: string): IDataObject {
	const isNothing = value === null || value === undefined || value === '';
	const parsed = isNothing ? {} : parseJsonParameter(value, JSON_FIELD, section);
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		throw new InputError(`The value in the "JSON" field under "${section}" must be a JSON object`, {
			description: 'e.g. { "name": "value" }',
		});
	}
	return parsed as IDataObject;
}
