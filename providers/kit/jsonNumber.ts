import { randomBytes } from 'node:crypto';

/** A number of a JSON text that JavaScript cannot hold; it is written as it was read. */
export class JsonNumber {
	constructor(readonly text: string) {}

	/** Tells it from the objects of JSON. */
	get [Symbol.toStringTag]() {
		return 'JsonNumber' as const;
	}

	toString(): string {
		return this.text;
	}

	valueOf(): number {
		return Number(this.text);
	}
}

const QUOTE_OR_NUMBER = /"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses like `JSON.parse`, but loses no digit of a number: one that JavaScript would change is what
 * `keep` makes of its digits.
 * @throws {SyntaxError}
 */
export function parseJson(
	text: string,
	keep: (digits: string) => unknown = (digits) => new JsonNumber(digits),
): unknown {
	const value: unknown = JSON.parse(text);
	const mark = newMark();
	const marked = markChanged(text, mark);
	if (marked === text) return value;
	return withMarkedValues(JSON.parse(marked), mark, keep);
}

/** Writes like `JSON.stringify`, with the digits of every {@link JsonNumber}. */
export function writeJson(value: unknown): string {
	const mark = newMark();
	return JSON.stringify(value, (_name, part: unknown) =>
		part instanceof JsonNumber ? `${mark}${part.text}${mark}` : part,
	)
		.replaceAll(`"${mark}`, '')
		.replaceAll(`${mark}"`, '');
}

/**
 * What no text in JSON begins with, since nobody can know it. A mark that is looked for in the text would have
 * to be as long as the text wants it to be.
 */
const newMark = () => randomBytes(9).toString('base64');

/**
 * `root` with each marked text replaced by what `keep` makes of it. This walks in a loop: JSON may be nested
 * deeper than the stack is.
 */
function withMarkedValues(root: unknown, mark: string, keep: (digits: string) => unknown): unknown {
	const holder = { root };
	const open: unknown[] = [holder];
	while (open.length > 0) {
		const members = open.pop() as Record<string, unknown>;
		for (const name of Object.keys(members)) {
			const value = members[name];
			if (typeof value === 'object' && value !== null) open.push(value);
			else if (typeof value === 'string' && value.startsWith(mark)) {
				const number = keep(value.slice(mark.length));
				// An assignment to `__proto__` would make another object of it.
				if (name === '__proto__') Object.defineProperty(members, name, { value: number });
				else members[name] = number;
			}
		}
	}
	return holder.root;
}

/** JSON in which each number that JavaScript would change is a text that begins with `mark`. */
function markChanged(json: string, mark: string): string {
	const parts: string[] = [];
	let done = 0;
	QUOTE_OR_NUMBER.lastIndex = 0;
	for (let found = QUOTE_OR_NUMBER.exec(json); found !== null; found = QUOTE_OR_NUMBER.exec(json)) {
		const [part] = found;
		if (part === '"') {
			// An expression that takes a text of some MB whole would exhaust the stack.
			QUOTE_OR_NUMBER.lastIndex = endOfText(json, found.index);
		} else if (!survives(part)) {
			parts.push(json.slice(done, found.index), `"${mark}`, part, '"');
			done = QUOTE_OR_NUMBER.lastIndex;
		}
	}
	return parts.join('') + json.slice(done);
}

/** Behind the quote that closes the text which begins at `start`. */
function endOfText(json: string, start: number): number {
	let end = start;
	let isEscaped = true;
	while (isEscaped) {
		end = json.indexOf('"', end + 1);
		let backslashes = 0;
		while (json[end - 1 - backslashes] === '\\') backslashes += 1;
		isEscaped = backslashes % 2 === 1;
	}
	return end + 1;
}

/** Whether the number that JavaScript makes of it has the same value. */
function survives(number: string): boolean {
	if (number.length < 16 && !/e/i.test(number)) return true;
	const value = Number(number);
	return Number.isFinite(value) && magnitude(number) === magnitude(String(value));
}

/** The significant digits of a decimal number and the power of ten that belongs to them. */
function magnitude(number: string): string {
	const parts = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number);
	if (parts === null) return number;
	const [, whole = '', fraction = '', exponent = '0'] = parts;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	const significant = digits.replace(/(?<!0)0+$/, '');
	const power = Number(exponent) - fraction.length + digits.length - significant.length;
	return significant === '' ? '0' : `${significant}e${power}`;
}
