import { assertNoHost, InputError } from '../../../providers';
import { headerLines } from './header';
import { cut } from '../../shared/choices';
import { readNamedValues } from './readParameters';
import type { NodeParameters } from './nodeParameters';

/** What the name of a header is made of (RFC 9110). */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

/** What comes with the body that is really sent: another number of bytes would tear the connection apart. */
const SET_BY_N8N = ['content-length', 'transfer-encoding'];

/** They may come once only; a service would take either of two, or refuse both. */
const SINGLE = ['content-type', 'authorization', 'user-agent', 'if-modified-since'];

/** The axios inside n8n takes them for something else, in any case, and drops them. */
const LOST = ['common', 'delete', 'get', 'head', 'patch', 'post', 'put', 'query'];

/** They are lost in lower case; to services case makes no difference. */
const LOST_IN_LOWER_CASE = ['constructor', 'prototype', '__proto__'];

/** By name; a header that comes several times as a list. */
export type RequestHeaders = Record<string, string | string[]>;

/** The headers of the call; of the same name, in any case, several. @throws {InputError} */
export function readHeaders(parameters: NodeParameters, inLowerCase: boolean): RequestHeaders {
	const headers = new Map<string, { name: string; lines: string[] }>();
	for (const [given, value] of readNamedValues(parameters, 'Headers')) {
		const name = headerName(given, inLowerCase);
		const key = name.toLowerCase();
		const lines = headerLines(value, `The header "${given.trim()}"`);
		if (lines.length === 0) continue;
		const header = headers.get(key) ?? { name, lines: [] };
		header.lines.push(...lines);
		if (header.lines.length > 1 && SINGLE.includes(key)) {
			throw new InputError(`The header "${given.trim()}" is given more than once`, {
				description: 'Keep one of them.',
			});
		}
		headers.set(key, header);
	}
	return Object.fromEntries(
		[...headers.values()].map(({ name, lines: [first = '', ...more] }) => [
			name,
			more.length === 0 ? first : [first, ...more],
		]),
	);
}

/** The name of a header, spelled as it is sent. @throws {InputError} when n8n cannot send it */
export function headerName(given: string, inLowerCase: boolean): string {
	const name = given.trim();
	if (!NAME.test(name)) {
		throw new InputError(`A header cannot have the name "${cut(name)}"`, {
			description: "A name is made of letters, digits and - only, or of !#$%&'*+.^_`|~ besides.",
		});
	}
	if (SET_BY_N8N.includes(name.toLowerCase())) {
		throw new InputError(`The header "${name}" cannot be set by hand`, {
			description: 'Remove it: it is set as the body of the call needs it.',
		});
	}
	assertNoHost([name]);
	if (LOST.includes(name.toLowerCase())) {
		throw new InputError(`n8n cannot send a header with the name "${name}"`, {
			description: 'Its HTTP client keeps this name for itself. Ask the service for another way.',
		});
	}
	const spelling = inLowerCase ? name.toLowerCase() : name;
	return LOST_IN_LOWER_CASE.includes(spelling) ? name.toUpperCase() : spelling;
}
