import { headerLines } from '../../../../nodes/AuthenticatedRequest/read/header';
import { InputError } from '../../../../providers';

it.each<[unknown, string[]]>([
	['a', ['a']],
	['', ['']],
	['  a\tb \r\n', ['a\tb']],
	['é ÿ', ['é ÿ']],
	[5, ['5']],
	[false, ['false']],
	[null, []],
	[undefined, []],
	[
		['a', null, 2],
		['a', '2'],
	],
	[[], []],
	[{ a: 1 }, ['{"a":1}']],
	[
		[{ a: 1 }, ['b']],
		['{"a":1}', '["b"]'],
	],
	[new Date(0), ['1970-01-01T00:00:00.000Z']],
	[9007199254740993n, ['9007199254740993']],
])('%p comes as %j', (value, lines) => {
	expect(headerLines(value, 'The header "x"')).toEqual(lines);
});

it.each<[unknown, string]>([
	['张三', '"张" (U+5F20)'],
	['a😀', '"😀" (U+1F600)'],
	['a\nb', 'a line break'],
	['a\rb: c', 'a line break'],
	['a\0', 'U+0000'],
	['a\x7f', 'U+007F'],
	['a\x85b', 'U+0085'],
	['a\u200bb', 'U+200B'],
	['“quoted”', '"“" (U+201C)'],
	[['fine', '张'], '"张" (U+5F20)'],
	[{ name: '张' }, '"张" (U+5F20)'],
])('%p is refused: a header cannot hold %s', (value, what) => {
	expect(() => headerLines(value, 'The header "x"')).toThrow(
		new InputError(`The header "x" cannot hold ${what}`),
	);
});
