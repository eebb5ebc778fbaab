import { parsedJson } from './json';

/** A key, an index or key in brackets, or one in quotes. */
const PART = /(?:^|\.)([^.[\]]+)|\[(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^[\]"']+))\]/y;

/** The keys of a path like `a.b[0]["c.d"]`, from the outside in; `null` when it is none. */
export function keysOf(path: string): string[] | null {
	const keys: string[] = [];
	PART.lastIndex = 0;
	while (PART.lastIndex < path.length) {
		const [, plain, double, single, bracketed] = PART.exec(path) ?? [];
		const quoted = (double ?? single)?.replace(/\\(.)/g, '$1');
		const key = plain ?? quoted ?? bracketed;
		if (key === undefined) return null;
		keys.push(key);
	}
	return keys;
}

/**
 * What stands at a path in parsed JSON; `undefined` when there is nothing. The path may begin with `$.`, and may
 * also be the name of a member, such as a claim that is called like an address. JSON that stands in it as a text
 * is read like the rest.
 */
export function valueAtPath(json: unknown, path: string): unknown {
	const name = path.trim();
	return memberOf(json, name) ?? keysOf(name.replace(/^\$\.?/, ''))?.reduce(memberOf, json);
}

const INDEX = /^\d+$/;

function memberOf(whole: unknown, name: string): unknown {
	// Some services write JSON as a text into their JSON.
	const json = typeof whole === 'string' && /^\s*[{[]/.test(whole) ? parsedJson(whole) : whole;
	// A list has its length, too, which no service has sent.
	if (Array.isArray(json) && !INDEX.test(name)) return undefined;
	return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
		? (json as Record<string, unknown>)[name]
		: undefined;
}
