import { credentials, NOW, sentAs, surroundings, tokenApi } from './form';

import { thrownBy } from '../../support/leaks';

const authorize = (
	change: object,
	request: object = {},
	token = 'fake-token',
	extra: Record<string, string> = {},
) =>
	tokenApi.authorize(
		credentials({ ...change }),
		token,
		{ method: 'GET', url: 'https://api.example.com/v1/x', ...request },
		surroundings,
		extra,
	);

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
		['a cookie', 'sid', 'a,b"'],
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
		tokenApi.readBusinessResponse?.(
			credentials({ changeExpired: true, ...change }),
			{ url: '', status: 200, headers: {}, body: '', ...response },
			{ ...surroundings, now: () => NOW },
		) ?? null;

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
