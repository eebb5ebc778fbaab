import { InputError, VendorError } from '../../../../providers/kit/errors';
import { maxus } from '../../../../providers/vendors/maxus/vendor';
import type { Environment, HttpResponse } from '../../../../providers/kit/provider';
import { toTokenItem } from '../../../../providers/tokens/tokenItem';
import {
	SAMPLE_ANSWER,
	SAMPLE_EXPIRES_AT,
	SAMPLE_ISSUED_AT,
	SAMPLE_TOKEN,
} from '../../../support/maxusSample';
import { response } from '../../../support/responses';
import { thrownBy } from '../../../support/leaks';
import { unsignedJwt } from '../../../support/unsignedJwt';

const NOW = Date.parse('2023-12-26T05:42:20.190Z');
const surroundings: Environment = {
	now: () => NOW,
	randomBytes: (length) => new Uint8Array(length),
};

const data = {
	environment: 'custom',
	baseUrl: 'https://maxus.example/australia',
	serviceCode: 'fake-code',
	serviceSecret: 'fake-secret-for-tests',
};
const credentials = maxus.readCredentials(data);

const read = async (answer: HttpResponse) =>
	await maxus.readTokenResponse({ credentials, options: {}, response: answer, env: surroundings });

const refusal = async (status: number, body: unknown, headers = {}) =>
	(await thrownBy(() => read(response(status, body, headers)))) as VendorError;

describe('the credential', () => {
	it.each([
		['production', 'https://oversea.saicmaxus.com/australia'],
		['test', 'https://oversea.saicmaxus.com/australia/test'],
		[undefined, 'https://oversea.saicmaxus.com/australia/test'],
	])('for the environment %s calls %s', (name, baseUrl) => {
		const read = maxus.readCredentials({ ...data, environment: name, baseUrl: 'ignored' });
		expect(read.baseUrl).toBe(baseUrl);
	});

	it('is trimmed', () => {
		const typed = {
			...data,
			serviceCode: ' fake-code ',
			serviceSecret: '\tfake-secret-for-tests\n',
		};
		expect(maxus.readCredentials(typed)).toEqual(credentials);
	});

	it.each([
		['serviceCode', 'Service Code'],
		['serviceSecret', 'Service Secret'],
		['baseUrl', 'Base URL'],
	])('without %s is refused by its label', (field, label) => {
		expect(() => maxus.readCredentials({ ...data, [field]: ' ' })).toThrow(
			new InputError(`The credential has no ${label}`),
		);
	});

	it('with an unknown environment is refused', () => {
		expect(() => maxus.readCredentials({ ...data, environment: 'staging' })).toThrow(InputError);
	});
});

it('asks for a token as the document says', () => {
	expect(maxus.tokenRequest({ credentials, options: {}, env: surroundings })).toEqual({
		method: 'POST',
		url: 'https://maxus.example/australia/base/api/token/register',
		headers: { 'Content-Type': 'application/json', 'X-Timestamp': '1703569340' },
		body: '{"serviceCode":"fake-code","serviceSecret":"fake-secret-for-tests"}',
	});
});

it('puts the token on a business call without Bearer, with the time in seconds', () => {
	const call = {
		method: 'POST',
		url: 'https://maxus.example/australia/fir/update',
		body: { a: 1 },
	};
	expect(
		maxus.authorize({
			credentials,
			token: { token: SAMPLE_TOKEN },
			request: call,
			env: surroundings,
		}),
	).toEqual({
		headers: { maxus_jwt: SAMPLE_TOKEN, 'X-Timestamp': '1703569340' },
	});
});

describe('a token', () => {
	it("of the vendor's document is valid for three minutes, whatever exp says", async () => {
		const token = await read(response(200, SAMPLE_ANSWER));
		const item = toTokenItem(
			maxus as never,
			credentials,
			token,
			Date.parse('2023-12-26T05:42:20.190Z'),
		);
		expect(item).toMatchObject({
			token: SAMPLE_TOKEN,
			headerName: 'maxus_jwt',
			headerValue: SAMPLE_TOKEN,
			issuedAt: SAMPLE_ISSUED_AT,
			expiresAt: SAMPLE_EXPIRES_AT,
			expiresIn: 180,
		});
	});

	it('without expireTimeStamp is valid for 180 s from iat', async () => {
		const token = unsignedJwt({ iat: 1703569340, exp: 1703570780 });
		await expect(read(response(200, { status: 1, data: token }))).resolves.toMatchObject({
			issuedAt: 1703569340000,
			expiresAt: 1703569520000,
		});
	});

	it('that is no JWT is passed on, with nothing invented', async () => {
		await expect(read(response(200, { status: 1, data: 'opaque-fake' }))).resolves.toEqual({
			token: 'opaque-fake',
			issuedAt: null,
			expiresAt: null,
			claims: null,
		});
	});

	it('whose times make no sense is passed on without them', async () => {
		const token = unsignedJwt({ iat: 1e18, expireTimeStamp: '99999999999999999999' });
		const given = await read(response(200, { status: 1, data: token }));
		expect(toTokenItem(maxus as never, credentials, given, NOW)).toMatchObject({
			token,
			issuedAt: null,
			expiresAt: null,
			expiresIn: null,
		});
	});

	it.each([[''], [null], [undefined], [42], [{}]])('cannot be %j', async (token) => {
		const error = await refusal(200, { status: 1, errMsg: 'register success', data: token });
		expect(error.message).toBe('Maxus reported success but sent no token');
		expect(error.credentialRejected).toBe(false);
	});
});

describe('a refusal', () => {
	it('is status 0, also under HTTP 200', async () => {
		const error = await refusal(200, { status: 0, errMsg: 'serviceSecret is wrong', data: null });
		expect(error).toBeInstanceOf(VendorError);
		expect(error.message).toBe('Maxus did not issue a token: serviceSecret is wrong');
		expect(error.description).toContain('Check the Service Code');
		expect(error).toMatchObject({ credentialRejected: true, vendorCode: '0', httpStatus: 200 });
	});

	it('is never a success, even when it holds a token', async () => {
		const error = await refusal(200, { ...SAMPLE_ANSWER, status: 0 });
		expect(error).toBeInstanceOf(VendorError);
		await expect(read(response(401, SAMPLE_ANSWER))).rejects.toBeInstanceOf(VendorError);
	});

	it.each([401, 403])('HTTP %i concerns the credential', async (status) => {
		const error = await refusal(status, { status: 0, errMsg: 'no' });
		expect(error.message).toBe(`Maxus refused the credential (HTTP ${status}): no`);
		expect(error).toMatchObject({ credentialRejected: true, vendorCode: String(status) });
	});

	it.each([
		[404, 'There is no Maxus token endpoint at this base URL (HTTP 404): no', false],
		[400, 'Maxus could not read the token request (HTTP 400): no', true],
		[500, 'Maxus met an internal fault (HTTP 500): no', true],
		[503, 'Maxus cannot issue a token at the moment (HTTP 503): no', true],
		[429, 'Maxus cannot issue a token at the moment (HTTP 429): no', true],
	])('HTTP %i does not: %s', async (status, message, isTransient) => {
		const error = await refusal(status, { status: 0, errMsg: 'no' });
		expect(error.message).toBe(message);
		expect(error).toMatchObject({ credentialRejected: false, isTransient });
		expect(error.description).toBeTruthy();
	});

	it('says when to try again', async () => {
		const error = await refusal(429, { status: 0 }, { 'retry-after': '12' });
		expect(error.retryAfterMs).toBe(12_000);
	});

	it('has a message also when the vendor gives none', async () => {
		const error = await refusal(200, { status: 0 });
		expect(error.message).toBe('Maxus met an internal fault (status 0)');
		expect(error).toMatchObject({ credentialRejected: false, isTransient: true });
	});

	it.each([
		['serviceCode is wrong', 200],
		['serviceSecret is wrong', 200],
		['The service code does not exist', 200],
		['service secret expired', 500],
	])('concerns the credential when it says "%s"', async (errMsg, status) => {
		const error = await refusal(status, { status: 0, errMsg });
		expect(error).toMatchObject({ credentialRejected: true, isTransient: false });
		expect(error.message).toMatch(new RegExp(`: ${errMsg}$`));
		expect(error.description).toContain('Check the Service Code');
	});

	it.each(['Unknown Exception', 'redis timeout', '系统异常'])(
		'that says "%s" is a fault of Maxus, which may pass',
		async (errMsg) => {
			const error = await refusal(200, { status: 0, errMsg, data: null });
			expect(error.message).toBe(`Maxus met an internal fault (status 0): ${errMsg}`);
			expect(error.description).toContain('says nothing against the Service Code');
			expect(error).toMatchObject({
				credentialRejected: false,
				isTransient: true,
				vendorCode: '0',
			});
		},
	);

	it.each([402, 405, 408, 410, 415, 418, 423, 431, 451])(
		'under HTTP %i says nothing against the credential',
		async (status) => {
			const error = await refusal(status, { status: 0, errMsg: 'no' });
			expect(error.message).toBe(`Maxus did not issue a token (HTTP ${status}): no`);
			expect(error.description).toContain('says nothing about the Service Code');
			expect(error).toMatchObject({ credentialRejected: false, isTransient: false });
		},
	);

	it.each([{}, { ok: true }, { status: 'UP' }, { status: 404 }, { status: '' }, { status: null }])(
		'%j under HTTP 200 is not from Maxus',
		async (body) => {
			const error = await refusal(200, body);
			expect(error.message).toContain('is not from Maxus');
			expect(error.description).toContain('Check the Base URL');
			expect(error).toMatchObject({ credentialRejected: false, isTransient: false });
		},
	);

	it.each([
		[401, '', true, false, 'Maxus refused the credential (HTTP 401)'],
		[403, 'Forbidden', true, false, 'Maxus refused the credential (HTTP 403)'],
		[400, '', false, true, 'Maxus could not read the token request (HTTP 400)'],
		[500, '<html>Whitelabel</html>', false, true, 'Maxus met an internal fault (HTTP 500)'],
		[
			403,
			'<html>Blocked by the firewall</html>',
			false,
			false,
			'Maxus responded to the token request with a web page instead of JSON (HTTP 403)',
		],
		[
			200,
			'<html>Sign in</html>',
			false,
			false,
			'Maxus responded to the token request with a web page instead of JSON (HTTP 200)',
		],
	])(
		'of HTTP %i with the body "%s" goes by the status',
		async (status, body, credentialRejected, isTransient, message) => {
			const error = await refusal(status, body);
			expect(error).toMatchObject({ message, credentialRejected, isTransient });
		},
	);
});

describe('the response to a business call', () => {
	const read = (status: number, body: unknown) =>
		maxus.readCallResponse?.({
			credentials,
			response: { ...response(status, body), url: 'https://maxus.example/australia/fir/update' },
			env: surroundings,
		});

	it.each([
		[200, { status: 1, errMsg: 'success', data: null }],
		[200, { data: { status: 0 } }],
		[200, { status: 'submitted' }],
		[200, [{ status: 0 }]],
		[200, 'status 0'],
		[401, ''],
		[500, { status: 0, errMsg: 'no' }],
	])('of HTTP %i with %j is no refusal under a good status', (status, body) => {
		expect(read(status, body)).toBeNull();
	});

	it('of status 0 is one, under HTTP 200', () => {
		const refusal = read(200, { status: 0, errMsg: 'claim number is wrong', data: null });
		expect(refusal).toBeInstanceOf(VendorError);
		expect(refusal).toMatchObject({
			message: 'Maxus did not carry out the call (status 0): claim number is wrong',
			vendorCode: '0',
			isTransient: false,
			credentialRejected: false,
			tokenState: null,
		});
	});

	it.each(['Unknown Exception', '', undefined])('that says "%s" may pass', (errMsg) => {
		const refusal = read(200, { status: 0, errMsg });
		expect(refusal).toMatchObject({ isTransient: true });
		expect(refusal?.description).toMatch(/Check the values of the call.*Try again later/);
	});
});
