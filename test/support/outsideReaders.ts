import { readFileName } from '../../nodes/AuthenticatedRequest/output/contentDisposition';
import { contentKind } from '../../nodes/AuthenticatedRequest/output/contentKind';
import { conditionIn } from '../../nodes/AuthenticatedRequest/read/condition';
import { readSelector, selectHtml } from '../../nodes/AuthenticatedRequest/output/html';
import { carriesSecret } from '../../providers/call/carriesSecret';
import { readRefusedResponse } from '../../providers/call/refusedResponse';
import { headerText } from '../../nodes/AuthenticatedRequest/read/header';
import { withQuery } from '../../providers/http/formEncoding';
import { processEngine } from '../../providers';
import { providers } from '../../providers/registry';
import type { Provider } from '../../providers/kit/provider';
import { authorizeOptions } from '../../providers/hooks/requestOptions';
import { allowedDomains, requiredBaseUrl } from '../../providers/kit/credentialFields';
import { plainParts } from '../../providers/kit/decoded';
import { VendorError } from '../../providers/kit/errors';
import { isWebPage } from '../../providers/kit/json';
import { parseJson, writeJson } from '../../providers/kit/jsonNumber';
import { readClaims } from '../../providers/kit/jwt';
import { scrubber } from '../../providers/kit/scrub';
import { readRetryAfter } from '../../providers/kit/retryPolicy';
import { wantsTls } from '../../providers/kit/vendorResponse';
import { visibleText } from '../../providers/kit/webPage';
import { readPublicKey } from '../../providers/vendors/serviceComb/publicKey';
import { readTokenLifetime } from '../../providers/vendors/serviceComb/tokenLifetime';
import { readTokenApiCredentials } from '../../providers/vendors/tokenApi/credentials';
import { readExpiredConditions } from '../../providers/vendors/tokenApi/description/formExpired';
import type { Place } from '../../providers/vendors/tokenApi/description/schema';
import { keysOf, valueAtPath } from '../../providers/kit/jsonPath';
import { readPlace } from '../../providers/vendors/tokenApi/places';
import { refusalText } from '../../providers/vendors/tokenApi/refusal';
import { basicAuth } from '../../providers/vendors/tokenApi/tokenRequest';
import { signJwt } from '../../providers/vendors/tokenApi/signedJwt';
import { fillText } from '../../providers/vendors/tokenApi/template';
import { jsonMember } from '../../providers/vendors/yesApi/jsonMember';
import { addedParameters } from '../../providers/vendors/yesApi/interfaceRequest';
import { descriptionOfCurl } from '../../providers/vendors/tokenApi/description/fromCurl';
import { parseDescription } from '../../providers/vendors/tokenApi/description/readDescription';
import { jsonFault } from '../../providers/kit/jsonFault';
import { tokenPlaces } from '../../providers/vendors/tokenApi/detect';
import { cookiesAfter } from '../../providers/vendors/tokenApi/cookies';
import { certificateThumbprints } from '../../providers/vendors/tokenApi/description/thumbprints';
import { pemWithLines } from '../../providers/vendors/tokenApi/pem';
import { dateOf, durationOf } from '../../providers/vendors/tokenApi/times';
import { bounded } from '../../providers/kit/bounded';
import { assertSignableNames } from '../../providers/vendors/yesApi/phpNames';

/** Something that reads a text which comes from outside. */
export interface OutsideReader {
	name: string;
	read: (text: string) => unknown;
	/** The text that takes it longest: a beginning, what is repeated, and an end. */
	worst: Shape;
	/** What texts for it are made of. */
	words: string[];
}

/** How a text is made that is as long as one likes. */
export type Shape = [start: string, repeated: string, end: string];

/** A text of that shape. */
export function textOf([start, repeated, end]: Shape, length: number): string {
	return `${start}${repeated.repeat(Math.ceil(length / repeated.length))}${end}`;
}

const SECRET = 'fake secret/+="\\é';
const CREDENTIALS = { baseUrl: 'https://example.com', allowedDomains: null };
/** Of Token API, as the form gives it. */
const LOGIN = {
	service: 'custom',
	baseUrl: 'https://example.com',
	username: 'fake-user',
	password: 'fake-password',
	requestMethod: 'POST',
	bodyType: 'none',
	tokenPath: 'token',
};
const KEY = '-----BEGIN PRIVATE KEY-----';
const URL_WORDS = [
	'https://example.com',
	'/',
	'?',
	'#',
	'.',
	'..',
	'{',
	'{{',
	'}}',
	' ',
	'a',
	'%2F',
];
const PAGE_WORDS = [
	'<',
	'>',
	'<script',
	'</script',
	'<!--',
	'-->',
	'<head',
	'</head',
	'<a ',
	' ',
	'a',
];
const JSON_WORDS = ['[', ']', '{', '"', '"a":', ',', '1', '0', '.', 'e9', '\\', '#', '1e999'];

const response = (body: string, header = '') => ({
	status: 400,
	headers: { 'set-cookie': [header], 'x-token': header },
	body,
});

const place = (of: Place) => (text: string) => readPlace(of, response(text, text), '', 0);

/** Reads on where a reader refuses the text. */
const orRefuse = (read: (text: string) => unknown) => (text: string) => {
	try {
		return read(text);
	} catch {
		return undefined;
	}
};

const reader = (
	name: string,
	read: (text: string) => unknown,
	worst: Shape,
	words: string[],
): OutsideReader => ({ name, read: orRefuse(read), worst, words });

const secretReader = (name: string, secret: string, worst: Shape): OutsideReader =>
	reader(name, scrubber([secret]), worst, [
		secret.slice(0, 7),
		secret.slice(7, 30),
		'\\u0026',
		'&#',
		'%2F',
		'eyJ',
		'.',
		'a',
	]);

/** All that reads a text from outside, each of them once. */
export const outsideReaders: OutsideReader[] = [
	reader('JSON with a number of many digits', parseJson, ['1', '0', '1'], JSON_WORDS),
	reader('JSON with many large numbers', parseJson, ['[', '1e999,', '1]'], JSON_WORDS),
	reader('JSON with # and large numbers', parseJson, ['["##', '#","1",1e999,"', '"]'], JSON_WORDS),
	reader(
		'JSON, nested',
		(text) => parseJson(text + ']'.repeat(text.length - 5)),
		['', '[', '1e999'],
		JSON_WORDS,
	),
	reader(
		'JSON, written again',
		(text) => writeJson(parseJson(text)),
		['[', '1e999,', '1]'],
		JSON_WORDS,
	),
	reader(
		'a member of JSON, as it is written',
		(text) => jsonMember(text, 'data'),
		['{', '"a":1,', '"data":1}'],
		JSON_WORDS,
	),
	reader('what a page or JSON is', isWebPage, ['', ' ', 'a'], PAGE_WORDS),
	reader('the claims of a JWT', readClaims, ['eyJ', 'a.', ''], ['eyJ', '.', 'a', '=', '_']),
	secretReader('a message with a secret in it', SECRET, ['', 'fake secret/+=', '']),
	secretReader('a message with a long secret in it', 'a'.repeat(60_000), [
		'',
		`${'a'.repeat(29_000)}b`,
		'',
	]),
	secretReader('a message with a key in it', `${KEY}\nMIIE+/=\n`.repeat(30), ['', KEY, '']),
	reader(
		'an error with a long text',
		(text) => new VendorError(text).cleanTexts(scrubber([SECRET])),
		['', 'fake secret/', ''],
		['fake ', 'eyJ', '&#x', '\\u'],
	),
	reader(
		'Retry-After',
		(text) => readRetryAfter({ 'retry-after': text }, 0),
		['', '1 ', 'x'],
		['1', ' ', ':', 'Mon', ','],
	),
	reader(
		'a server that wants TLS',
		(body) => wantsTls({ status: 400, headers: {}, body }),
		['', 'HTTP request ', ''],
		['HTTP request ', 'was sent to ', 'an ', 'HTTPS'],
	),
	reader(
		'Base URL',
		(baseUrl) => requiredBaseUrl({ baseUrl }, 'x'),
		['https://example.com', '/', 'a'],
		URL_WORDS,
	),
	reader(
		'Hosts',
		(text) => allowedDomains({ allowedHttpRequestDomains: 'domains', allowedDomains: text }),
		['', 'a., ', ''],
		['a', '.', ',', ' ', '*'],
	),
	reader(
		'the URL of HTTP Request',
		(url) =>
			authorizeOptions(processEngine, providers.maxusApi as Provider, CREDENTIALS, 'fake', {
				url: 'a',
				baseURL: url,
			}),
		['https://example.com', '/', 'a'],
		URL_WORDS,
	),
	reader(
		'the URL of a call with a query',
		(url) => withQuery(url, { a: 1 }),
		['', '#', '\n'],
		URL_WORDS,
	),
	reader(
		'an encoded path of a tool',
		plainParts,
		['%', '25', '2e'],
		['%', '25', '2e', '%c0', '%ae', '/', '．', ' ', 'a'],
	),
	reader(
		'a body in which a password may stand',
		(text) => carriesSecret([text], [SECRET]),
		['a=', 'a=', ''],
		['a=', '&', '=', '{', '"', ':', '[', '<a', '<', '>', ' ', 'passw', '_', '%41'],
	),
	reader(
		'the path of a YesApi interface',
		(url) =>
			addedParameters(
				{ ...CREDENTIALS, appKey: '', appSecret: '', signService: true } as never,
				url,
				{},
				0,
			),
		['https://example.com/api/', '/', 'a'],
		URL_WORDS,
	),
	reader(
		'Token URL',
		(requestUrl) => readTokenApiCredentials({ ...LOGIN, requestUrl }),
		['/', '{{', ''],
		URL_WORDS,
	),
	reader(
		'a template',
		(text) => fillText(text, { a: 'b' }),
		['{{', ' ', ''],
		['{{', '}}', ' ', 'a', '{', '}'],
	),
	reader(
		'Signing Key',
		(key) =>
			signJwt(
				{
					use: 'token',
					algorithm: 'RS256',
					key: '{{key}}',
					keyEncoding: 'utf8',
					header: {},
					claims: {},
					seconds: 60,
					margin: 0,
				},
				{ key },
				0,
			).catch(() => null),
		['', '\\', 'x'],
		[KEY, '-----END PRIVATE KEY-----', '\\', 'r', 'n', ' ', 'DEK-Info: ', 'RSA ', 'a'],
	),
	reader(
		'Public Key',
		readPublicKey,
		['-----BEGIN PUBLIC KEY-----', '\\n ', ''],
		['-----BEGIN PUBLIC KEY-----', '-----END PUBLIC KEY-----', '\\n', ' ', 'a'],
	),
	reader(
		'Token Expiration Time',
		readTokenLifetime,
		['', '1', 'x'],
		['1', '.', 'h', 'm', 's', 'µ', '+'],
	),
	reader(
		'a cURL command',
		(curl) => descriptionOfCurl({ curl }),
		["curl 'https://example.com/login' -d '", '{"a":', "'"],
		[
			'curl ',
			"'",
			'"',
			'\\',
			'\n',
			'$',
			'-d ',
			'-H ',
			'-u ',
			'https://a.b',
			'{{',
			' ',
			'=',
			'&',
			'{"a":',
		],
	),
	reader(
		'a description of a service',
		parseDescription,
		['{"version":1,"name":"', '\n', '"}'],
		['{', '}', '"version":1,', '"name":', '"a"', ',', '\n', '[', ']', '//', ' '],
	),
	reader(
		'where JSON breaks',
		jsonFault,
		['{"a":1', ' ,', '}'],
		['{', '}', '"', ':', ',', '\n', '[', ']', '/*', '//', ' ', 'a', '1'],
	),
	reader(
		'where a token may stand in a response',
		(text) => tokenPlaces({ status: 200, headers: { 'set-cookie': [text] }, body: text }, 0),
		['[', '{"token":"a"},', '{}]'],
		[...JSON_WORDS, 'token', 'sid=', ';'],
	),
	reader(
		'the cookies of a login',
		(text) =>
			cookiesAfter([], { 'set-cookie': [text, ...text.split(',')] }, 'https://a.example/', 0)
				.length,
		['', 'a=b; Path=/; ', ''],
		['a=', '"', ';', ',', ' ', 'Domain=', 'a.example', 'Expires=', 'Max-Age=', '1', '.'],
	),
	reader(
		'a certificate in PEM',
		(pem) => certificateThumbprints(pemWithLines(pem)),
		['-----BEGIN CERTIFICATE-----', 'AAAA ', '-----END CERTIFICATE-----'],
		['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', '\\n', '\n', ' ', '-', 'AAAA'],
	),
	reader('a duration', durationOf, ['', '1h ', ''], ['1', '.', 'h', 'P', 'T', 'M', 'S', ' ', '-']),
	reader(
		'a date',
		dateOf,
		['2026-01-01T00:00:00.', '0', 'Z'],
		['2026', '-', '01', 'T', ':', '.', ' ', 'Z', '+', '/', 'Mon, '],
	),
	reader(
		'what a refusal holds, in short',
		(text) => bounded(parseJson(text), scrubber([SECRET])),
		['[', '"fake secret/",', '1]'],
		[...JSON_WORDS, 'fake secret/'],
	),
	reader(
		'names for a signature of PHP',
		(text) => assertSignableNames([text, ...text.split(',')]),
		['', 'a[b]', ''],
		['a', '[', ']', '.', ' ', ',', '1', '-'],
	),
	reader(
		'By a Header',
		(expiredHeader) => readExpiredConditions({ expiredHeader }),
		['', ':', ''],
		[':', 'a', ' ', '\n'],
	),
	reader(
		'a path in JSON',
		(path) => valueAtPath({}, path),
		['', '["', ''],
		['[', ']', '"', "'", '.', 'a', '0'],
	),
	reader('a path in a body', keysOf, ['["', '\\\\', ''], ['[', ']', '"', "'", '.', 'a', '\\']),
	reader('a token in JSON', place({ json: 'data' }), ['[', '1e999,', '1]'], JSON_WORDS),
	reader(
		'a token in a header',
		place({ header: 'x-token' }),
		['Bearer', ' ', 'a'],
		['Bearer ', ' ', '\t', 'a'],
	),
	reader(
		'a token in a cookie',
		place({ cookie: 'a' }),
		['a=', '" ', 'x'],
		['a=', '"', ' ', ';', 'Max-Age=', '1'],
	),
	reader(
		'a token in plain text',
		place({ body: true }),
		['', 'Bearer ', ''],
		['Bearer ', '<', ' ', '"', 'a'],
	),
	reader(
		'user name and password in a template',
		(text) => basicAuth(text, {}),
		['', ':', ''],
		[':', '{{', '}}', 'a', ' '],
	),
	reader(
		'a token in an attribute of XML',
		place({ xml: 'a', attribute: 'b' }),
		['<a', ' b ', '>'],
		['<a', ' b', '=', '"', "'", ' ', '>', '<'],
	),
	reader(
		'a token in XML',
		place({ xml: 'a' }),
		['', '<a>', ''],
		['<a', '<x:a ', '>', '</a', '<!--', '<![CDATA[', ']]>', '&', 'a'],
	),
	reader(
		'the words of a refused login',
		(body) => refusalText(JSON.stringify({ message: body })),
		['', '<', ''],
		['<', '>', 'a', ' '],
	),
	...Object.values<Provider>(providers).flatMap(({ displayName, readCallResponse }) =>
		readCallResponse === undefined
			? []
			: [
					reader(
						`a call's answer of ${displayName}`,
						(body) => {
							const answer = { ...response(body), url: 'https://example.com/a' };
							const env = { now: () => 0, randomBytes: () => new Uint8Array() };
							return readCallResponse({
								credentials: CREDENTIALS,
								response: answer,
								env,
							});
						},
						['{"message":"', 'service ', '"}'],
						JSON_WORDS,
					),
				],
	),
	reader('a page, as text', visibleText, ['', '<head', ''], PAGE_WORDS),
	reader(
		'a page, by a selector',
		(page) => selectHtml(page, readSelector('', 'body, a > b')),
		['', '<p>a ', ''],
		PAGE_WORDS,
	),
	reader(
		'a selector',
		(text) => readSelector('', text),
		['a', ',a', ''],
		['a', ',', '>', ' ', ':not(', ')', '[a=', ']'],
	),
	reader(
		'a refusal that is a page',
		(page) => readRefusedResponse({ headers: { 'content-type': 'text/html' } }, page, [SECRET]),
		['', '<title ', ''],
		[...PAGE_WORDS, '<title'],
	),
	reader(
		'a refusal in JSON',
		(text) => readRefusedResponse({ headers: {} }, JSON.stringify({ message: text }), [SECRET]),
		['', 'fake secret', ''],
		['fake ', '"', '\\u', '&#', 'a'],
	),
	reader(
		'the name of a file',
		readFileName,
		['attachment; filename="', '=?a?q?', ''],
		['filename=', 'filename*=', '"', ';', '=?', 'utf-8', '?q?', '?=', "''", '%41', ' ', '\\'],
	),
	reader(
		'Content-Type',
		contentKind,
		['', 'text/', ''],
		['text/', 'application/', '+json', ';', 'charset=', 'vnd.', '"', ' '],
	),
	reader(
		'the value of a header',
		(text) => headerText(text, ''),
		['a', ' ', 'a'],
		[' ', '\t', '\r', '\n', 'a', 'é'],
	),
	reader(
		'an expression about a response',
		conditionIn,
		['={{ ', ' }}', 'a'],
		['=', '{{', '}}', ' ', '\n', 'a'],
	),
];
