import { NOW, tokenIn } from './form';

import { thrownBy } from '../../../support/leaks';

const JWT = 'eyJhbGciOiJub25lIn0.eyJleHAiOjE3NjcyMjkyMDB9.';

/** The token that is found in a response of which the form says nothing. */
const found = async (body: unknown, response: object = {}, change: object = {}) =>
	await tokenIn(
		{ valuePath: '', lifetime: 'auto', ...change },
		{ body: typeof body === 'string' ? body : JSON.stringify(body), ...response },
	);

describe('the one value that looks like a token is taken', () => {
	it.each<[string, unknown]>([
		['by its name', { access_token: 'fake', token_type: 'Bearer', expires_in: 60 }],
		['written otherwise', { accessToken: 'fake', refreshToken: 'no' }],
		['in a part', { code: 0, data: { user: { id: 7 }, token: 'fake' } }],
		['as a session', { sessionId: 'fake', user: 'me' }],
		[
			'before a refresh token and an ID token',
			{ access_token: 'fake', refresh_token: 'no', id_token: 'no' },
		],
		['before what is less like one', { access_token: 'fake', token: 'no' }],
		['beside one for forms', { token: 'fake', csrf_token: 'no' }],
	])('%s', async (_how, body) => {
		expect((await found(body)).token).toBe('fake');
	});

	it('by its form, whatever its name', async () => {
		expect((await found({ result: { value: JWT, other: 'x' } })).token).toBe(JWT);
		expect((await found(`"${JWT}"`)).token).toBe(JWT);
	});

	it('in a cookie, which calls carry', async () => {
		const headers = { 'set-cookie': ['lang=en', 'JSESSIONID=fake; Path=/; HttpOnly'] };
		expect(
			await found('', { status: 302, headers: { ...headers, location: '/home' } }),
		).toMatchObject({
			token: 'fake',
			extra: { cookies: 'lang=en; JSESSIONID=fake' },
		});
	});
});

it('two that look alike are a question that names both', async () => {
	const body = { token: 'fake-a', data: { jwt: 'fake-b' } };
	expect(await thrownBy(async () => await found(body))).toMatchObject({
		message:
			'The login succeeded, and 2 values look like its token: the JSON path "token", the JSON path "data.jwt"',
		description: 'Say which one it is under "Token Is At".',
	});
});

it.each([null, 'null', 'undefined', 'Bearer', 'Bearer null', ''])(
	'%j is no token',
	async (token) => {
		for (const change of [{}, { valuePath: 'token' }]) {
			const error = await thrownBy(async () => await found({ token }, {}, change));
			expect(error).toMatchObject({ credentialRejected: true });
		}
	},
);

describe('its lifetime is found', () => {
	it.each<[string, object, number]>([
		['in seconds', { token: 'fake', expires_in: 60 }, NOW + 60_000],
		['in seconds as text, in a part', { data: { token: 'fake', expiresIn: '60' } }, NOW + 60_000],
		['as a date', { token: 'fake', expires_at: '2026-01-01T01:00:00Z' }, NOW + 3_600_000],
		['as Unix time', { token: 'fake', expiresAt: 1767229200 }, NOW + 3_600_000],
		['as Unix time in milliseconds', { token: 'fake', expires: 1767229200000 }, NOW + 3_600_000],
		['in the JWT', { token: JWT }, 1767229200000],
		['nowhere', { token: 'fake' }, Infinity],
	])('%s', async (_where, body, expiresAt) => {
		expect((await found(body)).expiresAt).toBe(expiresAt);
	});
});

describe('a response is read, whatever stands around its JSON', () => {
	it.each([
		`)]}',\n{"token":"fake"}`,
		'while(1);{"token":"fake"}',
		'callback({"token":"fake"});',
		'/**/cb({"token":"fake"})',
		'<br />\n<b>Warning</b>: Undefined {key} in <b>x.php</b><br />\n{"token":"fake"}',
	])('%j', async (body) => {
		expect((await tokenIn({}, { body })).token).toBe('fake');
	});

	it('in JSON that is a text in it', async () => {
		const body = JSON.stringify({ d: JSON.stringify({ data: { token: 'fake' } }) });
		expect((await tokenIn({ valuePath: 'd.data.token' }, { body })).token).toBe('fake');
	});

	it.each([
		['xml', 'Login@key', '<r><Login id="1" key="a&amp;b"/></r>', 'a&b'],
		['form', 'access_token', 'access_token=fake%2B&expires=60', 'fake+'],
		['cookie', 'sid', '', '"last,{1}"'],
	])('in %s at %s', async (valueFrom, valuePath, body, token) => {
		const headers = { 'set-cookie': ['sid=first; Path=/', 'sid="last,{1}"; Path=/'] };
		expect((await tokenIn({ valueFrom, valuePath }, { body, headers })).token).toBe(token);
	});
});

describe('a lifetime is read as it is written', () => {
	const field = (lifetimeUnit: string) => ({
		lifetime: 'field',
		lifetimePath: 'exp',
		lifetimeUnit,
	});
	const read = async (exp: unknown, unit = 's') =>
		await tokenIn(field(unit), { body: JSON.stringify({ token: 'fake', exp }) });

	it.each<[unknown, string, number]>([
		['3600s', 's', 3_600_000],
		['1h', 's', 3_600_000],
		['1h30m', 'ms', 5_400_000],
		['2 hours', 's', 7_200_000],
		['PT1H', 's', 3_600_000],
		['P1DT1M', 's', 86_460_000],
		['01:00:00', 's', 3_600_000],
		[2, 'h', 7_200_000],
		['/Date(1767229200000)/', 'iso', 3_600_000],
		['/Date(1767229200000+0100)/', 's', 3_600_000],
		['02.01.2026', 'iso', 86_400_000],
		['2.1.2026 1:00', 'iso', 90_000_000],
		['2026-01-01 01:00:00', 'iso', 3_600_000],
		['2026-01-01T02:00:00+01:00', 'iso', 3_600_000],
		['2026-01-02', 'iso', 86_400_000],
		['Thu, 01 Jan 2026 01:00:00 GMT', 'iso', 3_600_000],
		['Jan 1, 2026 01:00:00', 'iso', 3_600_000],
		[1767229200, 'iso', 3_600_000],
		[1767229200000, 'iso', 3_600_000],
	])('%j in %s', async (exp, unit, ms) => {
		const { expiresAt, remark } = await read(exp, unit);
		expect([expiresAt, remark]).toEqual([NOW + ms, undefined]);
	});

	it.each<[unknown, string, string]>([
		[undefined, 's', 'no lifetime stands at the JSON path "exp" of the response'],
		['soon', 's', 'the lifetime at the JSON path "exp" cannot be read'],
		[
			3600,
			'ms',
			'its lifetime at the JSON path "exp", as read by its unit, is less than ten seconds',
		],
		[
			900000000,
			's',
			'its lifetime at the JSON path "exp", as read by its unit, is more than a year',
		],
		[3600, 'unixS', 'its lifetime at the JSON path "exp", as read by its unit, is over'],
	])('%j in %s is told', async (exp, unit, remark) => {
		expect((await read(exp, unit)).remark).toBe(remark);
	});
});

it('words of FastAPI and of a SOAP fault reach the user, and a fault is a refusal', async () => {
	const said = async (body: string, status: number) =>
		await thrownBy(async () => await tokenIn({}, { body, status }));
	expect(await said('{"detail":[{"loc":["body"],"msg":"field required"}]}', 422)).toMatchObject({
		message: 'The service did not issue a token (HTTP 422): field required',
		description: expect.stringContaining('"JSON Body"') as string,
	});
	const fault =
		'<s:Envelope xmlns:s="x"><s:Body><s:Fault><faultcode>INVALID_LOGIN</faultcode><faultstring>Invalid username &amp; password</faultstring></s:Fault></s:Body></s:Envelope>';
	expect(await said(fault, 500)).toMatchObject({
		message: 'The service did not issue a token (HTTP 500): Invalid username & password',
		vendorCode: 'INVALID_LOGIN',
		credentialRejected: true,
		isTransient: false,
	});
});

it.each([
	[405, 'choose another "Method"'],
	[415, 'choose another "Body"'],
])('%i points to the field', async (status, words) => {
	const error = await thrownBy(async () => await tokenIn({}, { status }));
	expect((error as { description?: string }).description).toContain(words);
});

it('a redirect back to the login is a refusal, another one with the cookie is a login', async () => {
	const cookie = { valueFrom: 'cookie', valuePath: 'sid' };
	const answer = (location: string) => ({
		status: 302,
		headers: { 'set-cookie': ['sid=fake'], location },
	});
	expect((await tokenIn(cookie, answer('/v1/home'))).token).toBe('fake');
	expect(
		await thrownBy(async () => await tokenIn(cookie, answer('/v1/login?error'))),
	).toMatchObject({
		message: 'The service responded to the token request with a redirect to /v1/login',
	});
});
