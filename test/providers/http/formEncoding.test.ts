import { encodeForm } from '../../../providers/http/formEncoding';

it.each<[object, string]>([
	[{}, ''],
	[{ a: '1', b: 2, c: true }, 'a=1&b=2&c=true'],
	[{ 名: '小白' }, '%E5%90%8D=%E5%B0%8F%E7%99%BD'],
	[{ a: ' +&=%' }, 'a=%20%2B%26%3D%25'],
	[{ a: "!'()*~-._" }, 'a=%21%27%28%29%2A~-._'],
	[{ a: null, b: undefined, c: '' }, 'a=&c='],
	[{ a: [1, 2] }, 'a%5B0%5D=1&a%5B1%5D=2'],
	[{ a: { b: { c: [1] } } }, 'a%5Bb%5D%5Bc%5D%5B0%5D=1'],
	[{ a: [], b: {} }, ''],
	[{ a: 'line\r\nbreak' }, 'a=line%0D%0Abreak'],
])('%j is %s', (fields, expected) => {
	expect(encodeForm(Object.entries(fields))).toBe(expected);
});

it('is read back as it was by a form parser', () => {
	const fields = { 'a b': "it's 100% (小白) *!~ +&=", c: '' };
	expect(Object.fromEntries(new URLSearchParams(encodeForm(Object.entries(fields))))).toEqual(
		fields,
	);
});
