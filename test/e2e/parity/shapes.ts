import type { Call, Reply } from './recorder';

/** One request, and what comes back, as parameters that both nodes take. */
export interface Shape {
	name: string;
	/** What follows the shape's own part of the URL; default `echo`. */
	path?: string;
	parameters?: Record<string, unknown>;
	reply?: Reply | ((call: Call, earlier: Call[]) => Reply);
	/** Why the two nodes are meant to differ here: in what they send, or in the items they give. */
	otherCall?: string;
	otherItems?: string;
}

const UNUSUAL = 'a b&c=d/é+%[]\'()*!~:@,;$"<>\\^`{|}';
const CHINESE = '上汽大通，你好';
const TINY_PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

type Pair = [name: string, value: unknown];

const fields = (...pairs: Pair[]) => ({
	parameters: pairs.map(([name, value]) => ({ name, value })),
});

const query = (...pairs: Pair[]) => ({ sendQuery: true, queryParameters: fields(...pairs) });

const jsonQuery = (value: unknown, queryParameterArrays?: string) => ({
	sendQuery: true,
	specifyQuery: 'json',
	jsonQuery: JSON.stringify(value),
	options: queryParameterArrays === undefined ? {} : { queryParameterArrays },
});

const headers = (...pairs: Pair[]) => ({ sendHeaders: true, headerParameters: fields(...pairs) });

const bodyFields = (...pairs: Pair[]) => ({
	method: 'POST',
	sendBody: true,
	bodyParameters: fields(...pairs),
});

const jsonBody = (value: unknown, method = 'POST') => ({
	method,
	sendBody: true,
	specifyBody: 'json',
	jsonBody: value,
});

const form = (...pairs: Pair[]) => ({ ...bodyFields(...pairs), contentType: 'form-urlencoded' });

const raw = (rawContentType: string, body: string) => ({
	method: 'POST',
	sendBody: true,
	contentType: 'raw',
	rawContentType,
	body,
});

const file = { name: 'upload', parameterType: 'formBinaryData', inputDataFieldName: 'file' };

const multipart = (...parameters: object[]) => ({
	method: 'POST',
	sendBody: true,
	contentType: 'multipart-form-data',
	bodyParameters: { parameters },
});

const text = (name: string, value: string) => ({ parameterType: 'formData', name, value });

const binary = (method: string) => ({
	method,
	sendBody: true,
	contentType: 'binaryData',
	inputDataFieldName: 'file',
});

/** Without retries, which only one of the nodes makes. */
const response = (options: Record<string, unknown>) => ({
	options: { response: { response: options }, maxRetries: 0 },
});

const ofType = (contentType: string, body: string | Buffer, status = 200): Reply => ({
	status,
	headers: { 'Content-Type': contentType },
	body,
});

/** Redirects once, within the origin, then answers. */
const redirecting =
	(status: number) =>
	({ target }: Call, earlier: Call[]): Reply =>
		earlier.length > 0
			? {}
			: { status, headers: { Location: target.replace('redirect', 'target?after=1') }, body: '' };

/** Two pages, the first of which names the second. */
const twoPages = ({ headers: sent, target }: Call, earlier: Call[]): Reply => {
	const host = sent.find(([name]) => name.toLowerCase() === 'host')?.[1];
	const next = earlier.length > 0 ? null : `http://${host}${target}&page=2`;
	return { body: JSON.stringify({ page: earlier.length + 1, next }) };
};

const pagination = (options: Record<string, unknown>) => ({
	options: { pagination: { pagination: { limitPagesFetched: true, maxRequests: 2, ...options } } },
});

const methods: Shape[] = [
	...['GET', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].map((method) => ({
		name: `method ${method}`,
		parameters: { method },
	})),
	...['COPY', 'MKCOL', 'MOVE', 'PROPFIND', 'REPORT'].map((method) => ({
		name: `WebDAV method ${method}`,
		parameters: { method, options: { webdavMethods: true } },
	})),
];

const urls: Shape[] = [
	{ name: 'URL with a query of its own', path: 'echo?own=1&own=2&空=值' },
	{ name: 'URL with a query, and more', path: 'echo?own=1&x=a%20b', parameters: query(['x', 'y']) },
	{ name: 'URL with unusual characters', path: `${CHINESE}/a b/%E4%BD%A0/+;=,@:~'()*` },
	{ name: 'URL with a fragment', path: 'echo?a=1#part', parameters: query(['b', '2']) },
	{ name: 'URL with white space around it', path: 'echo  ' },
];

const queries: Shape[] = [
	{ name: 'query by fields', parameters: query(['name', 'value'], ['empty', '']) },
	{ name: 'query, unusual characters', parameters: query([UNUSUAL, UNUSUAL], ['中文', CHINESE]) },
	{ name: 'query, a name twice', parameters: query(['id', '1'], ['id', '2'], ['id', '3']) },
	...['repeat', 'brackets', 'indices'].map((queryParameterArrays) => ({
		name: `query, a name twice, ${queryParameterArrays}`,
		parameters: { ...query(['id', '1'], ['id', '2']), options: { queryParameterArrays } },
	})),
	{
		name: 'query, values that are not text',
		parameters: query(
			['n', '={{ 5 }}'],
			['yes', '={{ true }}'],
			['list', '={{ [1, 2] }}'],
			['none', '={{ null }}'],
			['when', '={{ new Date(0) }}'],
		),
	},
	{ name: 'query by JSON', parameters: jsonQuery({ a: 1, 中: CHINESE, none: null, yes: false }) },
	{ name: 'query by JSON, nested', parameters: jsonQuery({ filter: { state: ['a', 'b'] } }) },
	...['repeat', 'brackets', 'indices'].map((format) => ({
		name: `query by JSON, nested, ${format}`,
		parameters: jsonQuery({ ids: [1, 2], filter: { state: 'a b' }, text: UNUSUAL }, format),
	})),
];

const headerShapes: Shape[] = [
	{ name: 'headers by fields', parameters: headers(['X-One', '1'], ['x-two', 'zwei']) },
	{ name: 'headers, a name twice', parameters: headers(['X-Id', '1'], ['X-Id', '2']) },
	{ name: 'headers without a name', parameters: headers(['', ''], ['X-One', '1']) },
	{
		name: 'headers by JSON',
		parameters: { sendHeaders: true, specifyHeaders: 'json', jsonHeaders: '{"X-One":"1","N":5}' },
	},
	{
		name: 'headers in their own spelling',
		parameters: { ...headers(['X-Own-Case', '1']), options: { lowercaseHeaders: false } },
	},
	{ name: 'accept and user agent', parameters: headers(['Accept', 'a/b'], ['User-Agent', 'mine']) },
	{
		name: 'accept in its own spelling',
		parameters: { ...headers(['accept', 'text/csv']), options: { lowercaseHeaders: false } },
	},
	{
		name: 'content type of a JSON body',
		parameters: {
			...jsonBody('{"a":1}'),
			...headers(['Content-Type', 'application/vnd.api+json']),
		},
	},
];

const AS_TYPED =
	'HTTP Request writes JSON anew, and large numbers lose digits; here it is sent as typed';

const jsonBodies: Shape[] = [
	{
		name: 'JSON by fields',
		parameters: bodyFields(['a', 'text'], ['b.c[0].d', '1'], ['b.c[1]', 'x'], ['中文', CHINESE]),
	},
	{
		name: 'JSON by fields, values that are not text',
		parameters: bodyFields(
			['n', '={{ 5 }}'],
			['o', '={{ ({ a: 1 }) }}'],
			['l', '={{ [1, "2"] }}'],
			['z', '={{ null }}'],
			['b', '={{ false }}'],
		),
	},
	{ name: 'JSON by fields, none', parameters: bodyFields() },
	{
		name: 'JSON as text',
		parameters: jsonBody(`{ "a": 1.0, "text": "${CHINESE} \\u00e9" }`),
		otherCall: AS_TYPED,
	},
	{ name: 'JSON as an object', parameters: jsonBody('={{ { a: [1, { b: null }] } }}', 'PUT') },
	{ name: 'JSON, a list', parameters: jsonBody('[1,"two",{}]', 'PATCH') },
	{
		name: 'JSON with a large number',
		parameters: jsonBody('{"id":9007199254740993}'),
		otherCall: AS_TYPED,
	},
	{ name: 'JSON, an empty object', parameters: jsonBody('{}') },
	{ name: 'JSON in a DELETE', parameters: jsonBody('{"ids":[1,2]}', 'DELETE') },
	{ name: 'JSON in a GET', parameters: jsonBody('{"query":"x"}', 'GET') },
	{ name: 'JSON in a HEAD', parameters: jsonBody('{"a":1}', 'HEAD') },
	{ name: 'JSON in an OPTIONS', parameters: jsonBody('{"a":1}', 'OPTIONS') },
];

const otherBodies: Shape[] = [
	{ name: 'form', parameters: form(['a', UNUSUAL], ['中文', CHINESE], ['empty', '']) },
	{
		name: 'form, a name twice',
		parameters: form(['id', '1'], ['id', '2']),
		otherCall:
			'HTTP Request numbers the name, id[0] and id[1]; here it is repeated as it was given',
	},
	{ name: 'form, a list', parameters: form(['id', '={{ [1, 2] }}']) },
	{
		name: 'form under a content type of its own',
		parameters: { ...form(['a', '1']), ...headers(['Content-Type', 'application/json']) },
	},
	{
		name: 'form, values that are not text',
		parameters: form(['n', '={{ 5 }}'], ['z', '={{ null }}']),
	},
	{
		name: 'form as text',
		parameters: {
			...form(),
			specifyBody: 'string',
			body: 'a=1&b=x%20y%20z&中文=%E4%BD%A0&empty=',
		},
	},
	{
		name: 'form as text, a name twice',
		parameters: { ...form(), specifyBody: 'string', body: 'a=1&b=x+y&a=2&名=%C4%E3' },
		otherCall: 'HTTP Request keeps the last of a name, and UTF-8 only; here it is sent as typed',
	},
	{ name: 'form in a GET', parameters: { ...form(['a', '1']), method: 'GET' } },
	{
		name: 'form in a HEAD',
		parameters: { ...form(['a', '1']), method: 'HEAD' },
		otherCall: 'HTTP Request sends the form as JSON',
	},
	{ name: 'raw text', parameters: raw('text/plain', `${CHINESE}\r\n${UNUSUAL}`) },
	{ name: 'raw XML', parameters: raw('application/xml', '<a b="c">é</a>') },
	{ name: 'raw JSON', parameters: raw('application/json', '{ "spaced":   1 }') },
	{ name: 'raw form', parameters: raw('application/x-www-form-urlencoded', 'b=2&a=1&a=x%20y') },
	{ name: 'raw, no content type', parameters: raw('', 'bare') },
	{
		name: 'raw text under a JSON type',
		parameters: raw('application/json', ' not JSON '),
		otherCall: 'HTTP Request puts the text into quotes',
	},
	{ name: 'raw, an object', parameters: raw('text/plain', '={{ ({ a: [1] }) }}') },
	{ name: 'raw, empty', parameters: raw('text/plain', '') },
	{ name: 'raw in a GET', parameters: { ...raw('text/plain', 'x'), method: 'GET' } },
	{
		name: 'raw in an OPTIONS',
		parameters: { ...raw('text/plain', 'x'), method: 'OPTIONS' },
		otherCall: 'HTTP Request sends the content type of a body, and no body',
	},
	{
		name: 'multipart, text',
		parameters: multipart(
			text('a', '1'),
			text('中"文', CHINESE),
			text('a', 'again'),
			text('e', ''),
		),
	},
	{ name: 'multipart, text and a file', parameters: multipart(text('a', UNUSUAL), file) },
	{
		name: 'multipart, no field',
		parameters: multipart(),
		otherCall:
			'HTTP Request sends nothing as a form, which servers cannot read; here an empty form',
	},
	{ name: 'binary file', parameters: binary('POST') },
	{ name: 'binary file in a PUT', parameters: binary('PUT') },
];

const others: Shape[] = [
	{
		name: 'what the editor makes of a cURL command',
		parameters: {
			curlImport: '',
			authentication: 'none',
			method: 'PATCH',
			sendHeaders: true,
			headerParameters: fields(['x-one', '1']),
			sendBody: true,
			contentType: 'json',
			specifyBody: 'keypair',
			bodyParameters: fields(['a', 'x'], ['b', 'y']),
			options: { redirect: { redirect: { followRedirects: true } }, allowUnauthorizedCerts: true },
		},
	},
	...[301, 302, 303, 307, 308].flatMap((status) => [
		{ name: `redirect ${status}`, path: 'redirect', reply: redirecting(status) },
		{
			name: `redirect ${status} of a POST`,
			path: 'redirect',
			parameters: jsonBody('{"a":1}'),
			reply: redirecting(status),
		},
	]),
	{
		name: 'redirect not followed',
		path: 'redirect',
		parameters: {
			options: {
				redirect: { redirect: { followRedirects: false } },
				response: { response: { neverError: true, fullResponse: true } },
			},
		},
		reply: redirecting(302),
	},
	{
		name: 'redirect option as it is added',
		path: 'redirect',
		parameters: { options: { redirect: { redirect: {} } } },
		reply: redirecting(302),
	},
	{ name: 'timeout', parameters: { options: { timeout: 5000 } } },
	{
		name: 'pages by a parameter',
		parameters: {
			...query(['size', '10']),
			...pagination({
				parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
			}),
		},
		reply: twoPages,
	},
	{
		name: 'pages by their URLs',
		path: 'echo?size=10',
		parameters: pagination({
			paginationMode: 'responseContainsNextURL',
			nextURL: '={{ $response.body.next }}',
		}),
		reply: twoPages,
	},
	{
		name: 'pages by a body parameter',
		parameters: {
			...bodyFields(['size', '10']),
			...pagination({
				parameters: {
					parameters: [{ type: 'body', name: 'page', value: '={{ $pageCount + 1 }}' }],
				},
			}),
		},
		reply: twoPages,
	},
	{
		name: 'pages until an expression is true',
		parameters: pagination({
			limitPagesFetched: false,
			paginationCompleteWhen: 'other',
			completeExpression: '={{ $response.body.next === null }}',
			parameters: { parameters: [{ type: 'headers', name: 'x-page', value: '={{ $pageCount }}' }] },
		}),
		reply: twoPages,
	},
];

const JSON_TYPE = 'application/json; charset=utf-8';

const OWN_CHARSET = 'HTTP Request reads every text as UTF-8 when the format is Text';

const EMPTY_TEXT = 'HTTP Request leaves the field out; here it is an empty text';

/** Answers that are tried with the response formats; some are other text when read as text. */
const answers: Array<[name: string, reply: Reply, otherText?: string]> = [
	['an object', ofType(JSON_TYPE, '{"a":{"b":[1,null,"中"]}}')],
	['a list', ofType(JSON_TYPE, '[{"id":1},{"id":2}]')],
	['spaced JSON', ofType(JSON_TYPE, '{ "a":  1.0 }'), 'HTTP Request writes JSON anew'],
	['nothing as JSON', ofType(JSON_TYPE, ''), EMPTY_TEXT],
	['null', ofType(JSON_TYPE, 'null'), 'HTTP Request gives null as text'],
	['text', ofType('text/plain; charset=utf-8', `${CHINESE}\n`)],
	['a page', ofType('text/html', '<!doctype html><p>é</p>')],
	[
		'Latin-1',
		ofType('text/plain; charset=ISO-8859-1', Buffer.from('Grüße', 'latin1')),
		OWN_CHARSET,
	],
	[
		'GBK',
		ofType('text/plain; charset=GBK', Buffer.from('c4e3bac3a3accac0bde7', 'hex')),
		OWN_CHARSET,
	],
	['204', { status: 204, body: '' }, EMPTY_TEXT],
	['an image', ofType('image/png', TINY_PNG), OWN_CHARSET],
	[
		'a named file',
		{
			headers: {
				'Content-Type': 'application/pdf',
				'Content-Disposition': 'attachment; filename="r e.pdf"',
			},
			body: '%PDF-1.4 not really',
		},
	],
];

const responses: Shape[] = [
	...answers.flatMap(([name, reply, otherText]) => [
		{ name: `answer: ${name}`, reply },
		{ name: `answer: ${name}, in full`, parameters: response({ fullResponse: true }), reply },
		{
			name: `answer: ${name}, as a file`,
			parameters: response({ responseFormat: 'file' }),
			reply,
		},
		{
			name: `answer: ${name}, as text`,
			parameters: response({ responseFormat: 'text' }),
			reply,
			otherItems: otherText,
		},
	]),
	...answers.slice(0, 3).map(([name, reply]) => ({
		name: `answer: ${name}, as JSON`,
		parameters: response({ responseFormat: 'json' }),
		reply,
	})),
	{
		name: 'answer: nothing, as JSON',
		parameters: response({ responseFormat: 'json' }),
		reply: { body: '' },
		otherItems: 'HTTP Request breaks off; here it is an empty item',
	},
	{
		name: 'answer: JSON without its type, as JSON, in full',
		parameters: response({ responseFormat: 'json', fullResponse: true }),
		reply: ofType('text/plain', '{"a":1}'),
	},
	{
		name: 'answer: text in another field',
		parameters: response({ responseFormat: 'text', outputPropertyName: 'page' }),
		reply: ofType('text/plain', 'x'),
	},
	{
		name: 'answer: a file in another field, in full',
		parameters: response({ responseFormat: 'file', outputPropertyName: 'pic', fullResponse: true }),
		reply: ofType('image/png', TINY_PNG),
	},
	...[404, 500].flatMap((status) => [
		{
			name: `answer: ${status}, never an error`,
			parameters: response({ neverError: true }),
			reply: ofType(JSON_TYPE, '{"message":"no"}', status),
		},
		{
			name: `answer: ${status}, never an error, in full`,
			parameters: response({ neverError: true, fullResponse: true }),
			reply: ofType('text/plain', 'no', status),
		},
	]),
	{
		name: 'answer: broken JSON, never an error',
		parameters: response({ neverError: true }),
		reply: ofType(JSON_TYPE, '<oops>'),
	},
];

/** Everything that is sent by both nodes and compared. */
export const shapes: Shape[] = [
	...methods,
	...urls,
	...queries,
	...headerShapes,
	...jsonBodies,
	...otherBodies,
	...others,
	...responses,
];
