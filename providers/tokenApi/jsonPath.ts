/** The parts of a path like `data.items[0].token`; a name in quotes may hold dots: `a["b.c"]`. */
export function pathParts(path: string): string[] {
	return [...path.matchAll(/\[(?:"([^"]*)"|'([^']*)'|(\d+))\]|([^.[\]]+)/g)].map(
		([, double, single, index, name]) => double ?? single ?? index ?? name ?? '',
	);
}

/**
 * What stands at a path in parsed JSON; `undefined` when there is nothing. `$.` may begin the path. The whole
 * may also be the name of a member, such as a claim that is called like an address.
 */
export function valueAtPath(json: unknown, path: string): unknown {
	const name = path.trim();
	return memberOf(json, name) ?? pathParts(name.replace(/^\$\.?/, '')).reduce(memberOf, json);
}

function memberOf(json: unknown, name: string): unknown {
	return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
		? (json as Record<string, unknown>)[name]
		: undefined;
}
