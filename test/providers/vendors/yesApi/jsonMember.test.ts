import { jsonMember } from '../../../../providers/vendors/yesApi/jsonMember';

it.each([
	[
		'an object, with its own escapes',
		String.raw`{"data":{"url":"http:\/\/x","n":"\u5c0f"}}`,
		String.raw`{"url":"http:\/\/x","n":"\u5c0f"}`,
	],
	['Chinese text as it is', '{"msg":"小白","data":{"名":"果创云"},"ret":200}', '{"名":"果创云"}'],
	[
		'brackets, quotes and backslashes in strings',
		String.raw`{"data":{"a":"}],\"{[","b":"\\"},"x":1}`,
		String.raw`{"a":"}],\"{[","b":"\\"}`,
	],
	[
		'white space around and inside',
		'\r\n{ "ret" : 200 ,\n\t"data" : { "a" : 1 ,  "b":2 } \n}',
		'{ "a" : 1 ,  "b":2 }',
	],
	[
		'nested objects and lists',
		'{"data":{"a":{"b":[{"c":[]},{}]}},"z":[1]}',
		'{"a":{"b":[{"c":[]},{}]}}',
	],
	['a string', String.raw`{"data":"a\"b","x":0}`, String.raw`"a\"b"`],
	['a number, at the end', '{"x":0,"data":1.50}', '1.50'],
	['an empty list', '{"data":[],"x":0}', '[]'],
	['null', '{"data":null}', 'null'],
	['the outer one of two by that name', '{"data":{"data":{"data":1}}}', '{"data":{"data":1}}'],
	['not one that lies deeper', '{"a":{"data":1},"b":[{"data":2}],"data":3}', '3'],
	['not the word inside a string', String.raw`{"msg":"\"data\":{\"a\":1}","data":2}`, '2'],
	['not the word as a value', '{"key":"data","other":["data",":"],"data":4}', '4'],
	['the last of several, as JSON.parse does', '{"data":1,"data":{"b":2},"x":0}', '{"b":2}'],
	['a name that is spelled with escapes', String.raw`{"data":1,"d\u0061ta":2}`, '2'],
])('cuts out %s', (_what, json, expected) => {
	expect(jsonMember(json, 'data')).toBe(expected);
	expect(JSON.parse(jsonMember(json, 'data') ?? '')).toEqual(JSON.parse(json).data);
});

it.each([['{}'], ['{"ret":200}'], ['{"a":{"data":1}}'], ['{"a":["data"]}'], ['{"Data":1}']])(
	'finds none in %s',
	(json) => {
		expect(jsonMember(json, 'data')).toBeNull();
	},
);

it('finds none in an answer that nests a hundred thousand levels deep', () => {
	const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
	expect(jsonMember(`{"a":${deep},"data":1}`, 'data')).toBeNull();
});
