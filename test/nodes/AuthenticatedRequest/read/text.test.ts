import { DateTime } from 'luxon';

import { JsonNumber } from '../../../../providers/kit/jsonNumber';
import { nameOf, parameterOf, textOf } from '../../../../nodes/AuthenticatedRequest/read/text';
import { InputError } from '../../../../providers';

const refusal = (why: string) => new InputError(`The field "f" cannot be sent: ${why}`);

const throwing = {
	get a(): string {
		throw new TypeError('internals');
	},
};

const holdsItself: unknown[] = [];
holdsItself.push({ inner: holdsItself });

describe('text', () => {
	it.each<[unknown, string]>([
		['', ''],
		[' é 😀\n', ' é 😀\n'],
		[undefined, ''],
		[null, ''],
		[0, '0'],
		[1e21, '1e+21'],
		[12345678901234567890n, '12345678901234567890'],
		[new JsonNumber('1.00000000000000000001'), '1.00000000000000000001'],
		[false, 'false'],
		[{ a: { b: [1] } }, '{"a":{"b":[1]}}'],
		[[1, 'x'], '[1,"x"]'],
		[[], '[]'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
		[
			DateTime.fromISO('2024-02-29T12:00:00', { zone: 'Asia/Shanghai' }),
			'2024-02-29T12:00:00.000+08:00',
		],
		[new URL('https://vendor.example/x'), 'https://vendor.example/x'],
		[new String('boxed'), 'boxed'],
		[Object(7n), '7'],
	])('%p is %j', (value, text) => {
		expect(textOf(value, 'The field "f"')).toBe(text);
	});

	it.each<[why: string, value: unknown]>([
		['it is NaN', NaN],
		['it is a symbol', Symbol('x')],
		['it is a function', () => 1],
		['it is a Map', new Map()],
		['it is a date that is not valid', new Date(NaN)],
		['it is binary data', Buffer.from('a')],
		['it is binary data', new ArrayBuffer(1)],
		['it holds half of a character', 'cut \ud83d'],
		['reading it throws', throwing],
		['it holds itself', holdsItself],
	])('%#: %s', (why, value) => {
		expect(() => textOf(value, 'The field "f"')).toThrow(refusal(why));
	});

	it('never quotes what it refuses', () => {
		const secret = { deep: new Map([['k', 'fake-secret']]) };
		expect(() => textOf(secret, 'The field "f"')).toThrow(refusal('it is a Map'));
	});
});

describe('a name', () => {
	it.each<[unknown, string]>([
		['a', 'a'],
		[7, '7'],
		[undefined, ''],
		[null, ''],
	])('%p is %j', (value, name) => {
		expect(nameOf(value, 'The field "f"')).toBe(name);
	});

	it.each([{}, [], true, Symbol('x'), () => 1])('%p is none', (value) => {
		expect(() => nameOf(value, 'The field "f"')).toThrow(refusal('it is not text'));
	});
});

describe('a parameter of a query or a form', () => {
	it.each<[unknown, unknown]>([
		['a', 'a'],
		[5, 5],
		[true, true],
		[null, null],
		[undefined, undefined],
		[12345678901234567890n, '12345678901234567890'],
		[
			[1, [2n], { at: new Date(0), none: null }],
			[1, ['2'], { at: '1970-01-01T00:00:00.000Z', none: null }],
		],
		[{ a: new JsonNumber('9007199254740993') }, { a: '9007199254740993' }],
	])('%p is %p', (value, expected) => {
		expect(parameterOf(value, 'The field "f"')).toEqual(expected);
	});

	it.each<[why: string, value: unknown]>([
		['it is NaN', [NaN]],
		['it is a Map', { a: new Map() }],
		['it is binary data', Buffer.from('a')],
		['it holds half of a character', ['\ude00']],
		['it holds half of a character', { '\ud83d': 1 }],
		['it holds itself', holdsItself],
		['reading it throws', throwing],
	])('%#: %s', (why, value) => {
		expect(() => parameterOf(value, 'The field "f"')).toThrow(refusal(why));
	});
});
