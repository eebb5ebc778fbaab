import type { IDataObject } from 'n8n-workflow';

const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Sets `a.b[0].c` in `target`, making objects and arrays on the way, as the HTTP Request node does with
 * the names of JSON body fields. A path through an object's prototype is left alone.
 */
export function setPath(target: IDataObject, path: string, value: unknown): void {
	const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
	if (keys.length === 0 || keys.some((key) => FORBIDDEN.has(key))) return;
	let at: IDataObject = target;
	keys.slice(0, -1).forEach((key, depth) => {
		const inner = at[key];
		if (typeof inner !== 'object' || inner === null) {
			at[key] = /^\d+$/.test(keys[depth + 1] ?? '') ? [] : {};
		}
		at = at[key] as IDataObject;
	});
	at[keys[keys.length - 1] as string] = value as IDataObject[string];
}
