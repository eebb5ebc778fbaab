import { text } from '../respond';
import type { Answer, Exchange } from '../types';

/** A call as a route sees it. */
export interface RouteCall extends Exchange {
	/** What stands in the path for `:name` and the like. */
	parameters: Record<string, string>;
	/** The account the token is of; empty where none is asked for. */
	caller: string;
	/** The roles in the token. */
	roles: string[];
}

export interface Route {
	/** E.g. `/v4/:project/registry/microservices`. */
	pattern: string;
	/** What its permissions are about. Without it, any account may, or none is asked for. */
	resource?: string;
	/** Needs no token. */
	isOpen?: boolean;
	/** Whether it can be told what a call is about; if not, only an admin may. */
	hasScope?(call: RouteCall): boolean;
	methods: Record<string, (call: RouteCall) => Answer>;
}

/** The parameters of a path, or `null` if it is another. */
export function matchPattern(pattern: string, path: string): Record<string, string> | null {
	const names = pattern.split('/');
	const values = path.split('/');
	if (names.length !== values.length) return null;
	const parameters: Record<string, string> = {};
	for (const [index, name] of names.entries()) {
		const value = values[index] ?? '';
		if (name.startsWith(':') && value !== '') parameters[name.slice(1)] = value;
		else if (name !== value) return null;
	}
	return parameters;
}

// What Go's own server answers, with the line break at its end.
const plain = (status: number, message: string, headers: Record<string, string> = {}) => {
	const answer = text(status, `${message}\n`);
	return {
		...answer,
		headers: { ...answer.headers, 'X-Content-Type-Options': 'nosniff', ...headers },
	};
};

export const notFound = () => plain(404, '404 page not found');

export const methodNotAllowed = ({ methods }: Route) =>
	plain(405, 'Method Not Allowed', { Allow: Object.keys(methods).join(', ') });

/** Sends a client to the same path without the slashes that are too many. */
export function withoutExtraSlashes({ record }: Exchange): Answer {
	const path = record.path.replace(/\/{2,}/g, '/');
	const location = record.query === '' ? path : `${path}?${record.query}`;
	const headers: Record<string, string> = { Location: location };
	if (!['GET', 'HEAD'].includes(record.method)) return { status: 301, headers };
	headers['Content-Type'] = 'text/html; charset=utf-8';
	return { status: 301, headers, body: `<a href="${location}">Moved Permanently</a>.\n\n` };
}

/** What an engine answers when it has nothing to say. */
export const done = (): Answer => text(200, '', 'text/plain; charset=UTF-8');
