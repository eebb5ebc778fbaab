import { NOW, tokenIn } from './form';

import { everythingIn, thrownBy } from '../../../support/leaks';

const deep = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

describe('the token stands', () => {
	it.each<[string, object, object, string]>([
		['at the root', {}, { body: '{"token": "fake"}' }, 'fake'],
		['deep', { valuePath: 'a.b[1]["c.d"]' }, { body: '{"a":{"b":[0,{"c.d":"fake"}]}}' }, 'fake'],
		['as a number', { valuePath: '$.id' }, { body: '{"id": 12345678}' }, '12345678'],
		[
			'below __proto__',
			{ valuePath: '__proto__.t' },
			{ body: '{"__proto__":{"t":"fake"}}' },
			'fake',
		],
		['after a BOM', {}, { body: '\uFEFF{"token": "fake"}' }, 'fake'],
		[
			'in a header',
			{ valueFrom: 'header', valuePath: 'X-Token' },
			{ headers: { 'x-token': 'fake' } },
			'fake',
		],
		[
			'in a cookie',
			{ valueFrom: 'cookie', valuePath: 'SID' },
			{ headers: { 'set-cookie': ['sid=no; Path=/', 'SID="fake=="; Max-Age=60; Expires=0'] } },
			'"fake=="',
		],
		[
			'in the second cookie of that name, when the first one ends',
			{ valueFrom: 'cookie', valuePath: 'SID' },
			{
				headers: {
					'set-cookie': ['SID=old; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'SID=fake; Path=/'],
				},
			},
			'fake',
		],
		['in the body', { valueFrom: 'body' }, { body: ' fake\n' }, 'fake'],
		['in the body, in quotes', { valueFrom: 'body' }, { body: '"fa\\u006be"' }, 'fake'],
		[
			'in XML',
			{ valueFrom: 'xml', valuePath: 'Key' },
			{ body: '<?xml version="1.0"?><s:a xmlns:s="x"><s:Key id="1"> a&amp;b </s:Key></s:a>' },
			'a&b',
		],
		[
			'in XML, as it is written',
			{ valueFrom: 'xml', valuePath: 'Key' },
			{ body: '<a><!-- <Key>old</Key> --><Key><![CDATA[a&b<c]]></Key></a>' },
			'a&b<c',
		],
		[
			'in XML, by numbers of characters',
			{ valueFrom: 'xml', valuePath: 'Key' },
			{ body: '<Key>a&#43;b&#x2f;c&#61;&#x110000;&unknown;</Key>' },
			'a+b/c=&#x110000;&unknown;',
		],
		['at a name with dots', { valuePath: 'auth.token' }, { body: '{"auth.token":"fake"}' }, 'fake'],
		['after its scheme', {}, { body: '{"token":"Bearer fake"}' }, 'fake'],
		['after its scheme in the body', { valueFrom: 'body' }, { body: 'bearer fake' }, 'fake'],
		[
			'after its scheme in a header',
			{ valueFrom: 'header', valuePath: 'Authorization' },
			{ headers: { authorization: 'Bearer fake' } },
			'fake',
		],
		[
			'in a cookie, which goes back as it came',
			{ valueFrom: 'cookie', valuePath: 'access_token' },
			{ headers: { 'set-cookie': ['access_token="Bearer fake"; HttpOnly'] } },
			'"Bearer fake"',
		],
		[
			'as a number of any length',
			{ valuePath: 'id' },
			{ body: '{"id": 12345678901234567890}' },
			'12345678901234567890',
		],
	])('%s', async (_where, change, response, token) => {
		expect((await tokenIn(change as never, response)).token).toBe(token);
	});
});

it('a value that comes with it keeps all its digits', async () => {
	const extraValues = { values: [{ name: 'user', from: 'json', path: 'user_id' }] };
	const body = '{"token":"fake","user_id":17841405822304913}';
	expect((await tokenIn({ extraValues }, { body })).extra).toEqual({ user: '17841405822304913' });
});

it('a claim may be called like an address', async () => {
	const claims = Buffer.from('{"https://example.com/tenant":"acme"}').toString('base64url');
	const extraValues = {
		values: [{ name: 'tenant', from: 'claim', path: 'https://example.com/tenant' }],
	};
	const body = JSON.stringify({ token: `eyJhbGciOiJub25lIn0.${claims}.` });
	expect((await tokenIn({ extraValues }, { body })).extra).toEqual({ tenant: 'acme' });
});

describe('a login is refused', () => {
	const message = async (change: object, response: object) => {
		const error = await thrownBy(async () => await tokenIn(change as never, response));
		return error as Error & { credentialRejected: boolean; isTransient: boolean };
	};

	it.each<[string, object, object]>([
		['with an error in JSON', {}, { body: '{"error":"no"}' }],
		['with an empty token', {}, { body: '{"token":"  "}' }],
		['with a token that is null', {}, { body: '{"token":null}' }],
		['with a token that is an object', {}, { body: '{"token":{"a":1}}' }],
		['with what every object has', { valuePath: 'constructor.name' }, { body: '{}' }],
		['with a page', {}, { body: '<html>Sign in</html>' }],
		['with a page where any text is a token', { valueFrom: 'body' }, { body: '<html></html>' }],
		['with nothing', { valueFrom: 'body' }, { body: '' }],
		['with a sentence', { valueFrom: 'body' }, { body: 'Invalid user or password' }],
		['with a sentence in quotes', { valueFrom: 'body' }, { body: '"Wrong password"' }],
		[
			'with much that begins as a comment',
			{ valueFrom: 'xml', valuePath: 'a' },
			{ body: '<!--<![CDATA['.repeat(100_000) },
		],
		[
			'with a cookie that ends',
			{ valueFrom: 'cookie', valuePath: 'S' },
			{ headers: { 'set-cookie': 'S=x; max-age=0' } },
		],
		['with 401, whatever it holds', {}, { status: 401, body: '{"token":"fake"}' }],
		['with JSON that is too deep', {}, { body: deep(200_000) }],
		['with JSON that is cut off', {}, { body: '{"token":"fa' }],
		['with much text', { valueFrom: 'xml', valuePath: 'a' }, { body: '<a '.repeat(500_000) }],
	])('%s', async (_how, change, response) => {
		const error = await message(change, response);
		expect(error).toMatchObject({ name: 'VendorError', credentialRejected: true });
		expect(error.message.length).toBeLessThan(400);
	});

	it.each([408, 429, 500, 502, 503, 504])('not by %s, which says to try later', async (status) => {
		expect(await message({}, { status, body: '{}' })).toMatchObject({
			message: `The service cannot issue a token at the moment (HTTP ${status})`,
			credentialRejected: false,
			isTransient: true,
		});
	});

	it.each([
		['"Incorrect password"', ': Incorrect password'],
		['Incorrect password\n', ': Incorrect password'],
		['{"message":"No"}', ': No'],
		// Vault, Okta, Zoom, Tableau, NSX, Kingdee, Django, Salesforce, WordPress, Zabbix and Odoo.
		['{"errors":["invalid secret id"]}', ': invalid secret id'],
		['{"errorCode":"E4","errorSummary":"Authentication failed"}', ': Authentication failed'],
		['{"reason":"Invalid client","error":"invalid_client"}', ': Invalid client'],
		['{"error":{"summary":"Signin","detail":"Not signed in"}}', ': Not signed in'],
		['{"error_message":"Locked","error_code":403}', ': Locked'],
		['{"Message":"用户名或密码错误","LoginResultType":0}', ': 用户名或密码错误'],
		['{"non_field_errors":["Unable to log in"]}', ': Unable to log in'],
		['[{"message":"Session expired","errorCode":"X"}]', ': Session expired'],
		['{"message":"<strong>Error:</strong> <a href=\\"x\\">Lost?</a>"}', ': Error: Lost?'],
		['{"error":{"message":"Application error.","data":"Blocked."}}', ': Blocked.'],
		['{"error":{"message":"Odoo Server Error","data":{"message":"Denied"}}}', ': Denied'],
	])('with the words of the service, where it is %j', async (body, said) => {
		expect((await message({}, { status: 400, body })).message).toBe(
			`The service did not issue a token (HTTP 400)${said}`,
		);
	});

	it.each([
		['<html><title>Sign in</title>fake-token', 'a web page instead of JSON, "Sign in"'],
		['<p>Incorrect password</p>', 'a web page instead of JSON'],
		['<Login><Key>fake-token</Key></Login>', 'XML instead of JSON'],
		['{"token":', 'JSON that is broken'],
		['fake-token', 'plain text instead of JSON', 200],
		['x'.repeat(201), 'plain text instead of JSON'],
	])('by what came in its place: %j', async (body, kind, status = 400) => {
		const error = await message({}, { status, body });
		expect(error.message).toBe(`The service responded to the login with ${kind} (HTTP ${status})`);
		expect(error).toMatchObject({ credentialRejected: true });
		expect(everythingIn(error)).not.toContain('fake-token');
	});

	it('and shows no text that may be the token', async () => {
		const { message: text } = await message({}, { body: '"fake-token"' });
		expect(text).toBe('The service did not issue a token (HTTP 200)');
	});

	it('and says what stands in the response, but no value', async () => {
		const body = '{"ok":true,"data":{"accessToken":"fake-token","user":{"id":7}},"old token":"x"}';
		expect(await message({}, { body })).toMatchObject({
			description:
				'The response has data.accessToken, data.user.id. Set "Token Is At" to one of them.',
		});
	});

	it.each<[string, object, object, string]>([
		['a custom service', {}, { status: 401 }, 'Check the Username, the Password and the Token URL'],
		['Directus', { service: 'directus' }, { status: 401 }, 'Check the Email, the Password and the'],
		[
			'Shopware',
			{ service: 'shopware' },
			{ body: '{}' },
			'refused the Access Key ID or the Secret',
		],
		['Feishu', { service: 'feishu' }, { status: 302 }, 'Set the Base URL of the credential'],
	])(
		'and its advice names the fields that the form of %s shows',
		async (_s, change, answer, advice) => {
			expect(await message(change, answer)).toMatchObject({
				description: expect.stringContaining(advice) as string,
			});
		},
	);

	it.each(['fake\u0000', 'fake\ntoken', 'fäke', '张三', '\u007f'])(
		'where the token, %j, would not arrive as it came',
		async (token) => {
			expect(await message({}, { body: JSON.stringify({ token }) })).toMatchObject({
				message:
					'The service reported success but sent a token with characters that no header can carry',
				description:
					'It stands at the JSON path "token" of the response. Check that the token is there, and the Token URL of the credential.',
			});
		},
	);

	it('where a value that comes with the token is missing', async () => {
		const extraValues = { values: [{ name: 'csrf', from: 'claim', path: 'csrf' }] };
		expect(await message({ extraValues }, { body: '{"token":"fake"}' })).toMatchObject({
			message: 'The token response has no value for "csrf"',
			credentialRejected: true,
		});
	});
});

describe('a token expires', () => {
	const expiry = async (change: object, body: object) =>
		(await tokenIn(change as never, { body: JSON.stringify({ token: 'fake', ...body }) }))
			.expiresAt;

	const field = (lifetimeUnit: string) => ({
		lifetime: 'field',
		lifetimePath: 'left',
		lifetimeUnit,
	});

	it.each([
		['s', 600, NOW + 600_000],
		['s', '600', NOW + 600_000],
		['ms', 900_000, NOW + 900_000],
		['min', 30, NOW + 1_800_000],
		['unixS', 1_800_000_000, 1_800_000_000_000],
		['unixMs', 1_800_000_000_000, 1_800_000_000_000],
		['iso', '2026-01-01T01:00:00Z', NOW + 3_600_000],
		['iso', '2026-01-01T02:00:00+01:00', NOW + 3_600_000],
		['iso', '2026-01-01 01:00:00', NOW + 3_600_000],
		['iso', '2026-01-01T01:00:00.0000000', NOW + 3_600_000],
		['iso', 'Thu, 01 Jan 2026 01:00:00 GMT', NOW + 3_600_000],
		['s', 0, NOW],
	])('by a field in %s: %j', async (unit, left, at) => {
		expect(await expiry(field(unit), { left })).toBe(at);
	});

	it.each([undefined, null, '', 'soon', {}])('never by itself, when it is %j', async (left) => {
		expect(await expiry(field('s'), { left })).toBe(Infinity);
	});

	it.each<[string, unknown]>([
		['s', -1],
		['unixMs', 1_800_000_000],
		['unixS', 0],
		['iso', '0001-01-01T00:00:00Z'],
	])('never by itself, when it has passed as it comes: %s %j', async (unit, left) => {
		expect(await expiry(field(unit), { left })).toBe(Infinity);
	});

	it('after fixed seconds', async () => {
		expect(await expiry({ lifetime: 'fixed', lifetimeSeconds: 60 }, {})).toBe(NOW + 60_000);
	});

	it('by its claim', async () => {
		const claims = Buffer.from('{"exp":1800000000}').toString('base64url');
		expect(await expiry({}, { token: `eyJhbGciOiJub25lIn0.${claims}.` })).toBe(1_800_000_000_000);
	});
});
