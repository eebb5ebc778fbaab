import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import {
	FormFields,
	InputError,
	MultipartFields,
	type RequestSpec,
	withHeaders,
} from '../../../providers';
import { replaceAtPath } from '../read/setPath';
import { headerLines } from '../read/header';
import { parameterOf, textOf } from '../read/text';
import { toJson } from '../read/toJson';

/** What n8n makes of the call for a page: with the parameters that are to change set in it. */
export type PagedOptions = Partial<Record<'method' | 'uri' | 'qs' | 'headers' | 'body', unknown>>;

/**
 * The call for a page.
 * @param paths - the names of the parameters that change in the body, e.g. `page` or `param[0].page`
 * @throws {InputError} when a parameter cannot be sent
 */
export function nextPage(
	first: RequestSpec,
	options: PagedOptions,
	paths: string[] = [],
): RequestSpec {
	const query = Object.entries(options.qs ?? {}).map(([name, value]): [string, unknown] => [
		name,
		parameterOf(value, labelOf(name)),
	]);
	return {
		...first,
		method: (options.method ?? first.method) as IHttpRequestMethods,
		uri: String(options.uri ?? first.uri),
		qs: Object.fromEntries(query) as IDataObject,
		...withBody(first, headersOf(options.headers ?? {}), options.body, paths),
	};
}

const labelOf = (name: string) => `The pagination parameter "${name}"`;

/** A changed header takes the place of one of the same name in another spelling. */
function headersOf(headers: object): IDataObject {
	return Object.entries(headers).reduce<IDataObject>((all, [name, value]) => {
		const [line, ...more] = headerLines(value, labelOf(name));
		if (line === undefined) return all;
		return withHeaders<unknown>(all, {
			[name]: more.length === 0 ? line : [line, ...more],
		}) as IDataObject;
	}, {});
}

function withBody(
	first: RequestSpec,
	headers: IDataObject,
	body: unknown,
	paths: string[],
): Partial<RequestSpec> & Pick<RequestSpec, 'headers'> {
	const { form, formData } = first;
	if (formData !== undefined) {
		return { headers, formData: new MultipartFields(changedEntries(formData, textOf)) };
	}
	if (form !== undefined) {
		if (Object.keys(form).length === 0) return { headers };
		const changed = new FormFields(changedEntries(form, parameterOf));
		return { headers, form: changed, text: FormFields.encode(changed) };
	}
	if (body === undefined) return { headers };
	for (const path of paths) setInBody(first, body, path);
	const text = toJson(body, 'The body');
	if (first.body !== undefined) {
		// Where nothing is changed, the text stays as the user typed it.
		return text === toJson(first.body, 'The body') ? { headers } : { headers, body, text };
	}
	if (first.raw !== undefined) {
		throw new InputError('A pagination parameter cannot change raw text or a file', {
			description: 'Send the body as JSON or as a form, or change a query parameter or a header.',
		});
	}
	return { headers: withHeaders({ 'content-type': 'application/json' }, headers), body, text };
}

/** n8n sets what is to change by its name, as if that were no path and the body no list. */
function setInBody({ body: before, text }: RequestSpec, body: unknown, path: string): void {
	if (typeof body !== 'object' || body === null || !Object.hasOwn(body, path)) return;
	const hasMembers = typeof before === 'object' && before !== null;
	if (hasMembers && Object.hasOwn(before, path)) return;
	if (!hasMembers && text !== undefined) {
		throw new InputError(`${labelOf(path)} cannot be set: the body is no object`, {
			description: 'Give the body as a JSON object, or change a query parameter or a header.',
		});
	}
	const fields = body as IDataObject;
	const value = fields[path];
	delete fields[path];
	if (Array.isArray(body) && !/^\[?\d/.test(path)) {
		throw new InputError(`${labelOf(path)} cannot be set: the body is a list`, {
			description: `Name an item of the list, and its field, e.g. [0].${path}.`,
		});
	}
	if (value !== undefined) replaceAtPath(fields, path, value);
}

/** n8n sets the fields that are to change as properties of the object it is given. */
function changedEntries<V>(
	fields: FormFields<V>,
	read: (value: unknown, label: string) => V,
): Array<[name: string, value: V]> {
	const changed = Object.entries(fields)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]): [string, V] => [name, read(value, labelOf(name))]);
	const isChanged = new Set(changed.map(([name]) => name));
	return [...FormFields.entriesOf(fields).filter(([name]) => !isChanged.has(name)), ...changed];
}
