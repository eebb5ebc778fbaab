import { isFromAIOnlyExpression } from 'n8n-workflow';

import { InputError, plainParts, type RequestSpec } from '../../../providers';
import { cut } from '../../shared/choices';
import type { NodeParameters } from './nodeParameters';
import { takesFromModel, type ToolArguments } from './toolArguments';

/** Characters. What services take at least (RFC 9110, section 4.1); many take no more than twice as many. */
const LONGEST_LINE = 8000;

/** What leads out of the part of a path, also encoded or in another width: a service may read it as the usual one. */
const OUT_OF_SEGMENT =
	/[/\\?#／＼？＃]|%(?:25)*(?:2f|5c|3f|23|c0%(?:25)*af|c1%(?:25)*9c|ef%(?:25)*bc%(?:25)*(?:8f|bc|9f|83))/i;

const OUT_OF_QUERY_VALUE = /[&#]/;

/** What ends a text in JSON, or cannot stand in it. */
const OUT_OF_JSON_TEXT = /["\\\p{Cc}]/u;

const OUT_OF_FORM_VALUE = /[&=]/;

/**
 * A tool's call, as its owner means it: what the model says for a part of the URL, of JSON or of a form stays in
 * that part, and no path has a segment that leads to the folder above.
 * @throws {InputError} that names the argument
 */
export function assertToolRequest(
	parameters: NodeParameters,
	given: ToolArguments,
	{ uri, headers, text }: RequestSpec,
): void {
	assertUrl(parameters, given, uri);
	assertNoDots(uri);
	assertHeaders(parameters, headers);
	for (const name of ['jsonQuery', 'jsonHeaders', 'jsonBody']) {
		assertParts(parameters, given, name, OUT_OF_JSON_TEXT);
	}
	if (text !== undefined) assertParts(parameters, given, 'body', OUT_OF_FORM_VALUE);
}

function assertUrl(parameters: NodeParameters, given: ToolArguments, uri: string): void {
	if (uri.length > LONGEST_LINE) {
		throw new InputError(`The URL has ${uri.length} characters, and may have ${LONGEST_LINE}`);
	}
	const stored = parameters.raw('url', '');
	if (isWhole(stored)) return;
	const resolved = String(parameters.get('url', ''));
	for (const { key, value } of given.readBy(stored)) {
		const said = String(value);
		if (said.trim() === '') {
			const before = String(stored).slice(0, String(stored).indexOf(key));
			if (before.includes('?')) continue;
			throw new InputError(`The argument "${cut(key)}" is empty, and is a part of a path`);
		}
		const at = resolved.indexOf(said);
		const isInQuery = at >= 0 && resolved.slice(0, at).includes('?');
		const [out] = (isInQuery ? OUT_OF_QUERY_VALUE : OUT_OF_SEGMENT).exec(said) ?? [];
		if (at < 0 || out === undefined) continue;
		throw new InputError(
			`The argument "${cut(key)}" cannot hold "${out}": it is one part of the ${isInQuery ? 'query' : 'path'}`,
		);
	}
}

function assertNoDots(uri: string): void {
	const path = /^[^?#]*/.exec(uri.replace(/^https?:\/\/[^/?#]*/i, ''))?.[0] ?? '';
	if (plainParts(path).some((part) => /^\.{1,2}(?:;|$)/.test(part))) {
		throw new InputError('The URL of a tool must not have "." or ".." as a part of its path');
	}
}

/** Whether a parameter, as it is stored, is one value of the model and nothing else. */
function isWhole(stored: unknown): boolean {
	const text = String(stored);
	// n8n before 2.0 does not say; there a value that is joined to others in one expression counts as one.
	const ask = isFromAIOnlyExpression as typeof isFromAIOnlyExpression | undefined;
	return ask?.(text) ?? (/^=\s*\{\{/.test(text) && text.indexOf('}}') === text.length - 2);
}

/**
 * What tells the server who calls, is meant for the connection, or has a server take the call for another one, is
 * not for a model to say.
 */
const NOT_FOR_MODEL = [
	'cookie',
	'cookie2',
	'connection',
	'forwarded',
	'keep-alive',
	'te',
	'trailer',
	'upgrade',
];

const NOT_FOR_MODEL_FAMILIES = /^(?:proxy-|x-(?:forwarded|original|rewrite|http-method|method)-)/;

function assertHeaders(parameters: NodeParameters, headers: RequestSpec['headers']): void {
	const long = Object.entries(headers).find(([, value]) => String(value).length > LONGEST_LINE);
	if (long !== undefined) {
		throw new InputError(
			`The header "${cut(long[0])}" has ${String(long[1]).length} characters, and may have ${LONGEST_LINE}`,
		);
	}
	const name = headersOfModel(parameters, headers).find(
		(one) =>
			NOT_FOR_MODEL.includes(one.toLowerCase()) || NOT_FOR_MODEL_FAMILIES.test(one.toLowerCase()),
	);
	if (name !== undefined)
		throw new InputError(`The header "${cut(name)}" is not for a tool to send`);
}

/** The names of the headers that a model has a part in. */
function headersOfModel(parameters: NodeParameters, headers: RequestSpec['headers']): string[] {
	if (takesFromModel(parameters.raw('jsonHeaders', ''))) return Object.keys(headers);
	const list = 'headerParameters.parameters';
	const [stored, resolved] = [parameters.raw(list, []), parameters.get<unknown>(list, [])];
	if (!Array.isArray(stored) || !Array.isArray(resolved)) {
		return takesFromModel(stored) ? Object.keys(headers) : [];
	}
	return resolved.flatMap((field: { name?: unknown } | null, index) =>
		takesFromModel(stored[index]) ? [String(field?.name).trim()] : [],
	);
}

/** Where a stored text has places for what a model says, that cannot end its place and begin another. */
function assertParts(
	parameters: NodeParameters,
	given: ToolArguments,
	name: string,
	out: RegExp,
): void {
	const stored = parameters.raw(name, '');
	const said = given.readBy(stored);
	if (said.length === 0 || isWhole(stored)) return;
	const resolved = parameters.get(name, '');
	if (typeof resolved !== 'string') return;
	for (const { key, value } of said) {
		const [found] = (typeof value === 'string' && out.exec(value)) || [];
		if (found === undefined || !resolved.includes(String(value))) continue;
		const shown = /\s/.test(found) ? 'a line break or a tab' : `"${found}"`;
		throw new InputError(`The argument "${cut(key)}" cannot hold ${shown} here`);
	}
}
