import { parseJson } from '../body';

type Kind = 'string' | '[]string';

type Fields<Shape extends Record<string, Kind>> = {
	[Name in keyof Shape]: Shape[Name] extends 'string' ? string : string[];
};

const typeName = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);

const isOfKind = (value: unknown, kind: Kind) =>
	kind === 'string'
		? typeof value === 'string'
		: Array.isArray(value) && value.every((one) => typeof one === 'string');

/**
 * Reads JSON into fields as Go does: a field may be spelled in any case, what is missing or `null` is
 * empty, and another type is refused. Gives the fields, or what is wrong as Go says it.
 */
export function readGoJson<Shape extends Record<string, Kind>>(
	content: Buffer,
	structName: string,
	shape: Shape,
): Fields<Shape> | string {
	const names = Object.keys(shape);
	const fields: Record<string, unknown> = Object.fromEntries(
		names.map((name) => [name, shape[name] === 'string' ? '' : []]),
	);
	const value = parseJson(content);
	if (value === undefined) {
		const first = content.toString().trim()[0];
		return first === undefined
			? 'unexpected end of JSON input'
			: `invalid character '${first}' looking for beginning of value`;
	}
	if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
		return `json: cannot unmarshal ${typeName(value)} into Go value of type ${structName}`;
	}
	for (const [key, given] of Object.entries(value ?? {})) {
		const name = names.find((known) => known.toLowerCase() === key.toLowerCase());
		if (name === undefined || given === null) continue;
		const kind = shape[name] as Kind;
		if (!isOfKind(given, kind)) {
			const field = `${structName}.${name}`;
			return `json: cannot unmarshal ${typeName(given)} into Go struct field ${field} of type ${kind}`;
		}
		fields[name] = given;
	}
	return fields as Fields<Shape>;
}
