import type { IDataObject } from 'n8n-workflow';

import { setPath } from '../../../../nodes/AuthenticatedRequest/read/setPath';
import { InputError } from '../../../../providers';

function made(...paths: Array<[path: string, value: unknown]>): IDataObject {
	const target: IDataObject = {};
	for (const [path, value] of paths) setPath(target, path, value);
	return target;
}

it('makes objects and lists on the way', () => {
	expect(made(['a', 1], ['b.c', 2], ['b.d[0].e', 3], ['b.d[1].e', 4])).toEqual({
		a: 1,
		b: { c: 2, d: [{ e: 3 }, { e: 4 }] },
	});
});

it('takes any spelling of an index', () => {
	const expected = { a: [['x']] };
	expect(made(['a[0][0]', 'x'])).toEqual(expected);
	expect(made(['a.0.0', 'x'])).toEqual(expected);
});

it.each<[first: string, second: string]>([
	['a', 'a'],
	['a.b', 'a.b'],
	['a.b', 'a["b"]'],
	['a', 'a.b'],
	['a', 'a[0]'],
	['a.b', 'a'],
	['a[0]', 'a.b'],
	['a[0]', 'a'],
])('%s is not replaced by %s in silence', (first, second) => {
	expect(() => made([first, 1], [second, 2])).toThrow(
		new InputError(`The body field "${second}" would replace another one`),
	);
});

it('adds to an object that an expression gave', () => {
	expect(made(['a', { b: 1 }], ['a.c', 2])).toEqual({ a: { b: 1, c: 2 } });
});

it('takes keys in brackets and quotes', () => {
	expect(made(['a["b.c"]', 1], ["a['d']", 2], ['price[EUR]', 3], ['["x.y"][0]', 4])).toEqual({
		a: { 'b.c': 1, d: 2 },
		price: { EUR: 3 },
		'x.y': [4],
	});
});

it('keeps falsy values', () => {
	expect(made(['a.b', 0], ['a.c', ''], ['a.d', null])).toEqual({ a: { b: 0, c: '', d: null } });
});

it('an empty path sets nothing', () => {
	expect(made(['', 1])).toEqual({});
});

it.each([
	'.',
	'[]',
	'a[]',
	'a.',
	'a..b',
	'a[0',
	'a]',
	'a["b]',
	'__proto__',
	'a.__proto__.polluted',
	'a["__proto__"]',
])('%s is no name', (path) => {
	expect(() => made([path, 1])).toThrow(
		new InputError(`A body field cannot have the name "${path}"`),
	);
});

it.each(['a[10000]', 'a[0].b[99999999999]'])('%s would fill all memory', (path) => {
	expect(() => made([path, 1])).toThrow(
		new InputError(`The body field "${path}" has too large an index`),
	);
});

it.each([
	['constructor.prototype.polluted', '{"constructor":{"prototype":{"polluted":true}}}'],
	['toString', '{"toString":true}'],
	['hasOwnProperty.call', '{"hasOwnProperty":{"call":true}}'],
	['a.valueOf', '{"a":{"valueOf":true}}'],
	['a[0].length', '{"a":[{"length":true}]}'],
])('%s is a name like any other, and touches no prototype', (path, expected) => {
	expect(JSON.stringify(made([path, true]))).toBe(expected);
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	expect({}.toString()).toBe('[object Object]');
});
