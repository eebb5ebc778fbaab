import type { IDataObject } from 'n8n-workflow';

import {
	InputError,
	parsedJson,
	parseJson,
	valueAtPath,
	VendorError,
	visibleText,
} from '../../../providers';
import { readNumber } from '../../shared/readNumber';
import { cut, readChoice, readSwitch } from '../../shared/choices';
import { fieldKeys, own, replaceAtPath } from '../read/setPath';
import type { NodeParameters } from '../read/nodeParameters';
import { nameOf } from '../read/text';
import { readSelector, selectHtml } from './html';

/** Which part of JSON the model gets. */
interface Chosen {
	dataField: string;
	include: 'all' | 'except' | 'selected';
	fields: string[];
}

/**
 * What an AI model gets to see of a response when the node is its tool, as the HTTP Request node
 * trims it: chosen fields of JSON, chosen elements of a page, or its text, cut to a length.
 * @throws {InputError}
 */
export function readTrim(parameters: NodeParameters): (body: unknown) => unknown {
	const get = (name: string) => parameters.get<unknown>(name, null);
	const name = (of: string, label: string) => nameOf(get(of), `"${label}"`).trim();

	if (!readSwitch(get('optimizeResponse'), 'Optimize Response', false)) return (body) => body;
	const types = ['json', 'html', 'text'] as const;
	const responseType = readChoice(get('responseType'), 'Expected Response Type', types, 'json');
	if (responseType === 'json') {
		const includes = ['all', 'except', 'selected'] as const;
		const include = readChoice(get('fieldsToInclude'), 'Include Fields', includes, 'all');
		const fields = include === 'all' ? [] : readFields(get('fields'));
		const dataField = name('dataField', 'Field Containing Data');
		return (body) => trimJson(body, { dataField, include, fields });
	}
	const maxLength = readSwitch(get('truncateResponse'), 'Truncate Response', false)
		? readNumber(get('maxLength'), 'Max Response Characters', 1000, 1)
		: Infinity;
	// Half of a character would be left at the end.
	const short = (text: string) => text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
	if (responseType === 'text') return (body) => short(visibleText(asText(body)));

	const css = get('cssSelector') === null ? 'body' : name('cssSelector', 'Selector (CSS)');
	const selector = readSelector('Selector (CSS)', css);
	const onlyContent = readSwitch(get('onlyContent'), 'Return Only Content', false);
	const omit = onlyContent ? name('elementsToOmit', 'Elements To Omit') : '';
	const listed = omit.replace(/^[\s,]+|(?<![\s,])[\s,]+$/g, '');
	const omitted = listed === '' ? undefined : readSelector('Elements To Omit', listed);
	return (body) => {
		const found = selectHtml(asText(body), selector, omitted);
		return short(JSON.stringify(onlyContent ? found.map(visibleText) : found, null, 2));
	};
}

function readFields(value: unknown): string[] {
	const fields = [value]
		.flat()
		.flatMap((listed) => nameOf(listed, '"Fields"').split(','))
		.map((field) => field.trim())
		.filter((field) => field !== '');
	const wrong = fields.find((field) => fieldKeys(field) === null);
	if (fields.length > 0 && wrong === undefined) return fields;
	throw new InputError(
		wrong === undefined ? '"Fields" is empty' : `"Fields" cannot be "${cut(wrong)}"`,
		{ description: 'Name fields of the response, separated by commas, e.g. id, address.city.' },
	);
}

const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));

function trimJson(body: unknown, { dataField, include, fields }: Chosen): unknown {
	const whole = typeof body === 'string' ? parsed(body) : body;
	if (whole === undefined) {
		if (dataField === '' && include === 'all') return body;
		throw new VendorError('The response is not JSON, so no field of it can be chosen', {
			description: 'Choose "Text" or "HTML" as "Expected Response Type".',
		});
	}
	const pick = (record: unknown) => (dataField === '' ? record : valueAtPath(record, dataField));
	const data = Array.isArray(whole) ? whole.map(pick) : pick(whole);
	const isMissing = (value: unknown) => value === undefined;
	if (Array.isArray(data) ? data.length > 0 && data.every(isMissing) : isMissing(data)) {
		throw new VendorError(`The response has no field "${dataField}"`, {
			description: 'Check "Field Containing Data" in the options for the tool.',
		});
	}
	return [jsonWithin(data)]
		.flat()
		.map((record) => (isRecord(record) ? trimRecord(record, include, fields) : record));
}

function trimRecord(record: IDataObject, include: Chosen['include'], fields: string[]): unknown {
	if (include === 'all') return record;
	if (include === 'except') return without(record, fields);
	const selected: IDataObject = {};
	for (const field of fields) {
		const value = valueAtPath(record, field);
		if (value !== undefined) replaceAtPath(selected, field, value);
	}
	return selected;
}

const parsed = (text: string) => parsedJson(text, (json) => parseJson(json, (digits) => digits));

/** Some services write the JSON of a field as text. */
function jsonWithin(data: unknown): unknown {
	const inner = typeof data === 'string' ? parsed(data) : data;
	return typeof inner === 'object' ? inner : data;
}

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null;

function without(record: IDataObject, paths: string[]): IDataObject {
	const copy = structuredClone(record);
	for (const path of paths) {
		const keys = Object.hasOwn(copy, path) ? [path] : (fieldKeys(path) ?? []);
		const last = keys.pop() as string;
		const parent = keys.reduce<unknown>((at, key) => (isRecord(at) ? own(at, key) : at), copy);
		if (isRecord(parent)) delete parent[last];
	}
	return copy;
}
