/** A number of a JSON text that JavaScript cannot hold; it is written as it was read. */
export class JsonNumber {
	constructor(readonly text: string) {}

	toString(): string {
		return this.text;
	}

	valueOf(): number {
		return Number(this.text);
	}
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

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
	let mark = '#';
	while (text.includes(mark)) mark += '#';
	let isExact = true;
	const marked = text.replace(STRING_OR_NUMBER, (found) => {
		if (found.startsWith('"') || survives(found)) return found;
		isExact = false;
		return `"${mark}${found}"`;
	});
	if (isExact) return value;
	return JSON.parse(marked, (_name, part: unknown) =>
		typeof part === 'string' && part.startsWith(mark) ? keep(part.slice(mark.length)) : part,
	);
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
