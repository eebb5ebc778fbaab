import { runInNewContext } from 'node:vm';

import { DateTime } from 'luxon';

import { toJson } from '../../../../nodes/AuthenticatedRequest/read/toJson';
import { InputError } from '../../../../providers';

/** Nested so many times, in lists. */
function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level += 1) value = [value];
	return value;
}

it.each<[unknown, string]>([
	[{ a: [1, 'é"', true, null, { b: {} }] }, '{"a":[1,"é\\"",true,null,{"b":{}}]}'],
	[{ a: undefined, b: [undefined] }, '{"b":[null]}'],
	[[1, , 3], '[1,null,3]'],
	[-0, '0'],
	[1e21, '1e+21'],
	[{ id: 12345678901234567890n }, '{"id":12345678901234567890}'],
	[new Date(0), '"1970-01-01T00:00:00.000Z"'],
	[
		{ at: DateTime.fromISO('2024-02-29T12:00:00Z', { zone: 'utc' }) },
		'{"at":"2024-02-29T12:00:00.000Z"}',
	],
	[
		{ n: new Number(1), s: new String('x'), b: new Boolean(false), i: Object(5n) },
		'{"n":1,"s":"x","b":false,"i":5}',
	],
	[Buffer.from('a'), '{"type":"Buffer","data":[97]}'],
	[Object.create(null), '{}'],
	[JSON.parse('{"__proto__":1,"toString":2}'), '{"__proto__":1,"toString":2}'],
	['\ud83d', '"\\ud83d"'],
	[runInNewContext('({ a: [new Date(0)] })'), '{"a":["1970-01-01T00:00:00.000Z"]}'],
	[{ toJSON: (name: string) => `of ${name}` }, '"of "'],
	[{ a: { toJSON: (name: string) => `of ${name}` } }, '{"a":"of a"}'],
])('%p is written as %s', (value, json) => {
	expect(toJson(value, 'It')).toBe(json);
});

it('writes the same object twice, when it does not hold itself', () => {
	const shared = { a: 1 };
	expect(toJson([shared, shared], 'It')).toBe('[{"a":1},{"a":1}]');
});

it('writes what is nested as deep as services read it', () => {
	expect(toJson(nested(500), 'It')).toBe(`${'['.repeat(500)}1${']'.repeat(500)}`);
});

const holdsItself: Record<string, unknown> = {};
holdsItself['inner'] = [holdsItself];

const revoked = () => {
	const { proxy, revoke } = Proxy.revocable({}, {});
	revoke();
	return proxy;
};

it.each<[why: string, value: unknown]>([
	['it is undefined', undefined],
	['it is NaN', NaN],
	['it is -Infinity', [-Infinity]],
	['it is a function', { a: () => 1 }],
	['it is a symbol', { a: Symbol('x') }],
	['it is a Map', new Map([['a', 1]])],
	['it is a Set', { a: new Set() }],
	['it is an Error', [new Error('x')]],
	['it is a RegExp', /x/],
	['it is a Promise', Promise.resolve(1)],
	['it is a date that is not valid', new Date('x')],
	['it is binary data', new Uint8Array(2)],
	['it holds itself', holdsItself],
	['it is nested too deeply', nested(501)],
	['it is nested too deeply', nested(100_000)],
	['reading it throws', revoked()],
	[
		'reading it throws',
		{
			get a() {
				throw new TypeError('internals');
			},
		},
	],
	['it is an Object', { toJSON: () => null }],
])('%#: %s', (why, value) => {
	expect(() => toJson(value, 'The body')).toThrow(
		new InputError(`The body cannot be sent: ${why}`),
	);
});
