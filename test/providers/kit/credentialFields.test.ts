import {
	allowedDomains,
	choice,
	optionalText,
	requiredBaseUrl,
	requiredText,
} from '../../../providers/kit/credentialFields';
import { InputError } from '../../../providers/kit/errors';

describe('a text', () => {
	it('is trimmed', () => {
		expect(requiredText({ name: ' \tfake\n' }, 'name', 'Name')).toBe('fake');
		expect(optionalText({ name: ' fake ' }, 'name')).toBe('fake');
	});

	it.each(['', '  '])('that is %j is empty', (name) => {
		expect(optionalText({ name }, 'name')).toBe('');
		expect(() => requiredText({ name }, 'name', 'User Name')).toThrow(
			new InputError('The credential has no User Name'),
		);
	});

	it.each([undefined, null])('that is %j comes from an expression that gives nothing', (name) => {
		expect(optionalText({ name }, 'name')).toBe('');
		expect(() => requiredText({ name }, 'name', 'User Name')).toThrow(
			new InputError('The expression in "User Name" of the credential gives nothing'),
		);
		expect(() => requiredText({}, 'name', 'User Name')).toThrow(
			new InputError('The credential has no User Name'),
		);
	});

	it('that was cut within a character is refused by name', () => {
		expect(() => optionalText({ password: 'fake-\ud83d' }, 'password')).toThrow(
			new InputError('The value of "password" holds a broken character'),
		);
	});

	it.each([[{ toString: 1 }], [['a']], [new Date(0)], [NaN]])(
		'is not made of %p, and not left out either',
		(name) => {
			expect(() => optionalText({ name }, 'name')).toThrow(
				new InputError('The value of "name" is not text'),
			);
		},
	);

	it('keeps the digits of a BigInt', () => {
		expect(optionalText({ name: 12345678901234567890n }, 'name')).toBe('12345678901234567890');
	});

	it('may come as a number', () => {
		expect(requiredText({ name: 42 }, 'name', 'Name')).toBe('42');
	});
});

describe('a choice', () => {
	const read = (mode: unknown) => choice({ mode }, 'mode', 'Mode', ['plain', 'signed']);

	it.each([undefined, '', ' '])('that is %j is the first', (mode) => {
		expect(read(mode)).toBe('plain');
	});

	it('is one of those that are offered', () => {
		expect(read(' signed ')).toBe('signed');
		expect(() => read('toString')).toThrow(
			new InputError('The credential\'s Mode "toString" is not known'),
		);
	});
});

describe('a base URL', () => {
	const read = (baseUrl: unknown) => requiredBaseUrl({ baseUrl }, 'https://vendor.example/v1');

	it.each([
		['https://vendor.example/v1', 'https://vendor.example/v1'],
		['https://vendor.example/v1/', 'https://vendor.example/v1'],
		[' https://vendor.example/v1// ', 'https://vendor.example/v1'],
		['https://vendor.example', 'https://vendor.example'],
		['https://vendor.example/', 'https://vendor.example'],
		['HTTPS://Vendor.Example:443/V1', 'https://vendor.example/V1'],
		['http://10.0.0.5:30100', 'http://10.0.0.5:30100'],
	])('%s is read as %s', (typed, url) => {
		expect(read(typed)).toBe(url);
	});

	it.each([
		['', 'The credential has no Base URL'],
		['vendor.example', 'is not a valid URL'],
		['/v1', 'is not a valid URL'],
		['localhost:8080', 'must begin with https:// or http://'],
		['ftp://vendor.example', 'must begin with https:// or http://'],
		['https:vendor.example', 'must begin with https:// or http://'],
		['https:///vendor.example', 'must begin with https:// or http://'],
		['https://user:fake@vendor.example', 'must not hold a user name or password'],
		['https://vendor.example@other.example', 'must not hold a user name or password'],
		['https://vendor.example/v1?x=1', 'must not hold a query: the part that begins with "?"'],
		['https://vendor.example?', 'must not hold a query'],
		['https://vendor.example/v1#y', 'must not hold a fragment: the part that begins with "#"'],
		['https://vendor.example\\@other.example', 'must not hold a backslash'],
		['https://vendor.example/v 1', 'must not hold blanks, line breaks or invisible characters'],
		['https://vendor.\texample', 'must not hold blanks'],
		['https://vendor.example\n/v1', 'must not hold blanks'],
		['https://vendor.example/\u200bv1', 'must not hold blanks'],
		['https://vendor.example/\0', 'must not hold blanks'],
	])('%j is refused: %s', (typed, message) => {
		expect(() => read(typed)).toThrow(InputError);
		expect(() => read(typed)).toThrow(message);
	});

	it('is shown an example of', () => {
		expect(() => read('vendor')).toThrow(
			expect.objectContaining({
				description: expect.stringContaining('https://vendor.example/v1') as string,
			}),
		);
	});
});

describe("n8n's allowed domains", () => {
	it.each([
		['not set', {}, null],
		['all', { allowedHttpRequestDomains: 'all', allowedDomains: 'left.example' }, null],
		['none', { allowedHttpRequestDomains: 'none' }, []],
		['no domain listed', { allowedHttpRequestDomains: 'domains', allowedDomains: ' , ' }, []],
		[
			'a list',
			{ allowedHttpRequestDomains: 'domains', allowedDomains: ' A.example, *.B.example. ,,' },
			['a.example', '*.b.example'],
		],
	])('%s', (_name, data, expected) => {
		expect(allowedDomains(data)).toEqual(expected);
	});
});
