import { InputError, VendorError } from '../../../../providers/kit/errors';
import {
	readVerifyResponse,
	toVerificationItem,
	verifyTokenRequest,
} from '../../../../providers/vendors/yesApi/verify';
import { thrownBy } from '../../../support/leaks';
import { response } from '../../../support/responses';
import {
	APP_KEY,
	APP_SECRET,
	CREDENTIALS,
	SAMPLE_TOKEN,
	SESSION_TOKEN,
	UUID,
} from '../../../support/yesApiSample';

/** One day, less half a second, before the sample token expires. */
const NOW = Date.parse('2019-09-26T07:35:52.500Z');

const VALID = { err_code: 0, err_msg: '', sub: 'YesApi', uid: '123456', exp: 1569569752 };
const NOT_VALID = { err_code: 1, err_msg: 'jwt_token校验失败', sub: '', uid: '', exp: 0 };

function itemOf(data: object, jwtToken = SAMPLE_TOKEN) {
	const answer = response(200, { ret: 200, data, msg: '' });
	return toVerificationItem(readVerifyResponse(CREDENTIALS, { jwtToken }, answer, NOW), NOW);
}

describe('the request', () => {
	it('sends the token in the form', () => {
		expect(verifyTokenRequest(CREDENTIALS, { jwtToken: ' a.b.c\n' })).toEqual({
			method: 'POST',
			url: 'https://hn216.api.okayapi.com/?s=App.Common_Jwt.VerifyToken',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: `jwt_token=a.b.c&app_key=${APP_KEY}&sign=E94B281CCDFADB34F01AD7BCC6CAF9D9`,
		});
	});

	it('is made on behalf of a member', () => {
		const options = { jwtToken: 'a.b.c', uuid: UUID, sessionToken: SESSION_TOKEN };
		const form = new URLSearchParams(verifyTokenRequest(CREDENTIALS, options).body);
		expect(Object.fromEntries(form)).toMatchObject({ uuid: UUID, token: SESSION_TOKEN });
	});

	it.each([{ jwtToken: ' ' }, { jwtToken: 'a.b.c', uuid: UUID }])(
		'is not made for %j',
		(options) => {
			expect(() => verifyTokenRequest(CREDENTIALS, options)).toThrow(InputError);
		},
	);

	it('cannot have its answer verified without a secret', () => {
		const credentials = { ...CREDENTIALS, signatureMode: 'none' as const, appSecret: '' };
		expect(() =>
			verifyTokenRequest(credentials, { jwtToken: 'a.b.c', verifyResponse: true }),
		).toThrow(InputError);
	});
});

describe('the answer', () => {
	it('tells whom a valid token is for', () => {
		expect(itemOf(VALID)).toEqual({
			valid: true,
			sub: 'YesApi',
			uid: '123456',
			expiresAt: '2019-09-27T07:35:52.000Z',
			expiresIn: 86399,
		});
	});

	it.each([
		[
			{ ...VALID, sub: '果创云', uid: '小白' },
			{ sub: '果创云', uid: '小白' },
		],
		[{ err_code: 0 }, { sub: null, uid: null, expiresAt: null, expiresIn: null }],
		[{ ...VALID, exp: 1e300 }, { expiresAt: null }],
	])('is passed on as the vendor gives it: %j', (data, expected) => {
		expect(itemOf(data)).toMatchObject({ valid: true, ...expected });
	});

	it.each([
		['err_code', NOT_VALID],
		['err_coce', { ...NOT_VALID, err_code: undefined, err_coce: 1 }],
		['err_code as text', { ...NOT_VALID, err_code: '1' }],
	])('may be that the token is not valid (%s)', (_spelling, data) => {
		expect(itemOf(data)).toEqual({
			valid: false,
			sub: null,
			uid: null,
			expiresAt: null,
			expiresIn: 0,
			message: 'jwt_token校验失败',
		});
	});

	it('always has a message when the token is not valid', () => {
		expect(itemOf({ err_code: 1 })).toMatchObject({
			message: 'YesApi says that the token is not valid',
		});
	});

	it('does not repeat token and secrets', () => {
		const err_msg = `not valid: ${SAMPLE_TOKEN} my-opaque-token ${APP_KEY} ${APP_SECRET}`;
		expect(itemOf({ err_code: 1, err_msg }, 'my-opaque-token')).toMatchObject({
			message: 'not valid: *** *** *** ***',
		});
	});

	it.each([
		{ err_code: 2, err_msg: '系统繁忙' },
		{},
		{ err_code: '' },
		{ err_code: null },
		{ err_code: false },
	])('that does not say is a refusal: %j', async (data) => {
		expect(await thrownBy(() => itemOf(data))).toBeInstanceOf(VendorError);
	});

	it('of a call that was refused is a refusal', async () => {
		const answer = response(200, { ret: 401, data: {}, msg: 'token已过期' });
		const error = await thrownBy(() =>
			readVerifyResponse(CREDENTIALS, { jwtToken: 'a.b.c' }, answer, NOW),
		);
		expect(error).toMatchObject({ vendorCode: '401' });
	});

	it('is checked where that is asked for, "not valid" too', async () => {
		const body = (signature: string) =>
			String.raw`{"ret":200,"data":{"err_code":1,"err_msg":"\u5931\u8d25","sub":"","uid":"","exp":0},"msg":"","_t":1657513450,"_auth":"${signature}"}`;
		const read = (signature: string) =>
			readVerifyResponse(
				CREDENTIALS,
				{ jwtToken: 'a.b.c', verifyResponse: true },
				response(200, body(signature)),
				NOW,
			);
		expect(read('c2e59c7b111b10d8a8410af284c97fcf')).toEqual({ valid: false, message: '失败' });
		expect(await thrownBy(() => read('c2e59c7b111b10d8a8410af284c97fc0'))).toBeInstanceOf(
			VendorError,
		);
	});
});
