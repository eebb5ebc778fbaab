/** The parts of a path like `data.items[0].token`; a name in quotes may hold dots: `a["b.c"]`. */
export function pathParts(path: string): string[] {
	return [...path.matchAll(/\[(?:"([^"]*)"|'([^']*)'|(\d+))\]|([^.[\]]+)/g)].map(
		([, double, single, index, name]) => double ?? single ?? index ?? name ?? '',
	);
}

/** What stands at a path in parsed JSON; `undefined` when there is nothing. `$.` may begin the path. */
export function valueAtPath(json: unknown, path: string): unknown {
	return pathParts(path.trim().replace(/^\$\.?/, '')).reduce<unknown>(
		(at, part) =>
			typeof at === 'object' && at !== null && Object.hasOwn(at, part)
				? (at as Record<string, unknown>)[part]
				: undefined,
		json,
	);
}
