import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { VendorError } from '../../../providers';
import { readSelector, selectHtml, textOf } from './html';
import { replaceAtPath } from '../parameters/setPath';

/**
 * What an AI model gets to see of a response when the node is its tool, as the HTTP Request node
 * trims it: chosen fields of JSON, chosen elements of a page, or its text, cut to a length.
 */
export function readTrim(
	context: IExecuteFunctions,
	itemIndex: number,
): (body: unknown) => unknown {
	const get = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;

	if (!get('optimizeResponse', false)) return (body) => body;
	const responseType = get<string>('responseType', 'json');
	if (responseType === 'json') {
		const dataField = get('dataField', '');
		const include = get<string>('fieldsToInclude', 'all');
		const fields = String(get<unknown>('fields', ''))
			.split(',')
			.map((field) => field.trim())
			.filter((field) => field !== '');
		return (body) => trimJson(body, dataField, include, fields);
	}
	const maxLength = get('truncateResponse', false) ? get('maxLength', 1000) : Infinity;
	if (responseType === 'text') return (body) => textOf(asText(body)).slice(0, maxLength);

	const selector = readSelector('Selector (CSS)', get('cssSelector', 'body'));
	const onlyContent = get('onlyContent', false);
	const omit = onlyContent ? get('elementsToOmit', '').replace(/^[\s,]+|[\s,]+$/g, '') : '';
	const omitted = omit === '' ? undefined : readSelector('Elements To Omit', omit);
	return (body) => {
		const found = selectHtml(asText(body), selector, omitted);
		const told = onlyContent ? found.map(textOf) : found;
		return JSON.stringify(told, null, 2).slice(0, maxLength);
	};
}

const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));

function trimJson(body: unknown, dataField: string, include: string, fields: string[]): unknown {
	const whole = parsed(body);
	const pick = (record: unknown) => (dataField === '' ? record : valueAt(record, dataField));
	const data = Array.isArray(whole) ? whole.map(pick) : pick(whole);
	if (data === undefined) {
		throw new VendorError(`The response has no field "${dataField}"`, {
			description: 'Check "Field Containing Data" in the options for the tool.',
		});
	}
	const records = [parsed(data)].flat() as IDataObject[];
	if (include === 'selected') {
		return records.map((record) => {
			const selected: IDataObject = {};
			for (const field of fields) replaceAtPath(selected, field, valueAt(record, field));
			return selected;
		});
	}
	if (include === 'except') return records.map((record) => without(record, fields));
	return records;
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body);
	} catch {
		return {};
	}
}

function valueAt(record: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((at, key) => (at as IDataObject | null | undefined)?.[key], record);
}

function without(record: IDataObject, paths: string[]): IDataObject {
	const copy = structuredClone(record);
	for (const path of paths) {
		const keys = path.split('.');
		const parent = keys.length === 1 ? copy : valueAt(copy, keys.slice(0, -1).join('.'));
		if (typeof parent === 'object' && parent !== null) {
			delete (parent as IDataObject)[keys.at(-1) as string];
		}
	}
	return copy;
}
