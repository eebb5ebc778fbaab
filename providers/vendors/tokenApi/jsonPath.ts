import { parsedJson } from '../../kit/json';

/** The parts of a path like `data.items[0].token`; a name in quotes may hold dots: `a["b.c"]`. */
export function pathParts(path: string): string[] {
	return [...path.matchAll(/\[(?:"([^"]*)"|'([^']*)'|(\d+))\]|([^.[\]]+)/g)].map(
		([, double, single, index, name]) => double ?? single ?? index ?? name ?? '',
	);
}

/**
 * What stands at a path in parsed JSON; `undefined` when there is nothing. `$.` may begin the path. JSON that stands in it as a text is
 * read like the rest. The whole
 * may also be the name of a member, such as a claim that is called like an address.
 */
export function valueAtPath(json: unknown, path: string): unknown {
	const name = path.trim();
	return memberOf(json, name) ?? pathParts(name.replace(/^\$\.?/, '')).reduce(memberOf, json);
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
