import { agentAuth } from '../../../../providers/vendors/agentAuth/vendor';
import { InputError, VendorError } from '../../../../providers/kit/errors';
import type { Environment } from '../../../../providers/kit/provider';
import { toTokenItem } from '../../../../providers/tokens/tokenItem';
import { everythingIn, thrownBy } from '../../../support/leaks';
import { response } from '../../../support/responses';

const NOW = 1769745532582;
const API_KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const LOG_UUID = '24cdc3b9-9fe8-44de-8391-a96863e46954';

/** The claims of the vendor's sample, {agentId, iat: 1769745532, exp: 1769749132}. */
const TOKEN =
	'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhZ2VudElkIjoiaW50ZWdyYXRvck5CVGVzdDA0IiwiaWF0IjoxNzY5NzQ1NTMyLCJleHAiOjE3Njk3NDkxMzJ9.abc123def456';

const data = {
	baseUrl: 'https://api.example.com',
	agentId: 'integratorNBTest01',
	secret: 'examplesecret==',
	apiKey: API_KEY,
	signatureFormat: 'delimited',
};

const RANDOM: Record<number, string> = {
	12: '000102030405060708090a0b',
	16: '4ff08bc2a45c6b38068dbcd24296a25b',
};

const surroundings: Environment = {
	now: () => NOW,
	randomBytes: (length) => new Uint8Array(Buffer.from(RANDOM[length] ?? '', 'hex')),
};

const credentials = agentAuth.readCredentials(data);

const LOGIN =
	'{"cipherText":"AAECAwQFBgcICQoL7POJZhJm5HKI9PUW4O8aJA==PCC3fKCLtlLpY62p2IcMCOSk5kCfCRE+bAKW8S1YIp4jY8uf3aRmuk6GGpXp6lhUiyoF7iiz1+cCtVc="}';

const EMPTY_CALL = '{"cipherText":"AAECAwQFBgcICQoLld+Gkg09YAHPqXm0sLXZ2g==PH8="}';

describe('the token request', () => {
	test('is encrypted and signed', () => {
		expect(agentAuth.tokenRequest({ credentials, options: {}, env: surroundings })).toEqual({
			method: 'POST',
			url: 'https://api.example.com/v2/auth',
			headers: {
				'Content-Type': 'application/json',
				'x-agentid': 'integratorNBTest01',
				'x-timestamp': '1769745532582',
				'x-nonce': '4ff08bc2a45c6b38068dbcd24296a25b',
				'x-signature': 'f3af104ee4afaf4c27445275f9c634bcaebb759bea43271bf89073ab61f8b241',
			},
			body: LOGIN,
		});
	});

	test('is signed in the other format when the credential says so', () => {
		const concatenated = agentAuth.readCredentials({ ...data, signatureFormat: 'concatenated' });
		const { headers, body } = agentAuth.tokenRequest({
			credentials: concatenated,
			options: {},
			env: surroundings,
		});
		expect(headers['x-signature']).toBe(
			'8c5e62025973d3dc3738a3398b821f997049a674635ac7e1accaa02ad58e6e36',
		);
		expect(body).toBe(LOGIN);
	});
});

describe('a business call', () => {
	test.each([
		['no body', undefined],
		['null', null],
		['an empty text', ''],
		['white space', ' \n'],
		['an empty object', {}],
		['the text of an empty object', '{}'],
	])('with %s encrypts {}', (_name, body) => {
		const call = { method: 'POST', url: 'https://api.example.com/v2/games', body };
		expect(
			agentAuth.authorize({
				credentials,
				token: { token: 'a.b.c' },
				request: call,
				env: surroundings,
			}),
		).toEqual({
			headers: {
				'Content-Type': 'application/json',
				'x-agentid': 'integratorNBTest01',
				'x-timestamp': '1769745532582',
				'x-nonce': '4ff08bc2a45c6b38068dbcd24296a25b',
				'x-signature': '3889d44757ad311f149db7ac29d9f6c0a84181012c632828e850d3f1c79b5640',
				Authorization: 'Bearer a.b.c',
			},
			body: EMPTY_CALL,
		});
	});

	test.each([
		['a value', { username: '玩家一', amount: -12.5 }],
		['text', '{"username":"玩家一","amount":-12.5}'],
	])('with JSON as %s encrypts it', (_name, body) => {
		const call = { method: 'POST', url: 'https://api.example.com/v2/members/balance', body };
		const authorization = agentAuth.authorize({
			credentials,
			token: { token: 'a.b.c' },
			request: call,
			env: surroundings,
		});
		expect(authorization.body).toBe(
			'{"cipherText":"AAECAwQFBgcICQoLIyVtBRzZUFiKucBqUk10wg==PCCjaKCXrHrgJLWxkw72xGZ4MdBI+31QGgaI6mgHdJA7PZ/OgfRv"}',
		);
		expect(authorization.headers['x-signature']).toBe(
			'a469f841fdb57e3e7d8b756b5179e5b13da5f1b77860c8fd7b1f496312ad6190',
		);
	});

	test('has a nonce and an IV of its own each time', () => {
		let count = 0;
		const counting: Environment = {
			now: () => NOW,
			randomBytes: (length) => new Uint8Array(length).fill((count += 1)),
		};
		const call = { method: 'POST', url: 'https://api.example.com/v2/games' };
		const first = agentAuth.authorize({
			credentials,
			token: { token: 'a.b.c' },
			request: call,
			env: counting,
		});
		const second = agentAuth.authorize({
			credentials,
			token: { token: 'a.b.c' },
			request: call,
			env: counting,
		});
		expect(second.headers['x-nonce']).not.toBe(first.headers['x-nonce']);
		expect(second.body?.slice(0, 31)).not.toBe(first.body?.slice(0, 31));
	});

	test('refuses text that is not JSON, and says so', async () => {
		const call = { method: 'POST', url: 'https://api.example.com/v2/games', body: '{username: x}' };
		const error = await thrownBy(() =>
			agentAuth.authorize({ credentials, token: { token: 'a' }, request: call, env: surroundings }),
		);
		expect(error).toBeInstanceOf(InputError);
		expect((error as InputError).message).toBe('The body of an Agent Auth call must be JSON');
	});

	test.each([
		['a buffer', Buffer.from('{}')],
		['a form', new URLSearchParams({ a: '1' })],
		['a multipart form', new FormData()],
		['a stream', { pipe: () => undefined }],
	])('refuses %s', async (_name, body) => {
		const call = { method: 'POST', url: 'https://api.example.com/v2/games', body };
		const error = await thrownBy(() =>
			agentAuth.authorize({ credentials, token: { token: 'a' }, request: call, env: surroundings }),
		);
		expect(error).toBeInstanceOf(InputError);
		expect((error as InputError).message).toBe('Agent Auth takes JSON only');
	});
});

describe('a business call that is not a POST', () => {
	test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('%s is refused by name', async (method) => {
		const call = { method, url: 'https://api.example.com/v2/games' };
		const error = await thrownBy(() =>
			agentAuth.authorize({ credentials, token: { token: 'a' }, request: call, env: surroundings }),
		);
		expect(error).toBeInstanceOf(InputError);
		expect(error).toMatchObject({
			message: `Agent Auth takes POST only, and the method is ${method}`,
			description: expect.stringContaining('Set "Method" to POST') as string,
		});
	});
});

describe('the response to a business call', () => {
	const read = (status: number, body: unknown) =>
		agentAuth.readCallResponse?.({
			credentials,
			response: { ...response(status, body), url: 'https://api.example.com/v2/games' },
			env: surroundings,
		});

	test.each([
		[200, { code: 0, message: 'No error.', data: {}, logUUID: LOG_UUID }],
		[200, { code: '0', data: [] }],
		[200, { games: [] }],
		[200, { code: 'AUD', rate: 1.5 }],
		[200, [{ code: 10 }]],
		[200, 'code 10'],
		[401, { message: 'Unauthorized' }],
		[502, '<html></html>'],
	])('of status %i with %j is no refusal of Agent Auth', (status, body) => {
		expect(read(status, body)).toBeNull();
	});

	test.each([
		[7, 'Agent Auth met an internal fault (code 7): why', true, null, /Try again later/],
		[
			10,
			'Agent Auth does not know this agent, or has blocked it (code 10): why',
			false,
			null,
			/whether the agent is active/,
		],
		[
			11,
			'Agent Auth could not read the parameters of the call (code 11): why',
			false,
			null,
			/every parameter/,
		],
		[12, 'Agent Auth did not authorize this agent (code 12): why', false, 'refused', /new token/],
		[77, 'Agent Auth received too many requests (code 77): why', true, null, /Wait a while/],
		[
			83,
			'Agent Auth did not accept the signature (code 83): why',
			false,
			null,
			/Signature Format.*clock/,
		],
		[84, 'Agent Auth could not decrypt the request (code 84): why', false, null, /API Key/],
		[
			99,
			'Agent Auth did not carry out the call (code 99): why',
			false,
			null,
			/what Agent Auth says/,
		],
	])('of code %i says what to do, and its logUUID', (code, message, isTransient, state, advice) => {
		const refusal = read(200, { code, message: 'why', logUUID: LOG_UUID });
		expect(refusal).toBeInstanceOf(VendorError);
		expect(refusal).toMatchObject({
			message,
			vendorCode: String(code),
			httpStatus: 200,
			isTransient,
			tokenState: state,
			credentialRejected: false,
		});
		expect(refusal?.description).toMatch(advice);
		expect(refusal?.description).toContain(LOG_UUID);
	});

	test('leaves it to HTTP 401 to say that the token is no longer good, whatever the code', () => {
		expect(read(401, { code: 83 })?.tokenState).toBe(null);
	});

	test('without a code still gives the logUUID', () => {
		const refusal = read(500, { message: 'Oops', logUUID: LOG_UUID });
		expect(refusal).toMatchObject({
			message: 'Agent Auth did not carry out the call (HTTP 500): Oops',
			vendorCode: '500',
		});
		expect(refusal?.description).toContain(LOG_UUID);
	});
});

test('another agent may log in than the one that calls', async () => {
	const two = agentAuth.readCredentials({
		...data,
		agentId: 'integratorNBTest04',
		bodyAgentId: ' integratorNBTest01 ',
	});
	const { headers, body } = agentAuth.tokenRequest({
		credentials: two,
		options: {},
		env: surroundings,
	});
	expect(headers['x-agentid']).toBe('integratorNBTest04');
	expect(body).toBe(LOGIN);
});

describe('without a code', () => {
	const call = (status: number, body: unknown) =>
		agentAuth.readCallResponse?.({
			credentials,
			response: { ...response(status, body), url: 'https://api.example.com/v2/games' },
			env: surroundings,
		});

	test('an answer of success is none of a refusal, with a logUUID, too', () => {
		expect(call(200, { data: [], logUUID: LOG_UUID })).toBeNull();
		expect(call(399, { logUUID: LOG_UUID })).toBeNull();
		expect(call(400, { data: [] })).toBeNull();
		expect(call(400, { logUUID: LOG_UUID })).toMatchObject({
			message: 'Agent Auth did not carry out the call (HTTP 400)',
		});
	});

	test('a 404 of the token endpoint says that the address is wrong', async () => {
		const error = await thrownBy(() =>
			agentAuth.readTokenResponse({
				credentials,
				options: {},
				response: response(404, {}),
				env: surroundings,
			}),
		);
		expect(error).toMatchObject({
			message: expect.stringContaining('There is no Agent Auth token endpoint at this base URL'),
			credentialRejected: false,
		});
	});
});

describe('the token response', () => {
	const read = (status: number, body: unknown, headers = {}) =>
		agentAuth.readTokenResponse({
			credentials,
			options: {},
			response: response(status, body, headers),
			env: surroundings,
		});
	const success = (more: object) => ({
		code: 0,
		message: 'No error.',
		data: { accessToken: TOKEN, expiresIn: 3600, tokenType: 'Bearer', ...more },
		logUUID: LOG_UUID,
	});

	test('gives a token item', async () => {
		const token = await read(200, success({}));
		expect(toTokenItem(agentAuth, credentials, token, NOW)).toEqual({
			token: TOKEN,
			headerName: 'Authorization',
			headerValue: `Bearer ${TOKEN}`,
			issuedAt: '2026-01-30T03:58:52.000Z',
			expiresAt: '2026-01-30T04:58:52.582Z',
			expiresIn: 3600,
			claims: { agentId: 'integratorNBTest04', iat: 1769745532, exp: 1769749132 },
			logUUID: LOG_UUID,
		});
	});

	test('is believed about the lifetime, whatever the claims say', async () => {
		expect((await read(200, success({ expiresIn: 86400 }))).expiresAt).toBe(1769831932582);
		expect((await read(200, success({ expiresIn: '60' }))).expiresAt).toBe(1769745592582);
	});

	test('without a lifetime leaves that to the claim exp', async () => {
		expect((await read(200, success({ expiresIn: undefined }))).expiresAt).toBe(1769749132000);
	});

	test('with a token that is not a JWT tells only what it knows', async () => {
		expect(await read(200, success({ accessToken: 'opaque', expiresIn: null }))).toEqual({
			token: 'opaque',
			issuedAt: null,
			expiresAt: null,
			claims: null,
			details: { logUUID: LOG_UUID },
		});
	});

	test('without a logUUID says so', async () => {
		const token = await read(200, { ...success({}), logUUID: undefined });
		expect(token.details).toEqual({ logUUID: null });
	});

	test.each([{}, { data: null }, { data: { accessToken: '' } }])(
		'with code 0 and no token in %j fails',
		async (part) => {
			const error = await thrownBy(() => read(200, { code: 0, logUUID: LOG_UUID, ...part }));
			expect(error).toBeInstanceOf(VendorError);
			expect(error).toMatchObject({
				message: 'Agent Auth reported success but sent no token',
				credentialRejected: false,
			});
			expect((error as VendorError).description).toContain(LOG_UUID);
		},
	);

	test.each([
		[10, 'Agent code was not found or block', true, false, /Agent ID and the Secret/],
		[11, 'Parameters error', false, false, /every field/],
		[12, 'Authorization failed', true, false, /may use this API/],
		[77, 'Too many requests', false, true, /Wait a while/],
		[83, 'Signature verification failed', true, false, /Signature Format.*clock/],
		[84, 'Encryption failed', true, false, /API Key/],
	])(
		'with code %i is a refusal under every HTTP status',
		async (code, message, credentialRejected, isTransient, advice) => {
			for (const status of [200, 400, 401, 503]) {
				const error = await thrownBy(() => read(status, { code, message, logUUID: LOG_UUID }));
				expect(error).toBeInstanceOf(VendorError);
				expect(error).toMatchObject({
					vendorCode: String(code),
					httpStatus: status,
					credentialRejected,
				});
				expect((error as VendorError).message).toContain(`(code ${code}): ${message}`);
				expect((error as VendorError).description).toMatch(advice);
				expect((error as VendorError).description).toContain(LOG_UUID);
			}
			const error = await thrownBy(() => read(200, { code, message }));
			expect((error as VendorError).isTransient).toBe(isTransient);
		},
	);

	test('of HTTP 401 or 403 without a code speaks of the agent, not of the Base URL', async () => {
		for (const [status, body] of [
			[401, { message: 'no' }],
			[403, {}],
			[401, ''],
			[403, 'Forbidden'],
		] as const) {
			const error = (await thrownBy(() => read(status, body))) as VendorError;
			expect(error.message).toContain(`Agent Auth did not issue a token (HTTP ${status})`);
			expect(error.credentialRejected).toBe(true);
			expect(error.description).toContain('Check the Agent ID and the Secret');
			expect(error.description).not.toContain('Base URL');
		}
	});

	test('with code 7 may pass', async () => {
		expect(await thrownBy(() => read(200, { code: 7, message: 'Internal error' }))).toMatchObject({
			message: 'Agent Auth met an internal fault (code 7): Internal error',
			credentialRejected: false,
			isTransient: true,
		});
	});

	test('with a code nobody has described is a refusal too', async () => {
		expect(await thrownBy(() => read(200, { code: 99, message: 'Odd' }))).toMatchObject({
			message: 'Agent Auth did not issue a token (code 99): Odd',
			vendorCode: '99',
			credentialRejected: false,
			isTransient: false,
		});
	});

	test.each([
		[401, {}, true, false],
		[403, { message: 'Forbidden' }, true, false],
		[404, { message: 'Not Found' }, false, false],
		[500, { message: 'Oops' }, false, true],
		[503, { message: 'Busy' }, false, true],
		[200, { code: null }, false, false],
	])(
		'of status %i with %j goes by the status',
		async (status, body, credentialRejected, isTransient) => {
			expect(await thrownBy(() => read(status, body))).toMatchObject({
				vendorCode: String(status),
				credentialRejected,
				isTransient,
			});
		},
	);

	test('passes on when the next try is possible', async () => {
		const busy = { code: 77, message: 'Too many requests' };
		expect(await thrownBy(() => read(429, busy, { 'retry-after': '7' }))).toMatchObject({
			retryAfterMs: 7000,
		});
	});

	test('that is a web page is refused as such', async () => {
		expect(await thrownBy(() => read(200, '<html></html>'))).toMatchObject({
			message:
				'Agent Auth responded to the token request with a web page instead of JSON (HTTP 200)',
		});
	});
});

describe('the credential', () => {
	test('is trimmed, and the signature format has a default', () => {
		expect(
			agentAuth.readCredentials({
				baseUrl: ' https://api.example.com/ ',
				agentId: ' integratorNBTest01\n',
				secret: '\texamplesecret== ',
				apiKey: ` ${API_KEY.toUpperCase()}\r\n`,
			}),
		).toEqual({
			baseUrl: 'https://api.example.com',
			allowUnauthorizedCerts: false,
			allowedDomains: null,
			agentId: 'integratorNBTest01',
			secret: 'examplesecret==',
			apiKey: API_KEY.toUpperCase(),
			signatureFormat: 'delimited',
		});
	});

	test.each(['baseUrl', 'agentId', 'secret', 'apiKey'])('needs %s', (field) => {
		expect(() => agentAuth.readCredentials({ ...data, [field]: ' ' })).toThrow(InputError);
	});

	test.each(['agent-小', 'agënt', 'agent\n1', 'agent\0'])(
		'refuses the agent ID %j by name, since it goes into a header',
		(agentId) => {
			expect(() => agentAuth.readCredentials({ ...data, agentId })).toThrow(
				'The Agent ID of the credential has characters that no header can carry',
			);
		},
	);

	test.each([
		API_KEY.slice(1),
		`${API_KEY}0`,
		`${API_KEY.slice(1)}g`,
		`${API_KEY.slice(0, 32)} ${API_KEY.slice(32)}`,
	])('refuses the API key %s without showing it', async (apiKey) => {
		const error = await thrownBy(() => agentAuth.readCredentials({ ...data, apiKey }));
		expect(error).toBeInstanceOf(InputError);
		expect((error as InputError).message).toBe(
			'The API Key of the credential is not 64 hex digits',
		);
		expect(everythingIn(error)).not.toContain(apiKey.slice(4, 20));
	});

	test('refuses a signature format it does not know', () => {
		expect(() => agentAuth.readCredentials({ ...data, signatureFormat: 'hmac' })).toThrow(
			'The credential\'s Signature Format "hmac" is not known',
		);
	});

	test('has two secrets', () => {
		expect(agentAuth.secretsOf({ credentials })).toEqual(['examplesecret==', API_KEY]);
	});
});
