import { hasMediaType, parseJsonObject } from '../body';
import type { Answer, Exchange } from '../types';

/** The JSON object a request carries, or nothing if it does not say it is JSON, or is none. */
export function readJson({ headers, content }: Exchange): Record<string, unknown> | undefined {
	return hasMediaType(headers, 'application/json') ? parseJsonObject(content) : undefined;
}

/** The form a request carries, or nothing if it does not say it is one. */
export function readForm({ headers, content }: Exchange): URLSearchParams | undefined {
	if (!hasMediaType(headers, 'application/x-www-form-urlencoded')) return undefined;
	return new URLSearchParams(content.toString('utf8'));
}

/**
 * Texts by name, or nothing if one is missing, empty or no text, or if there is a field nobody asked
 * for: that is how a value that was not escaped shows.
 */
export function readTexts<Name extends string>(
	source: Record<string, unknown> | URLSearchParams | undefined,
	names: readonly Name[],
	optional: readonly string[] = [],
): Record<Name, string> | undefined {
	if (!source) return undefined;
	const entries = source instanceof URLSearchParams ? [...source] : Object.entries(source);
	const known = [...names, ...optional] as string[];
	const keys = entries.map(([key]) => key);
	if (keys.some((key) => !known.includes(key)) || new Set(keys).size < keys.length)
		return undefined;
	const given = Object.fromEntries(entries) as Record<Name, unknown>;
	const isText = (name: Name) => typeof given[name] === 'string' && given[name] !== '';
	return names.every(isText) ? (given as Record<Name, string>) : undefined;
}

/** What the Authorization header says after a scheme and one space. */
export function readScheme({ headers }: Exchange, scheme: string): string | undefined {
	const [given, value, ...rest] = (headers.authorization ?? '').split(' ');
	return given === scheme && rest.length === 0 ? value : undefined;
}

/** Name and secret of Basic authentication, in UTF-8. */
export function readBasic(exchange: Exchange): { name: string; secret: string } | undefined {
	const encoded = readScheme(exchange, 'Basic');
	if (!encoded || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
	const [, name, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
	return name === undefined || secret === undefined ? undefined : { name, secret };
}

/** A header that is there once. */
export function readHeader({ headers }: Exchange, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' ? value : undefined;
}

/** A cookie of the request; the first, if its name comes twice. */
export function readCookie({ headers }: Exchange, name: string): string | undefined {
	const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
	return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The answer with these cookies, each with its attributes. */
export function withCookies(answer: Answer, ...cookies: string[]): Answer {
	return { ...answer, headers: { ...answer.headers, 'Set-Cookie': cookies } };
}

/** Whether a request changes something, and so needs what a service wants on writes. */
export const isWrite = ({ record }: Exchange) => !['GET', 'HEAD'].includes(record.method);
