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
	const mark = unusedMark(text);
	const marked = markChanged(text, mark);
	if (marked === text) return value;
	return JSON.parse(marked, (_name, part: unknown) =>
		typeof part === 'string' && part.startsWith(mark) ? keep(part.slice(mark.length)) : part,
	);
}

/** Writes like `JSON.stringify`, with the digits of every {@link JsonNumber}. */
export function writeJson(value: unknown): string {
	const mark = unusedMark(JSON.stringify(value));
	return JSON.stringify(value, (_name, part: unknown) =>
		part instanceof JsonNumber ? `${mark}${part.text}` : part,
	).replace(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1');
}

/** JSON in which each number that JavaScript would change is a text that begins with `mark`. */
function markChanged(json: string, mark: string): string {
	let marked = '';
	let done = 0;
	QUOTE_OR_NUMBER.lastIndex = 0;
	for (let found = QUOTE_OR_NUMBER.exec(json); found !== null; found = QUOTE_OR_NUMBER.exec(json)) {
		const [part] = found;
		if (part === '"') {
			// An expression that takes a text of some MB whole would exhaust the stack.
			QUOTE_OR_NUMBER.lastIndex = endOfText(json, found.index);
		} else if (!survives(part)) {
			marked += `${json.slice(done, found.index)}"${mark}${part}"`;
			done = QUOTE_OR_NUMBER.lastIndex;
		}
	}
	return marked + json.slice(done);
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

/** What no text in JSON begins with, however its # are spelled. */
function unusedMark(json: string): string {
	let longest = 0;
	for (const [run] of json.matchAll(/(?:#|\\u0023)+/g)) longest = Math.max(longest, run.length);
	return '#'.repeat(longest + 1);
}

/** Whether the number that JavaScript makes of it has the same value. */
function survives(number: string): boolean {
	if (number.length < 16 && !/e/i.test(number)) return true;
	return magnitude(number) === magnitude(String(Number(number)));
}

/** The significant digits of a decimal number and the power of ten that belongs to them. */
function magnitude(number: string): string {
	const parts = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number);
	if (parts === null) return number;
	const [, whole = '', fraction = '', exponent = '0'] = parts;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	const power = Number(exponent) - fraction.length + digits.length - significant.length;
	return significant === '' ? '0' : `${significant}e${power}`;
}
