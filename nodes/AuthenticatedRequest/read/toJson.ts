import { isBoxed, kindOf, reading, refuseValue } from './refuseValue';

/** What is nested deeper would exhaust the stack. */
const MAX_DEPTH = 500;

/**
 * Writes like `JSON.stringify`, with the digits of a BigInt and of a number that JavaScript cannot hold.
 * @param label names the value in a message
 * @throws {InputError} where `JSON.stringify` throws, and where it leaves something out in silence
 */
export function toJson(value: unknown, label: string): string {
	return reading(
		label,
		value,
		() => new JsonWriter(label).write(value, '') ?? refuseValue(label, value),
	);
}

class JsonWriter {
	/** What is being written at the moment, from the outside in. */
	private readonly open = new Set<object>();

	constructor(private readonly label: string) {}

	/** `undefined`: there is nothing to write. */
	write(value: unknown, name: string): string | undefined {
		switch (typeof value) {
			case 'undefined':
				return undefined;
			case 'string':
			case 'boolean':
				return JSON.stringify(value);
			case 'bigint':
				return String(value);
			case 'number':
				return Number.isFinite(value) ? JSON.stringify(value) : refuseValue(this.label, value);
			case 'object':
				return value === null ? 'null' : this.writeObject(value, name);
			default:
				return refuseValue(this.label, value);
		}
	}

	private writeObject(object: object, name: string): string | undefined {
		const kind = kindOf(object);
		if (kind === 'JsonNumber') return String(object);
		if (isBoxed(kind)) return this.write(object.valueOf(), name);
		const { toJSON } = object as { toJSON?: unknown };
		if (typeof toJSON === 'function') {
			// `toJSON` of a date that is not valid gives null.
			return this.write(toJSON.call(object, name) ?? refuseValue(this.label, object), name);
		}
		if (kind !== 'Array' && kind !== 'Object') return refuseValue(this.label, object);
		if (this.open.has(object)) return refuseValue(this.label, object, 'it holds itself');
		if (this.open.size === MAX_DEPTH) {
			return refuseValue(this.label, object, 'it is nested too deeply');
		}
		this.open.add(object);
		const text = Array.isArray(object) ? this.writeList(object) : this.writeMembers(object);
		this.open.delete(object);
		return text;
	}

	private writeList(list: unknown[]): string {
		const items = Array.from(list, (item, index) => this.write(item, String(index)) ?? 'null');
		return `[${items.join(',')}]`;
	}

	private writeMembers(object: object): string {
		const members = Object.entries(object).flatMap(([name, value]) => {
			const text = this.write(value, name);
			return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
		});
		return `{${members.join(',')}}`;
	}
}
