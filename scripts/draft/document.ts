import { isJsonObject } from '../../providers/kit/json';
import { Failure } from '../../host/step';

export type JsonObject = Record<string, unknown>;

/** What `path` leads to in `value`, or `undefined`. */
export function at(value: unknown, ...path: string[]): unknown {
	return path.reduce<unknown>(
		(inner, key) => (isJsonObject(inner) ? inner[key] : undefined),
		value,
	);
}

export const objectAt = (value: unknown, ...path: string[]): JsonObject => {
	const found = at(value, ...path);
	return isJsonObject(found) ? found : {};
};

export const textAt = (value: unknown, ...path: string[]): string | undefined => {
	const found = at(value, ...path);
	return typeof found === 'string' && found !== '' ? found : undefined;
};

/** `value` with what its `$ref`s of this document name in their places. @throws {Failure} when one leads nowhere */
export function resolved(value: unknown, document: unknown, depth = 0): unknown {
	if (depth > 20) throw new Failure('The references of the document go around in a circle.');
	const inner = (one: unknown) => resolved(one, document, depth + 1);
	if (typeof value === 'string' && value.startsWith('#/')) return inner(named(value, document));
	if (Array.isArray(value)) return value.map(inner);
	if (!isJsonObject(value)) return value;
	const { $ref: reference, ...own } = value;
	const others = Object.fromEntries(Object.entries(own).map(([key, one]) => [key, inner(one)]));
	if (typeof reference !== 'string') return others;
	return { ...(inner(reference) as JsonObject), ...others };
}

function named(reference: string, document: unknown): unknown {
	const found = at(document, ...reference.slice(2).split('/'));
	if (found === undefined) throw new Failure(`The document has nothing at "${reference}".`);
	return found;
}
