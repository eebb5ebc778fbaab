import { credentials, rows, tokenApi, tokenRequest } from './form';

import { thrownBy } from '../../../support/leaks';

const NASTY = [
	'x","admin":true,"y":"',
	"pa$&ss $1 $` $' $$",
	'{{password}}{{username}}',
	"'; DROP TABLE users; --",
	'a&b=c;d#e?f/../g%2e%2e',
	'<x>&amp;"\'</x>]]>',
	'back\\slash \\n \\u0000',
	'line\r\nX-Injected: 1',
	'é 密码 🔑',
	'__proto__',
];

const changed = { changeRequest: true };

describe.each(NASTY)('the password %j stays one value', (password) => {
	it('in JSON', () => {
		const { body } = tokenRequest({ password });
		expect(JSON.parse(body ?? '')).toEqual({ username: 'fake-user', password });
	});

	it('in a form', () => {
		const formFields = rows(['user', '{{username}}'], ['pass', '{{password}}'], ['on', '1']);
		const { body, headers } = tokenRequest({ password, ...changed, bodyType: 'form', formFields });
		expect([...new URLSearchParams(body)]).toEqual([
			['user', 'fake-user'],
			['pass', password],
			['on', '1'],
		]);
		expect(headers['Content-Type']).toBe('application/x-www-form-urlencoded');
	});

	it('in a query, by rows and in the Token URL', () => {
		const { url } = tokenRequest({
			password,
			requestUrl: '/login?p={{password}}&x=1',
			...changed,
			requestMethod: 'GET',
			bodyType: 'none',
			queryParameters: rows(['q', '{{password}}']),
		});
		expect([...new URL(url).searchParams]).toEqual([
			['p', password],
			['x', '1'],
			['q', password],
		]);
		expect(url.split('?')[0]).toBe('https://api.example.com/v1/login');
	});

	it('in the path of the Token URL', () => {
		const { url } = tokenRequest({ password, requestUrl: '/in/{{password}}/end' });
		expect(new URL(url).pathname.split('/').slice(-3).map(decodeURIComponent)).toEqual([
			'in',
			password,
			'end',
		]);
	});

	it.each([
		['application/json', '{"p": "{{password}}"}', (text: string) => JSON.parse(text).p],
		[
			'application/x-www-form-urlencoded',
			'a=1&p={{password}}',
			(text: string) => new URLSearchParams(text).get('p'),
		],
		['text/plain', '{{password}}', (text: string) => text],
		['application/soap+xml', '<p>{{password}}</p>', readXml],
	])('in a raw body of %s', (rawContentType, rawBody, read) => {
		const raw = { password, ...changed, bodyType: 'raw', rawBody, rawContentType };
		const { body = '', headers } = tokenRequest(raw);
		expect(read(body)).toBe(password);
		expect(headers['Content-Type']).toBe(rawContentType);
	});

	it('in Basic Auth', () => {
		const { headers } = tokenRequest({ password, ...changed, basicAuth: true });
		const [, encoded = ''] = (headers.Authorization ?? '').split('Basic ');
		expect(Buffer.from(encoded, 'base64').toString()).toBe(`fake-user:${password}`);
	});

	it('in Basic Auth as OAuth2 has it', () => {
		const basic = { ...changed, basicAuth: true, basicAuthFormEncoded: true };
		const { headers } = tokenRequest({ username: 'a:b', password, ...basic });
		const pair = Buffer.from((headers.Authorization ?? '').slice(6), 'base64').toString();
		const decoded = pair.split(':').map((part) => new URLSearchParams(`v=${part}`).get('v'));
		expect(decoded).toEqual(['a:b', password]);
	});
});

function readXml(text: string): string {
	const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
	return text.slice(3, -4).replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

it.each(['.', '..'])('the value %j leads the Token URL nowhere else', async (password) => {
	const error = await thrownBy(() => tokenRequest({ password, requestUrl: '/a/{{password}}/b' }));
	expect(error).toMatchObject({
		name: 'InputError',
		message: 'The Token URL of the credential has "." or ".." as a part of its path',
	});
	const inQuery = tokenRequest({ password, requestUrl: '/a?next=/{{password}}/b' });
	expect(inQuery.url).toBe(`https://api.example.com/v1/a?next=/${password}/b`);
});

describe('a header of the token request', () => {
	const headerOf = (value: string, name = 'X-Key') =>
		tokenRequest({ password: value, ...changed, headerParameters: rows([name, '{{password}}']) })
			.headers;

	it('carries what a header can', () => {
		expect(headerOf('fake key "1"; $& é')).toMatchObject({ 'X-Key': 'fake key "1"; $& é' });
	});

	it.each(['a\r\nX-Injected: 1', 'a\nb', 'a\0b', '密码'])('does not carry %j', async (value) => {
		const error = await thrownBy(() => headerOf(value));
		expect(error).toMatchObject({
			name: 'InputError',
			message: 'The header X-Key cannot carry what the credential puts there',
		});
	});

	it.each(['X Key', 'X-Key:', 'X\r\nInjected', 'X=é'])('has no name like %j', async (name) => {
		const error = await thrownBy(() => headerOf('fake', name));
		expect(error).toMatchObject({ message: 'The credential names a header that cannot exist' });
	});

	it('takes the place of one that the form sets, however it is written', () => {
		const headerParameters = rows(
			['content-type', 'application/vnd.api+json'],
			['AUTHORIZATION', 'Key {{password}}'],
		);
		expect(tokenRequest({ ...changed, basicAuth: true, headerParameters }).headers).toEqual({
			'content-type': 'application/vnd.api+json',
			AUTHORIZATION: 'Key fake-password',
		});
	});
});

describe('names in templates', () => {
	it('may be any that the credential gives', () => {
		const more = { moreSecrets: true, value1Name: '__proto__', value1: 'a', value2Name: 'my pin' };
		const { body } = tokenRequest({
			...more,
			value2: '0000',
			...changed,
			jsonBody: '{"__proto__": "{{__proto__}}", "{{username}}": ["{{ my pin }}", 1, null, true]}',
		});
		expect(body).toBe('{"__proto__":"a","fake-user":["0000",1,null,true]}');
		expect(({} as Record<string, unknown>)['a']).toBeUndefined();
	});

	it.each(['{{pin}}', '{{ $json.password }}', '{{constructor}}', '{{}}', '{{toString}}'])(
		'%s stands for nothing, and that is said',
		async (template) => {
			const error = await thrownBy(() =>
				tokenRequest({ ...changed, jsonBody: JSON.stringify({ a: template }) }),
			);
			expect(error).toMatchObject({
				name: 'InputError',
				message: `The credential uses {{${template.slice(2, -2).trim()}}}, which stands for nothing`,
				description:
					'Use one of {{username}}, {{password}}, or give the value that name in the credential.',
			});
		},
	);
});

describe('a form that cannot be right is refused in words', () => {
	it.each([
		[{ requestUrl: '' }, 'The credential has no Token URL'],
		[{ requestUrl: 'https://' }, 'The Token URL of the credential is not a valid URL'],
		[
			{ requestUrl: 'https://{{username}}.example.com/login' },
			'The Token URL of the credential has a template in its host',
		],
		[
			{ requestUrl: 'https://me:fake@api.example.com/' },
			'The Token URL of the credential must not hold a user name or password',
		],
		[
			{ ...changed, jsonBody: '{"a": {{username}}}' },
			`The credential's "JSON Body" is not valid JSON`,
		],
		[{ ...changed, jsonBody: '"x"' }, `The credential's "JSON Body" is not a JSON object`],
		[{ valueFrom: 'header', valuePath: ' ' }, 'The credential has no Token Is At'],
		[
			{ changeExpired: true, expiredStatuses: '401, expired' },
			'"expired" under "Expired" of the credential is not an HTTP status',
		],
		[
			{ changeExpired: true, expiredValues: '601' },
			'The credential does not say fully what means expired',
		],
		[
			{ changeExpired: true, expiredPath: 'code' },
			'The credential does not say fully what means expired',
		],
		[{ changeSending: true, placements: {} }, 'The credential sends the token nowhere'],
		[{ service: 'toString' }, 'The credential\'s Service "toString" is not known'],
		[
			{ lifetime: 'fixed', lifetimeSeconds: 0 },
			`The credential's "Lifetime in Seconds" must be a number, 1 or more`,
		],
	])('%j', async (change, message) => {
		expect(await thrownBy(() => credentials(change))).toMatchObject({
			name: 'InputError',
			message,
		});
	});
});

it('what was typed before a switch was turned off does not count', () => {
	const { url, method, headers, body } = tokenRequest({
		changeRequest: false,
		requestMethod: 'GET',
		bodyType: 'none',
		basicAuth: true,
		queryParameters: rows(['a', '{{gone}}']),
		moreSecrets: false,
		value1Name: 'gone',
		value1: 'fake-value',
	});
	expect({ url, method, headers }).toEqual({
		url: 'https://api.example.com/v1/login',
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
	});
	expect(JSON.parse(body ?? '')).toEqual({ username: 'fake-user', password: 'fake-password' });
});

describe('what no message may show', () => {
	const secretsOf = (change: object) =>
		tokenApi.secretsOf({ credentials: credentials({ ...change }) });

	it('are the password, further values and keys, but not the user name', () => {
		const more = { moreSecrets: true, value1Name: 'pin', value1: '0000', value2Name: 'empty' };
		expect(secretsOf(more)).toEqual(['fake-password', '0000']);
	});

	it('is Basic Auth where it is used', () => {
		expect(secretsOf({ ...changed, basicAuth: true })).toEqual([
			'fake-password',
			'ZmFrZS11c2VyOmZha2UtcGFzc3dvcmQ=',
		]);
	});

	it('is nothing where nothing is filled in', () => {
		expect(secretsOf({ username: '', password: '' })).toEqual([]);
	});
});

it('keeps every digit of a number in the JSON body', () => {
	const jsonBody = '{"app": [12345678901234567890], "key": "{{password}}"}';
	expect(tokenRequest({ ...changed, jsonBody }).body).toBe(
		'{"app":[12345678901234567890],"key":"fake-password"}',
	);
});

it('a JSON body that is a large number is no object', async () => {
	const error = await thrownBy(async () =>
		tokenRequest({ ...changed, jsonBody: '12345678901234567890' }),
	);
	expect((error as Error).message).toBe('The credential\'s "JSON Body" is not a JSON object');
});

it('a GET has no body, whatever was chosen for another method', () => {
	const request = tokenRequest({ ...changed, requestMethod: 'GET', bodyType: 'form' });
	expect([request.body, request.headers]).toEqual([undefined, {}]);
});
