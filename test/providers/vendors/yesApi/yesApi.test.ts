import { InputError, VendorError } from '../../../../providers/kit/errors';
import { toTokenItem } from '../../../../providers/tokens/tokenItem';
import type { YesApiTokenOptions } from '../../../../providers/vendors/yesApi/tokenRequest';
import { yesApi } from '../../../../providers/vendors/yesApi/vendor';
import { thrownBy } from '../../../support/leaks';
import { response } from '../../../support/responses';
import {
	APP_KEY,
	APP_SECRET,
	CREDENTIALS,
	SAMPLE_EXCHANGED_TOKEN,
	SAMPLE_TOKEN,
	SESSION_TOKEN,
	UUID,
} from '../../../support/yesApiSample';

/** One hour and a bit before the sample token expires. */
const NOW = Date.parse('2019-09-27T06:35:51.500Z');

const surroundings = { now: () => NOW, randomBytes: (length: number) => new Uint8Array(length) };

const request = (options: object) =>
	yesApi.tokenRequest({
		credentials: CREDENTIALS,
		options: options as YesApiTokenOptions,
		env: surroundings,
	});

describe('the credential', () => {
	const DATA = {
		baseUrl: ' https://hn216.api.okayapi.com/ ',
		appKey: ` ${APP_KEY}\n`,
		appSecret: `\t${APP_SECRET} `,
		signatureMode: 'dynamic',
		pathStyle: 'query',
		signService: false,
	};

	it('is read without white space and trailing slash', () => {
		expect(yesApi.readCredentials(DATA)).toEqual(CREDENTIALS);
		expect(yesApi.readCredentials({ ...DATA, sub: ' MyApp ', uid: 7 })).toMatchObject({
			sub: 'MyApp',
			uid: '7',
		});
	});

	it('is signed and old-style unless it says otherwise', () => {
		const { baseUrl, appKey, appSecret } = DATA;
		expect(yesApi.readCredentials({ baseUrl, appKey, appSecret })).toEqual(CREDENTIALS);
	});

	it.each([
		['path', true, true],
		['path', false, false],
		['query', true, false],
	])('on path style %s with signService %s signs it: %s', (pathStyle, signService, expected) => {
		const credentials = yesApi.readCredentials({ ...DATA, pathStyle, signService });
		expect(credentials).toMatchObject({ pathStyle, signService: expected });
	});

	it('needs no secret while signing is switched off', () => {
		const data = { ...DATA, signatureMode: 'none', appSecret: ' ' };
		expect(yesApi.readCredentials(data)).toMatchObject({ signatureMode: 'none', appSecret: '' });
	});

	it('with a static signature needs that, and no secret', () => {
		const data = {
			...DATA,
			signatureMode: 'static',
			appSecret: '',
			staticSignSecret: ' FAKESIGN\n',
		};
		expect(yesApi.readCredentials({ ...data, pathStyle: 'path', signService: true })).toMatchObject(
			{
				signatureMode: 'static',
				staticSignSecret: 'FAKESIGN',
				appSecret: '',
				signService: false,
			},
		);
		expect(() => yesApi.readCredentials({ ...data, staticSignSecret: ' ' })).toThrow(
			new InputError('The credential has no Static Signature'),
		);
	});

	it.each([
		[
			{ baseUrl: 'https://x.example/api/App/Common_Jwt/ApplyToken/' },
			'The Base URL of the credential must not end in /api/App/Common_Jwt/ApplyToken',
		],
		[{ baseUrl: '' }, 'The credential has no Base URL'],
		[{ appKey: '' }, 'The credential has no App Key'],
		[
			{ appKey: APP_KEY.slice(1) },
			'The App Key of the credential must have at least 32 characters, and has 31',
		],
		[{ appSecret: '' }, 'The credential has no App Secret'],
		[{ signatureMode: 'md5' }, 'The credential\'s Signature "md5" is not known'],
		[{ pathStyle: 'new' }, 'The credential\'s Path Style "new" is not known'],
	])('that cannot be right is refused: %j', (change, message) => {
		expect(() => yesApi.readCredentials({ ...DATA, ...change })).toThrow(new InputError(message));
	});

	it('may have a longer app key', () => {
		const appKey = `${APP_KEY}B`;
		expect(yesApi.readCredentials({ ...DATA, appKey })).toMatchObject({ appKey });
	});
});

describe('a token request', () => {
	it('makes a token for the user that the credential names, unless the call names one', () => {
		const credentials = { ...CREDENTIALS, sub: 'Shop', uid: '42' };
		const bodyFor = (options: YesApiTokenOptions) =>
			new URLSearchParams(yesApi.tokenRequest({ credentials, options, env: surroundings }).body);
		expect(Object.fromEntries(bodyFor({}))).toMatchObject({ sub: 'Shop', uid: '42' });
		expect(Object.fromEntries(bodyFor({ sub: 'YesApi', uid: '7' }))).toMatchObject({
			sub: 'YesApi',
			uid: '7',
		});
	});

	it('applies for a token', () => {
		expect(request({ sub: 'YesApi', uid: '123456', expTime: 86400 })).toEqual({
			method: 'POST',
			url: 'https://hn216.api.okayapi.com/?s=App.Common_Jwt.ApplyToken',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: `sub=YesApi&uid=123456&expTime=86400&app_key=${APP_KEY}&sign=39B02A4D4C8D943D317904701A1995A6`,
		});
	});

	it('has the defaults of the vendor', () => {
		expect(request({}).body).toBe(
			`sub=YesApi&expTime=86400&app_key=${APP_KEY}&sign=9F62238C34C6B1CCD69FBBFB22C6FEDF`,
		);
	});

	it('leaves out what is empty', () => {
		const { body } = request({ sub: '', uid: '', expTime: 60, uuid: '', sessionToken: '' });
		expect([...new URLSearchParams(body).keys()]).toEqual(['expTime', 'app_key', 'sign']);
	});

	it('takes Chinese text and numbers', () => {
		const form = new URLSearchParams(request({ sub: '果创云', uid: 42 }).body);
		expect(Object.fromEntries(form)).toMatchObject({ sub: '果创云', uid: '42' });
	});

	it('is made on behalf of a member', () => {
		expect(request({ uuid: UUID, sessionToken: SESSION_TOKEN }).body).toBe(
			`sub=YesApi&expTime=86400&uuid=${UUID}&token=${SESSION_TOKEN}&app_key=${APP_KEY}&sign=34182E1B941A29DF9919C70C19C06E57`,
		);
	});

	it('exchanges a session', () => {
		expect(
			request({ operation: 'exchange', uuid: UUID, sessionToken: SESSION_TOKEN }),
		).toMatchObject({
			url: 'https://hn216.api.okayapi.com/?s=App.Common_Jwt.ExchangeToken',
			body: `uuid=${UUID}&token=${SESSION_TOKEN}&app_key=${APP_KEY}&sign=E55BBCD95FB98303E9E180175319B53E`,
		});
	});

	it('needs a session to exchange', () => {
		expect(() => request({ operation: 'exchange' })).toThrow(InputError);
	});

	it.each([9, 0, -60, 10.5, NaN, Infinity, 'soon', '', null])(
		'refuses %s as a lifetime',
		(expTime) => {
			expect(() => request({ expTime })).toThrow(
				new InputError('Expires In must be at least 10 whole seconds'),
			);
		},
	);

	it.each([
		[10, '10'],
		['60', '60'],
		[undefined, '86400'],
	])('takes %s as a lifetime', (expTime, sent) => {
		expect(new URLSearchParams(request({ expTime }).body).get('expTime')).toBe(sent);
	});

	it('cannot have its answer verified without a secret', () => {
		const credentials = { ...CREDENTIALS, signatureMode: 'none' as const, appSecret: '' };
		expect(() =>
			yesApi.tokenRequest({ credentials, options: { verifyResponse: true }, env: surroundings }),
		).toThrow(InputError);
	});
});

describe('a token response', () => {
	const answer = (data: object) => response(200, { ret: 200, data, msg: '' });

	const read = async (data: object, options: YesApiTokenOptions = {}) =>
		await yesApi.readTokenResponse({
			credentials: CREDENTIALS,
			options,
			response: answer(data),
			env: surroundings,
		});

	it('becomes a token item', async () => {
		const token = await read({ err_code: 0, err_msg: '', jwt_token: SAMPLE_TOKEN });
		expect(toTokenItem(yesApi, CREDENTIALS, token, NOW)).toEqual({
			token: SAMPLE_TOKEN,
			headerName: 'Authorization',
			headerValue: `Bearer ${SAMPLE_TOKEN}`,
			issuedAt: '2019-09-26T07:35:52.000Z',
			expiresAt: '2019-09-27T07:35:52.000Z',
			expiresIn: 3600,
			claims: {
				iss: 'http://www.yesapi.cn',
				aud: 'http://api.yesapi.cn',
				sub: 'YesApi',
				uid: '123456',
				iat: 1569483352,
				exp: 1569569752,
			},
			sub: 'YesApi',
			uid: '123456',
		});
	});

	it('tells for whom a session was exchanged', async () => {
		const token = await read({ err_code: 0, err_msg: '', jwt_token: SAMPLE_EXCHANGED_TOKEN });
		expect(token).toMatchObject({
			issuedAt: 1569483772000,
			expiresAt: 1650547678000,
			details: { sub: 'YesApiET', uid: UUID },
		});
	});

	it('passes on a token that is not a JWT', async () => {
		const token = await read({ err_code: 0, err_msg: '', jwt_token: 'opaque' });
		expect(toTokenItem(yesApi, CREDENTIALS, token, NOW)).toEqual({
			token: 'opaque',
			headerName: 'Authorization',
			headerValue: 'Bearer opaque',
			issuedAt: null,
			expiresAt: null,
			expiresIn: null,
			claims: null,
			sub: null,
			uid: null,
		});
	});

	it('is checked where that is asked for', async () => {
		const auth = (signature: string) =>
			response(
				200,
				`{"ret":200,"data":{"err_code":0,"err_msg":"","jwt_token":"${SAMPLE_TOKEN}"},"msg":"\\u5c0f","_t":1657513450,"_auth":"${signature}"}`,
			);
		const readSigned = async (signature: string) =>
			await yesApi.readTokenResponse({
				credentials: CREDENTIALS,
				options: { verifyResponse: true },
				response: auth(signature),
				env: surroundings,
			});
		await expect(readSigned('1842c8e5d862bfffad593fc7087299aa')).resolves.toMatchObject({
			token: SAMPLE_TOKEN,
		});
		await expect(readSigned('1842c8e5d862bfffad593fc7087299ab')).rejects.toThrow(VendorError);
	});

	it.each([{ err_code: 2 }, { err_code: '2' }, { err_coce: 2 }])(
		'with %j is a refusal of the interface',
		async (code) => {
			const error = await thrownBy(() => read({ ...code, err_msg: '会员不存在', jwt_token: 'x' }));
			expect(error).toBeInstanceOf(VendorError);
			expect(error).toMatchObject({
				message: 'YesApi did not carry out the call (code 2): 会员不存在',
				vendorCode: '2',
				credentialRejected: false,
				isTransient: false,
			});
		},
	);

	it.each([{}, { jwt_token: '' }, { jwt_token: 1 }])('with %j holds no token', async (data) => {
		const error = (await thrownBy(() => read({ err_code: 0, ...data }))) as VendorError;
		expect(error).toBeInstanceOf(VendorError);
		expect(error.message).toBe('YesApi reported success but sent no token');
	});
});

it('puts the token on a call as a bearer token', () => {
	const call = { method: 'POST', url: 'https://my.example/orders' };
	expect(
		yesApi.authorize({
			credentials: CREDENTIALS,
			token: { token: 'abc' },
			request: call,
			env: surroundings,
		}),
	).toEqual({
		headers: { Authorization: 'Bearer abc' },
	});
});

it('keeps app key, app secret and session out of messages', () => {
	expect(
		yesApi.secretsOf({ credentials: CREDENTIALS, options: { sessionToken: ` ${SESSION_TOKEN} ` } }),
	).toEqual([APP_KEY, APP_SECRET, SESSION_TOKEN]);
});
