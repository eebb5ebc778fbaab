import type { IDataObject } from 'n8n-workflow';

import { setPath } from '../../../../nodes/AuthenticatedRequest/parameters/setPath';

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

it('the last one wins', () => {
	expect(made(['a', 1], ['a', 2])).toEqual({ a: 2 });
	expect(made(['a', 1], ['a.b', 2])).toEqual({ a: { b: 2 } });
	expect(made(['a.b', 2], ['a', 1])).toEqual({ a: 1 });
});

it('keeps falsy values', () => {
	expect(made(['a.b', 0], ['a.c', ''], ['a.d', null])).toEqual({ a: { b: 0, c: '', d: null } });
});

it.each(['', '.', '[]'])('an empty path %j sets nothing', (path) => {
	expect(made([path, 1])).toEqual({});
});

it.each([
	'__proto__.polluted',
	'a.__proto__.polluted',
	'constructor.prototype.polluted',
	'a[prototype]',
])('%s touches no prototype', (path) => {
	const target = made([path, true]);
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	expect(JSON.stringify(target)).toBe('{}');
});
