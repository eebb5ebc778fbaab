import type { IDataObject } from 'n8n-workflow';

import { InputError, keysOf } from '../../../providers';
import { cut } from '../../shared/choices';

/** A list with a larger index would be nearly all holes, and take all memory. */
const MAX_INDEX = 9_999;

/**
 * Sets `a.b[0]["c.d"]` in `target`, making objects and lists on the way, as the HTTP Request node does with
 * the names of JSON body fields. An empty path sets nothing.
 * @throws {InputError} when it is no path, or would replace what another one has set
 */
export function setPath(target: IDataObject, path: string, value: unknown): void {
	const place = placeOf(target, path);
	if (place === null) return;
	if (own(place.in, place.key) !== undefined) throw alreadySet(path);
	put(place.in, place.key, value, path);
}

/** Like {@link setPath}, in place of what is there; `target` may be a list. @throws {InputError} */
export function replaceAtPath(target: IDataObject | unknown[], path: string, value: unknown): void {
	const place = placeOf(target, path);
	if (place !== null) put(place.in, place.key, value, path);
}

/** Where a path ends, with what is missing on the way made; `null` for an empty path. */
function placeOf(
	target: IDataObject | unknown[],
	path: string,
): { in: IDataObject | unknown[]; key: string } | null {
	const keys = fieldKeys(path);
	if (keys === null) {
		throw new InputError(`A body field cannot have the name "${cut(path)}"`, {
			description:
				'Write a name, or a path like customer.tags[0] or ["first.name"]. Anything else can be sent with "Using JSON".',
		});
	}
	const last = keys.pop();
	if (last === undefined) return null;
	let at = target;
	keys.forEach((key, depth) => {
		const inner = own(at, key);
		if (inner !== undefined && (typeof inner !== 'object' || inner === null))
			throw alreadySet(path);
		const next = inner ?? (isIndex(keys[depth + 1] ?? last) ? [] : {});
		if (inner !== next) put(at, key, next, path);
		at = next as IDataObject;
	});
	return { in: at, key: last };
}

/** The keys of the path of a field; `null` when it is none, or would change what every object has. */
export function fieldKeys(path: string): string[] | null {
	const keys = keysOf(path);
	return keys?.includes('__proto__') === true ? null : keys;
}

const isIndex = (key: string) => /^(?:0|[1-9]\d*)$/.test(key);

/** What an object has by this key, and not what every object has. */
export function own(object: object, key: string): unknown {
	return Object.hasOwn(object, key) ? (object as IDataObject)[key] : undefined;
}

function put(object: IDataObject | unknown[], key: string, value: unknown, path: string): void {
	if (Array.isArray(object) && !isIndex(key)) throw alreadySet(path);
	if (Array.isArray(object) && Number(key) > MAX_INDEX) {
		throw new InputError(`The body field "${cut(path)}" has too large an index`, {
			description: `The items of a list are numbered from 0, here up to ${MAX_INDEX}.`,
		});
	}
	(object as IDataObject)[key] = value as IDataObject[string];
}

function alreadySet(path: string): InputError {
	return new InputError(`The body field "${cut(path)}" would replace another one`, {
		description: 'Give each name once. For a list, number the names: tags[0], tags[1].',
	});
}
