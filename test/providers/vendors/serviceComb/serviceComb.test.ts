import { InputError, VendorError } from '../../../../providers/kit/errors';
import type { Environment } from '../../../../providers/kit/provider';
import { serviceComb } from '../../../../providers/vendors/serviceComb/vendor';
import { toTokenItem } from '../../../../providers/tokens/tokenItem';
import {
	EC_PUBLIC_KEY,
	OTHER_PUBLIC_KEY,
	PKCS1_PUBLIC_KEY,
	PUBLIC_KEY,
	RS256_TOKEN,
	SAMPLE_TOKEN,
	SHORT_PUBLIC_KEY,
	SIGNED_TOKEN,
} from '../../../support/engineKeys';
import { thrownBy } from '../../../support/leaks';
import { response } from '../../../support/responses';

/** An hour before the sample expires. */
const NOW = Date.parse('2022-04-22T00:41:41.000Z');

const surroundings: Environment = {
	now: () => NOW,
	randomBytes: () => {
		throw new Error('Nothing is random here');
	},
};

const data = {
	baseUrl: 'https://engine.example:30100',
	name: 'root',
	password: 'fake-password',
};

const credentials = serviceComb.readCredentials(data);

describe('the token request', () => {
	test('is a login in JSON', () => {
		expect(serviceComb.tokenRequest({ credentials, options: {}, env: surroundings })).toEqual({
			method: 'POST',
			url: 'https://engine.example:30100/v4/token',
			headers: { 'Content-Type': 'application/json' },
			body: '{"name":"root","password":"fake-password"}',
		});
	});

	test.each([
		'15m',
		'24h',
		'1h30m',
		'0.25h',
		'900s',
		'23h59m60s',
		'900000ms',
		'900000000us',
		'900000000µs',
		'900000000000ns',
		'900000000μs',
		'+15m',
		'.5h',
		'1.h',
		'+1.h30m',
		' 12h ',
	])('asks for a lifetime of %s', (tokenExpirationTime) => {
		const { body } = serviceComb.tokenRequest({
			credentials,
			options: { tokenExpirationTime },
			env: surroundings,
		});
		expect(JSON.parse(body ?? '')).toEqual({
			name: 'root',
			password: 'fake-password',
			tokenExpirationTime: tokenExpirationTime.trim(),
		});
	});

	test('leaves an empty lifetime to the engine', () => {
		const { body } = serviceComb.tokenRequest({
			credentials,
			options: { tokenExpirationTime: ' ' },
			env: surroundings,
		});
		expect(body).toBe('{"name":"root","password":"fake-password"}');
	});

	test.each(['14m59s', '24h1s', '12', '12 h', '1d', '-1h', 'h', '.h', '++1h', '1h,30m', '12H'])(
		'is not made for a lifetime of %s',
		async (tokenExpirationTime) => {
			const error = await thrownBy(() =>
				serviceComb.tokenRequest({
					credentials,
					options: { tokenExpirationTime },
					env: surroundings,
				}),
			);
			expect(error).toBeInstanceOf(InputError);
			expect((error as InputError).message).toBe(
				`The Token Expiration Time "${tokenExpirationTime}" is not a duration from 15m to 24h`,
			);
		},
	);
});

test('a business call carries the token after one space', () => {
	const call = { method: 'POST', url: 'https://engine.example:30100/v4/self-perms' };
	expect(
		serviceComb.authorize({
			credentials,
			token: { token: 'a.b.c' },
			request: call,
			env: surroundings,
		}),
	).toEqual({
		headers: { Authorization: 'Bearer a.b.c' },
	});
});

describe('the response to a business call', () => {
	const read = (status: number, body: unknown) =>
		serviceComb.readCallResponse?.({
			credentials,
			response: {
				...response(status, body),
				url: 'https://engine.example:30100/v4/default/registry',
			},
			env: surroundings,
		});

	test.each([
		[200, {}],
		[200, { errorCode: '400012' }],
		[401, { message: 'Unauthorized' }],
		[404, '404 page not found'],
		[405, 'Method Not Allowed'],
		[502, '<html></html>'],
	])('of status %i with %j is no refusal of an engine', (status, body) => {
		expect(read(status, body)).toBeNull();
	});

	const FIELD = "field 'MicroService.ServiceName' invalid value '' does not match rule";

	test.each([
		[
			400,
			'400001',
			'Invalid parameter(s)',
			FIELD,
			`ServiceComb did not carry out the call (400001): Invalid parameter(s): ${FIELD}`,
			null,
		],
		[
			401,
			'401201',
			'Request unauthorized',
			'no valid resouce scope',
			'ServiceComb does not allow this account to make this call (401201): Request unauthorized: no valid resouce scope',
			'unaffected',
		],
		[
			401,
			'401201',
			'Request unauthorized',
			'no role found in token',
			'ServiceComb does not allow this account to make this call (401201): Request unauthorized: no role found in token',
			'outdated',
		],
		[
			401,
			'401201',
			'Request unauthorized',
			'crypto/rsa: verification error',
			'ServiceComb did not accept the token (401201): Request unauthorized: crypto/rsa: verification error',
			'refused',
		],
		[
			401,
			'401205',
			'Token is expired',
			'',
			'ServiceComb did not accept the token (401205): Token is expired',
			'refused',
		],
		[
			401,
			'401206',
			'The account that owns the token is deleted',
			'account [reader] is deleted',
			'The account that the token was made for is deleted (401206): The account that owns the token is deleted: account [reader] is deleted',
			'unaffected',
		],
		[
			403,
			'403205',
			'No permission(s)',
			'role has no permissions[service:create]',
			'ServiceComb does not allow this account to make this call (403205): No permission(s): role has no permissions[service:create]',
			'outdated',
		],
		[
			403,
			'403202',
			'Forbid to operate build-in account(s)',
			'root can not be operated',
			'ServiceComb does not allow this account to make this call (403202): Forbid to operate build-in account(s): root can not be operated',
			'unaffected',
		],
		[
			401,
			'401207',
			'Password is wrong',
			'',
			'The current password in the call is wrong (401207): Password is wrong',
			'unaffected',
		],
		[
			401,
			'401202',
			'User name or password is wrong',
			'',
			'ServiceComb refused the name or the password in the call (401202): User name or password is wrong',
			'unaffected',
		],
		[
			401,
			'401302',
			'User name or password is wrong',
			'RBAC system is half opening',
			'ServiceComb refused the name or the password in the call (401302): User name or password is wrong: RBAC system is half opening',
			'unaffected',
		],
		[
			403,
			'403201',
			'Account blocked',
			'',
			'ServiceComb has blocked this account from this address (403201): Account blocked',
			'unaffected',
		],
		[
			403,
			'403203',
			'Forbid to operate build-in role(s)',
			'',
			'ServiceComb does not allow this account to make this call (403203): Forbid to operate build-in role(s)',
			'unaffected',
		],
		[
			403,
			'403204',
			'Forbid to operate yourself',
			'',
			'ServiceComb does not allow this account to make this call (403204): Forbid to operate yourself',
			'unaffected',
		],
		[
			409,
			'409200',
			'account name is duplicated',
			'',
			'ServiceComb did not carry out the call (409200): account name is duplicated',
			null,
		],
	])(
		'of status %i with code %s says the reason',
		(status, errorCode, errorMessage, detail, message, tokenState) => {
			const refusal = read(status, { errorCode, errorMessage, ...(detail && { detail }) });
			expect(refusal).toBeInstanceOf(VendorError);
			expect(refusal).toMatchObject({
				message,
				tokenState,
				vendorCode: errorCode,
				httpStatus: status,
				credentialRejected: false,
			});
		},
	);

	test('of status 403 may be about old roles, whoever says it', () => {
		expect(read(403, 'Forbidden')).toMatchObject({
			message: 'ServiceComb does not allow this account to make this call (HTTP 403): Forbidden',
			vendorCode: '403',
			tokenState: 'outdated',
		});
	});
});

it('lets its token go to the configuration center of the engine', () => {
	expect(serviceComb.hosts.ports).toEqual([30103, 30110]);
});

describe('the token response', () => {
	const read = async (status: number, body: unknown, more: object = {}) =>
		await serviceComb.readTokenResponse({
			credentials: serviceComb.readCredentials({ ...data, ...more }),
			options: {},
			response: response(status, body),
			env: surroundings,
		});

	test('gives a token item without a time of issue', async () => {
		const token = await read(200, { token: SAMPLE_TOKEN });
		expect(toTokenItem(serviceComb, credentials, token, NOW)).toEqual({
			token: SAMPLE_TOKEN,
			headerName: 'Authorization',
			headerValue: `Bearer ${SAMPLE_TOKEN}`,
			issuedAt: null,
			expiresAt: '2022-04-22T01:41:41.000Z',
			expiresIn: 3600,
			claims: { account: 'root', exp: 1650591701, roles: ['admin'] },
		});
	});

	test.each([{}, { token: '' }, { token: 7 }])('of %j holds no token', async (body) => {
		expect(await thrownBy(() => read(200, body))).toMatchObject({
			message: 'ServiceComb reported success but sent no token',
			credentialRejected: false,
		});
	});

	test.each([
		[
			'401202',
			401,
			'User name or password is wrong',
			true,
			/not retried, since wrong logins block/,
		],
		['403201', 403, 'Account blocked', true, /too many wrong logins/],
		['400001', 400, 'Invalid parameter(s)', false, /Token Expiration Time/],
		['500003', 500, 'Internal server error', false, /Try again later/],
	])(
		'with errorCode %s is a refusal of its own',
		async (errorCode, status, errorMessage, credentialRejected, advice) => {
			const error = await thrownBy(() =>
				read(status, { errorCode, errorMessage, detail: 'seen at node 2' }),
			);
			expect(error).toBeInstanceOf(VendorError);
			expect(error).toMatchObject({
				vendorCode: errorCode,
				httpStatus: status,
				credentialRejected,
				isTransient: errorCode === '500003',
			});
			expect((error as VendorError).message).toMatch(
				new RegExp(`\\(${errorCode}\\): ${errorMessage.replace(/[()]/g, '\\$&')}: seen at node 2$`),
			);
			expect((error as VendorError).description).toMatch(advice);
		},
	);

	test('takes 401302 for a wrong password, too', async () => {
		const error = await thrownBy(() =>
			read(401, { errorCode: '401302', errorMessage: 'User name or password is wrong' }),
		);
		expect(error).toMatchObject({
			message:
				'ServiceComb refused the name or the password (401302): User name or password is wrong',
			credentialRejected: true,
		});
	});

	test('says of a wrong password that it was not tried again', async () => {
		const error = await thrownBy(() => read(401, { errorCode: '401202' }));
		expect(error).toMatchObject({
			message: 'ServiceComb refused the name or the password (401202)',
		});
		expect((error as VendorError).description).toContain('was not retried');
	});

	test.each([
		[401, 'Unauthorized', true, false, 'ServiceComb refused the login (HTTP 401): Unauthorized'],
		[
			403,
			'<html>Forbidden</html>',
			false,
			false,
			'ServiceComb responded to the token request with a web page instead of JSON (HTTP 403)',
		],
		[
			400,
			'Client sent an HTTP request to an HTTPS server.\n',
			false,
			false,
			'This port of ServiceComb speaks HTTPS, and was called over HTTP',
		],
		[
			404,
			'404 page not found',
			false,
			false,
			'There is no ServiceComb token endpoint at this base URL (HTTP 404): 404 page not found',
		],
		[
			405,
			'Method Not Allowed',
			false,
			false,
			'ServiceComb did not issue a token (HTTP 405): Method Not Allowed',
		],
		[
			500,
			'x'.repeat(500),
			false,
			true,
			'ServiceComb cannot issue a token at the moment (HTTP 500)',
		],
		[503, '', false, true, 'ServiceComb cannot issue a token at the moment (HTTP 503)'],
	])(
		'of status %i in plain text goes by the status',
		async (status, body, credentialRejected, isTransient, message) => {
			expect(await thrownBy(() => read(status, body))).toMatchObject({
				message,
				vendorCode: String(status),
				credentialRejected,
				isTransient,
			});
		},
	);

	test('of status 404 says that security authentication may be off', async () => {
		const error = await thrownBy(() => read(404, '404 page not found'));
		expect((error as VendorError).description).toContain(
			'security authentication is not enabled on this engine',
		);
	});

	test('of status 200 in plain text is refused as such', async () => {
		expect(await thrownBy(() => read(200, 'OK'))).toMatchObject({
			message:
				'ServiceComb responded to the token request with plain text instead of JSON (HTTP 200)',
		});
	});

	describe('when a public key is set', () => {
		const base64 = PUBLIC_KEY.split('\n').slice(1, -1).join('');

		test.each([
			['as it is', PUBLIC_KEY],
			['in the older format', PKCS1_PUBLIC_KEY],
			['on one line', PUBLIC_KEY.replaceAll('\n', '')],
			['with spaces for line breaks', ` ${PUBLIC_KEY.replaceAll('\n', ' ')} `],
			['with Windows line breaks', PUBLIC_KEY.replaceAll('\n', '\r\n')],
			['with indented and blank lines', `\n${PUBLIC_KEY.replaceAll('\n', '\n\n\t')}\n`],
			['with line breaks written out', PUBLIC_KEY.replaceAll('\n', '\\n')],
		])('takes a token signed by the engine, with the key %s', async (_name, publicKey) => {
			const { token, expiresAt } = await read(200, { token: SIGNED_TOKEN }, { publicKey });
			expect(token).toBe(SIGNED_TOKEN);
			expect(expiresAt).toBe(1650591701000);
		});

		test.each([
			['signed by another engine', SIGNED_TOKEN, OTHER_PUBLIC_KEY],
			['with a changed signature', SAMPLE_TOKEN, PUBLIC_KEY],
			['signed in another way', RS256_TOKEN, PUBLIC_KEY],
			['not signed at all', `eyJhbGciOiJub25lIn0.${SIGNED_TOKEN.split('.')[1]}.`, PUBLIC_KEY],
			['that is no JWT', 'opaque', PUBLIC_KEY],
		])('refuses a token %s', async (_name, token, publicKey) => {
			const error = await thrownBy(() => read(200, { token }, { publicKey }));
			expect(error).toBeInstanceOf(VendorError);
			expect(error).toMatchObject({
				message: "The token was not signed with this engine's key, so it is not used",
				credentialRejected: false,
			});
		});

		test('refuses a token that has expired, and names the clocks', async () => {
			const late: Environment = { ...surroundings, now: () => 1650591701000 };
			const verifying = serviceComb.readCredentials({ ...data, publicKey: PUBLIC_KEY });
			const error = await thrownBy(() =>
				serviceComb.readTokenResponse({
					credentials: verifying,
					options: {},
					response: response(200, { token: SIGNED_TOKEN }),
					env: late,
				}),
			);
			expect(error).toMatchObject({
				message: 'ServiceComb sent a token that has already expired',
				description: 'Check the clocks of the engine and of the machine n8n runs on.',
			});
		});

		test.each([
			['without its first and last line', base64],
			['cut short', PUBLIC_KEY.split('\n').toSpliced(3, 1).join('\n')],
			['of another kind', EC_PUBLIC_KEY],
			['that is too short', SHORT_PUBLIC_KEY],
			['that is private', PUBLIC_KEY.replaceAll('PUBLIC', 'PRIVATE')],
			['with nothing in it', '-----BEGIN PUBLIC KEY----- -----END PUBLIC KEY-----'],
		])('refuses a key %s before any call', async (_name, publicKey) => {
			const error = await thrownBy(() => serviceComb.readCredentials({ ...data, publicKey }));
			expect(error).toBeInstanceOf(InputError);
			expect((error as InputError).message).toBe(
				'The Public Key of the credential is not an RSA public key in PEM',
			);
		});
	});
});

describe('the credential', () => {
	test('is trimmed, and what is optional has a default', () => {
		expect(
			serviceComb.readCredentials({
				baseUrl: ' https://engine.example:30100/\n',
				name: ' root ',
				password: '\tfake-password\r\n',
				publicKey: ' ',
			}),
		).toEqual({
			baseUrl: 'https://engine.example:30100',
			allowedDomains: null,
			name: 'root',
			password: 'fake-password',
			allowUnauthorizedCerts: false,
			publicKey: null,
		});
	});

	test.each([
		[true, true],
		['true', true],
		[false, false],
		['false', false],
	])('with allowUnauthorizedCerts %j reads %j', (allowUnauthorizedCerts, expected) => {
		expect(
			serviceComb.readCredentials({ ...data, allowUnauthorizedCerts }).allowUnauthorizedCerts,
		).toBe(expected);
	});

	test.each([
		['https://engine.example:30100/v4/token', '/v4/token'],
		['https://engine.example:30100/v4/token/', '/v4/token'],
		['https://engine.example:30100/v4', '/v4'],
		['https://gateway.example/engine/v4/', '/v4'],
	])('with the Base URL %s is refused: it says too much', async (baseUrl, end) => {
		const error = await thrownBy(() => serviceComb.readCredentials({ ...data, baseUrl }));
		expect(error).toBeInstanceOf(InputError);
		expect(error).toMatchObject({
			message: `The Base URL of the credential must not end in ${end}`,
			description: expect.stringContaining(`leave out ${end}`) as string,
		});
	});

	test.each(['baseUrl', 'name', 'password'])('needs %s', (field) => {
		expect(() => serviceComb.readCredentials({ ...data, [field]: ' ' })).toThrow(InputError);
	});

	test('has one secret', () => {
		expect(serviceComb.secretsOf({ credentials })).toEqual(['fake-password']);
	});
});
