import { credentials, NOW, sentAs, surroundings, tokenApi } from './form';

import { placeToken } from '../../../../providers/vendors/tokenApi/authorize';
import { toTokenItem } from '../../../../providers/tokens/tokenItem';
import { thrownBy } from '../../../support/leaks';

const authorize = (
	change: object,
	request: object = {},
	token = 'fake-token',
	extra: Record<string, string> = {},
) =>
	tokenApi.authorize({
		credentials: credentials({ ...change }),
		token: { token: token, extra: extra },
		request: { method: 'GET', url: 'https://api.example.com/v1/x', ...request },
		env: surroundings,
	});

describe('the token goes', () => {
	it('into the header Authorization', () => {
		expect(authorize({})).toEqual({ headers: { Authorization: 'Bearer fake-token' } });
	});

	it('into several places at once', () => {
		const places = sentAs(
			['header', 'X-Token', '{{token}}'],
			['query', 'sid', '{{token}}'],
			['cookie', 'a', '{{token}}'],
			['cookie', 'b', '1'],
			['body', 'auth.key', '{{token}}'],
		);
		const request = { method: 'POST', headers: { COOKIE: 'mine=1' }, body: '{"auth":{"x":1}}' };
		expect(authorize(places, request)).toEqual({
			headers: {
				'X-Token': 'fake-token',
				Cookie: 'mine=1; a=fake-token; b=1',
				'Content-Type': 'application/json',
			},
			query: { sid: 'fake-token' },
			body: '{"auth":{"x":1,"key":"fake-token"}}',
		});
	});

	it('into a JSON body, and so with no call that reads and has none', async () => {
		const inBody = sentAs(['body', 'auth', '{{token}}']);
		for (const method of ['GET', 'HEAD', 'OPTIONS']) {
			expect(await thrownBy(() => authorize(inBody, { method }))).toMatchObject({
				name: 'InputError',
				message: `The token goes into the JSON body, and this ${method} has none`,
			});
		}
		expect(authorize(inBody, { method: 'GET', body: '{}' }).body).toBe('{"auth":"fake-token"}');
		expect(authorize(inBody, { method: 'POST' }).body).toBe('{"auth":"fake-token"}');
		const both = sentAs(['header', 'X-Token', '{{token}}'], ['body', 'auth', '{{token}}']);
		expect(authorize(both, { method: 'GET' })).toEqual({ headers: { 'X-Token': 'fake-token' } });
	});

	it('only where something changes, if asked to', () => {
		const placements = {
			values: [
				{ place: 'header', name: 'X-Token', value: '{{token}}' },
				{ place: 'header', name: 'X-CSRF', value: '{{token}}', writesOnly: true },
			],
		};
		const names = (method: string) =>
			Object.keys(authorize({ changeSending: true, placements }, { method }).headers);
		expect(['GET', 'head', 'OPTIONS'].map(names)).toEqual(Array(3).fill(['X-Token']));
		expect(['POST', 'PUT', 'PATCH', 'DELETE', 'MKCOL'].map(names)).toEqual(
			Array(5).fill(['X-Token', 'X-CSRF']),
		);
	});
});

describe('a token that would become something else is refused', () => {
	it.each([
		['a header', 'X-Token', 'a\r\nX-Injected: 1'],
		['a header', 'X-Token', '令牌'],
		['a cookie', 'sid', 'a; admin=1'],
		['a cookie', 'sid', 'a\r\nb'],
		['a cookie', 'sid', '令牌'],
	])('in %s: %s %j', async (place, name, token) => {
		const change = sentAs([place.slice(2), name, '{{token}}']);
		const error = (await thrownBy(() => authorize(change, {}, token))) as Error;
		expect(error.name).toBe('InputError');
		expect(error.message).toBe(
			`The ${place.slice(2)} ${name} cannot carry what the credential puts there`,
		);
	});

	it.each(['a=b', 'a;b', 'a b', 'a\nb'])('as the name of a cookie: %j', async (name) => {
		const change = sentAs(['cookie', '{{name}}', '{{token}}']);
		expect(await thrownBy(() => authorize(change, {}, 'fake', { name }))).toMatchObject({
			message: 'The credential names a cookie that cannot exist',
		});
	});

	it('in the body: it stays one value', () => {
		const token = '","admin":true,"{{username}}$&';
		const { body } = authorize(sentAs(['body', 'auth', '{{token}}']), { body: { a: 1 } }, token);
		expect(JSON.parse(body ?? '')).toEqual({ a: 1, auth: token });
	});
});

describe('a field of the body', () => {
	const into = (name: string, body: unknown) =>
		authorize(sentAs(['body', name, '{{token}}']), { method: 'POST', body }).body;

	it('may have any name', () => {
		expect(into('__proto__.admin', {})).toBe('{"__proto__":{"admin":"fake-token"}}');
		expect(into('constructor', {})).toBe('{"constructor":"fake-token"}');
		expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
	});

	it('leaves the digits of the others alone', () => {
		expect(into('auth', '{"id":9007199254740993,"in":[0.1234567890123456789,1]}')).toBe(
			'{"id":9007199254740993,"in":[0.1234567890123456789,1],"auth":"fake-token"}',
		);
		expect(into('a.auth', '{"a":{"id":-12345678901234567890}}')).toBe(
			'{"a":{"id":-12345678901234567890,"auth":"fake-token"}}',
		);
	});

	it('makes a body where there is none, and leaves the one it was given as it is', () => {
		const given = { a: { b: 1 } };
		expect(into('auth', undefined)).toBe('{"auth":"fake-token"}');
		expect(into('a.auth', given)).toBe('{"a":{"b":1,"auth":"fake-token"}}');
		expect(given).toEqual({ a: { b: 1 } });
	});

	it('says that the body is JSON, unless the call says what it is', () => {
		const headersOf = (headers: object) =>
			authorize(sentAs(['body', 'auth', '{{token}}']), { method: 'POST', headers, body: {} })
				.headers;
		expect(headersOf({})).toEqual({ 'Content-Type': 'application/json' });
		expect(headersOf({ 'content-type': 'application/json-rpc' })).toEqual({});
	});

	it.each([['[]'], ['text'], [[1]]])('does not go into %j', async (body) => {
		expect(await thrownBy(() => into('auth', body))).toMatchObject({ name: 'InputError' });
	});
});

describe('a response says that the token is no longer good', () => {
	const said = (change: object, response: object) =>
		tokenApi.readCallResponse?.({
			credentials: credentials({ changeExpired: true, ...change }),
			response: { url: '', status: 200, headers: {}, body: '', ...response },
			env: { ...surroundings, now: () => NOW },
		}) ?? null;

	const yes: Array<[object, object]> = [
		[{ expiredStatuses: '401, 403' }, { status: 403 }],
		[{ expiredPath: 'code', expiredValues: '1, 2' }, { body: '{"code":2}' }],
		[{ expiredPath: 'ok', expiredValues: 'false' }, { body: '{"ok":false}' }],
		[{ expiredText: 'session expired' }, { body: '<p>Your session expired</p>' }],
		[{ expiredPath: 'e.data', expiredText: 'login' }, { body: '{"e":{"data":"re-login"}}' }],
		[{ expiredHeader: 'X-User: anonymous' }, { headers: { 'x-user': 'anonymous' } }],
		[{ expiredHeader: 'X-Expired' }, { headers: { 'x-expired': '' } }],
	];

	it.each(yes)('%j by %j', (change, response) => {
		expect(said(change, response)).toMatchObject({ tokenState: 'refused' });
	});

	const no: Array<[object, object]> = [
		[{}, { status: 403 }],
		[{ expiredPath: 'code', expiredValues: '1, 2' }, { body: '{"code":12}' }],
		[{ expiredPath: 'code', expiredValues: '1' }, { body: '{"code":""}' }],
		[{ expiredPath: 'e.data', expiredText: 'login' }, { body: '{"rows":["login"]}' }],
		[{ expiredHeader: 'X-User: anonymous' }, { headers: { 'x-user': 'me' } }],
		[{ expiredHeader: ': anonymous' }, { headers: {} }],
		[{ changeExpired: false, expiredText: 'a' }, { body: 'a' }],
	];

	it.each(no)('%j not by %j', (change, response) => {
		expect(said(change, response)).toBeNull();
	});
});

describe('a token item says what a call has to carry', () => {
	const item = (change: Record<string, unknown>, extra: Record<string, string> = {}) =>
		toTokenItem(
			tokenApi,
			credentials(change),
			{ token: 'fake-token', issuedAt: null, expiresAt: null, claims: null, extra },
			NOW,
		);

	it('as one header, where that is all', () => {
		expect(item({})).toMatchObject({
			headerName: 'Authorization',
			headerValue: 'Bearer fake-token',
		});
		expect(item({})).not.toHaveProperty('request');
	});

	it('as a whole request, where it is more, and without a stored secret', () => {
		const places = sentAs(
			['header', 'X-Token', '{{token}}'],
			['header', 'X-Key', '{{password}}'],
			['query', 'sid', '{{token}}'],
			['cookie', 'a', '{{token}}'],
		);
		const { headerName, headerValue, request } = item(places);
		expect([headerName, headerValue]).toEqual([null, null]);
		expect(request).toEqual({
			headers: { 'X-Token': 'fake-token', Cookie: 'a=fake-token' },
			query: { sid: 'fake-token' },
		});
		expect(item(sentAs(['body', 'auth', '{{token}}'])).request).toEqual({
			headers: { 'Content-Type': 'application/json' },
			body: { auth: 'fake-token' },
		});
	});
});

describe('a token item holds no stored secret', () => {
	const STORED = 'fake-stored-secret';
	/** A provider whose own filter lets all through. */
	const careless: typeof tokenApi = {
		...tokenApi,
		tokenHeader: () => null,
		carried: ({ credentials: known, token: { token, extra = {} } }) =>
			placeToken(known, token, extra, { method: 'POST', url: `${known.baseUrl}/` }),
	};
	const more = { moreSecrets: true, value1Name: 'appKey', value1: STORED };
	const EXTRA = { csrf: 'fake-csrf', cookies: 'session=fake-session' };

	it.each<[string, Array<[string, string, string]>, object]>([
		[
			'cookies and a header',
			[
				['header', 'X-CSRF-Token', '{{appKey}}'],
				['header', 'X-CSRF', '{{csrf}}'],
			],
			{ headers: { 'X-CSRF': 'fake-csrf', Cookie: 'session=fake-session' } },
		],
		[
			'a query',
			[
				['query', 'key', 'v1 {{appKey}}'],
				['query', 'sid', '{{token}}'],
			],
			{ headers: { Cookie: 'session=fake-session' }, query: { sid: 'fake-token' } },
		],
		[
			'a body',
			[
				['body', 'auth.key', '{{appKey}}'],
				['body', 'auth.sid', '{{token}}'],
			],
			{
				headers: { 'Content-Type': 'application/json', Cookie: 'session=fake-session' },
				body: { auth: { sid: 'fake-token' } },
			},
		],
		[
			'a form',
			[
				['form', 'key', '{{appKey}}'],
				['form', 'sid', '{{token}}'],
			],
			{ headers: { Cookie: 'session=fake-session' }, body: { sid: 'fake-token' } },
		],
		[
			'Basic Auth',
			[
				['basic', '{{appKey}}', '{{token}}'],
				['query', 'sid', '{{token}}'],
			],
			{ headers: { Cookie: 'session=fake-session' }, query: { sid: 'fake-token' } },
		],
	])('in %s, by the rule of the engine, too', (_, places, expected) => {
		const change = { ...sentAs(...places), ...more, keepCookies: true };
		for (const provider of [tokenApi, careless]) {
			const made = toTokenItem(
				provider,
				credentials(change),
				{ token: 'fake-token', issuedAt: null, expiresAt: null, claims: null, extra: EXTRA },
				NOW,
			);
			expect(made.request).toEqual(expected);
			expect(JSON.stringify(made)).not.toMatch(/fake-stored-secret|ZmFrZS1zdG9yZWQ/);
		}
	});

	it('as its only header, either', () => {
		const header = () => ({ name: 'X-Key', value: STORED });
		const made = toTokenItem(
			{ ...careless, tokenHeader: header },
			credentials({ ...sentAs(['header', 'X-Key', '{{appKey}}']), ...more }),
			{ token: 'fake-token', issuedAt: null, expiresAt: null, claims: null },
			NOW,
		);
		expect([made.headerName, made.headerValue, made.request]).toEqual([
			null,
			null,
			{ headers: {} },
		]);
	});

	it('and what the login gave stays, though a secret stands in it', () => {
		const made = toTokenItem(
			tokenApi,
			credentials({ ...sentAs(['header', 'X', '{{token}}']), ...more }),
			{ token: `a-${STORED}`, issuedAt: null, expiresAt: null, claims: null },
			NOW,
		);
		expect(made.headerValue).toBe(`a-${STORED}`);
	});
});

describe('the token goes, too,', () => {
	it('into a form', () => {
		const change = sentAs(['form', 'sid', '{{token}}']);
		expect(authorize(change, { method: 'POST', form: { a: 1 } }).form).toEqual({
			a: '1',
			sid: 'fake-token',
		});
		expect(authorize(change, { method: 'POST' }).form).toEqual({ sid: 'fake-token' });
		expect(authorize(change, { multipart: [['a', '1']] }).multipart).toEqual({ sid: 'fake-token' });
	});

	it('into the path of the URL, as one part of it', () => {
		const url = 'https://api.example.com/v1/{{token}}/x';
		const change = sentAs(['path', 'token', '{{token}}']);
		expect(authorize(change, { url }, 'a/b').url).toBe('https://api.example.com/v1/a%2Fb/x');
		const written = url.replace('{{', '%7B%7B').replace('}}', '%7D%7D');
		expect(authorize(change, { url: written }).url).toBe('https://api.example.com/v1/fake-token/x');
	});

	it('into Basic Auth', () => {
		const { headers } = authorize(sentAs(['basic', '{{token}}', 'x']));
		expect(headers).toEqual({ Authorization: 'Basic ZmFrZS10b2tlbjp4' });
	});

	it('but into no form where the call has another body', async () => {
		const change = sentAs(['form', 'sid', '{{token}}']);
		expect(
			await thrownBy(() => authorize(change, { method: 'POST', body: '{"a":1}' })),
		).toMatchObject({
			message: 'The token goes into a form, and this call has another body',
		});
	});
});
