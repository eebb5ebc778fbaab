import { JsonNumber, parseJson, writeJson } from '../../../providers/kit/jsonNumber';
import { toJson } from '../../../nodes/AuthenticatedRequest/read/toJson';

it.each([
	['9007199254740993'],
	['-9007199254740993'],
	['12345678901234567890123'],
	['0.1234567890123456789'],
	['100000000000000000000.5'],
	['1e400'],
	['-1E-400'],
	['1.00000000000000000001'],
])('%s is kept as it is written', (number) => {
	expect(parseJson(number)).toEqual(new JsonNumber(number));
	expect(toJson(parseJson(`{"a":[${number}]}`), 'It')).toBe(`{"a":[${number}]}`);
});

it.each<[string, number]>([
	['0', 0],
	['-0.0', -0],
	['9007199254740992', 9007199254740992],
	['10000000000000000000000', 1e22],
	['1.50000000000000000', 1.5],
	['0.10', 0.1],
	['1e3', 1000],
	['12.5E-2', 0.125],
	['0e999', 0],
])('%s is a number of JavaScript', (text, number) => {
	expect(parseJson(text)).toBe(number);
});

it('leaves text alone that looks like a number or like a mark of its own', () => {
	const text =
		'{"#9007199254740993":"#9007199254740993","q":"\\"9007199254740993","n":9007199254740993}';
	expect(parseJson(text)).toEqual({
		'#9007199254740993': '#9007199254740993',
		q: '"9007199254740993',
		n: new JsonNumber('9007199254740993'),
	});
});

it('is a number and a text to an expression', () => {
	const number = new JsonNumber('9007199254740993');
	expect(`${number}`).toBe('9007199254740993');
	expect(Number(number) > 1).toBe(true);
});

it.each(['', '{', '01', '[1,]', '\uFEFF{}', 'NaN'])('%j is not JSON', (text) => {
	expect(() => parseJson(text)).toThrow(SyntaxError);
});

it.each([
	['a file of 20 MB in base64', 'A9/+'.repeat(5_000_000)],
	['10 MB with line breaks and quotes', '1\n"\\'.repeat(2_500_000)],
])('keeps the digits of a number beside %s', (_what, content) => {
	const parsed = parseJson(`{"content":${JSON.stringify(content)},"id":9007199254740993}`);
	expect((parsed as { content: string }).content === content).toBe(true);
	expect((parsed as { id: unknown }).id).toEqual(new JsonNumber('9007199254740993'));
});

it('takes no text for a number, however it is spelled', () => {
	const text = String.raw`{"a":"\u0023123","b":"#\u0023\u00234","c":9007199254740993}`;
	expect(parseJson(text)).toEqual({
		a: '#123',
		b: '###4',
		c: new JsonNumber('9007199254740993'),
	});
});

it('ends with a megabyte of what it marks numbers by', () => {
	const parsed = parseJson(`["${'#'.repeat(1_000_000)}",9007199254740993]`);
	expect((parsed as unknown[])[1]).toEqual(new JsonNumber('9007199254740993'));
});

it.each([
	['of a million digits', `1${'0'.repeat(1_000_000)}1`],
	['of a million digits behind the point', `0.${'0'.repeat(1_000_000)}1`],
])('keeps a number %s', (_what, number) => {
	expect(parseJson(number)).toEqual(new JsonNumber(number));
	expect(writeJson(parseJson(number))).toBe(number);
});

it('keeps 90,000 numbers beside a text of 5,900 #', () => {
	const text = `["${'#'.repeat(5900)}"${',1e999'.repeat(90_000)}]`;
	expect(writeJson(parseJson(text))).toBe(text);
});

it('keeps a number that is nested 200,000 levels deep', () => {
	let found = parseJson(`${'['.repeat(200_000)}1e999${']'.repeat(200_000)}`);
	while (Array.isArray(found)) [found] = found as unknown[];
	expect(found).toEqual(new JsonNumber('1e999'));
});

it('keeps a number by the name __proto__', () => {
	const parsed = parseJson('{"__proto__":1e999}') as object;
	expect(Object.entries(parsed)).toEqual([['__proto__', new JsonNumber('1e999')]]);
	expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
});

it.each([
	'{"id":9007199254740993,"in":[1,{"n":-0.1234567890123456789}],"t":"9007199254740993"}',
	'{"#9007199254740993":"#1","n":9007199254740993}',
	'[1e400,"\\"#\\\\"]',
	'{}',
])('%s is written as it was parsed', (text) => {
	expect(writeJson(parseJson(text))).toBe(text);
});
