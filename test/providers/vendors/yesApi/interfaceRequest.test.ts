import { InputError } from '../../../../providers/kit/errors';
import {
	interfaceRequest,
	signedParameters,
	yesApiSignature,
} from '../../../../providers/vendors/yesApi/interfaceRequest';
import { sessionParameters } from '../../../../providers/vendors/yesApi/session';
import {
	APP_KEY,
	APP_SECRET,
	CREDENTIALS,
	SESSION_TOKEN,
	UUID,
} from '../../../support/yesApiSample';

describe('the signature', () => {
	it.each([
		[
			'of ApplyToken, the interface in s',
			{
				s: 'App.Common_Jwt.ApplyToken',
				sub: 'YesApi',
				uid: '123456',
				expTime: '86400',
				app_key: APP_KEY,
			},
			'39B02A4D4C8D943D317904701A1995A6',
		],
		[
			'of ApplyToken, the interface in the path',
			{ sub: 'YesApi', uid: '123456', expTime: '86400', app_key: APP_KEY },
			'1286F491D87BDBCDE7896D57C96873DE',
		],
		[
			'of Chinese text, as UTF-8 before any URL encoding',
			{
				s: 'App.Common_Jwt.ApplyToken',
				sub: 'YesApi',
				uid: '小白',
				expTime: '86400',
				app_key: APP_KEY,
			},
			'FC871EB8E52A213EB00DCC9FFCDA11B7',
		],
		[
			'without what is empty, and without sign itself',
			{
				s: 'App.Common_Jwt.VerifyToken',
				jwt_token: 'a.b.c',
				uuid: '',
				token: '',
				app_key: APP_KEY,
				sign: 'IGNORED',
			},
			'E94B281CCDFADB34F01AD7BCC6CAF9D9',
		],
		[
			'of names ordered by byte: upper case before lower case',
			{
				s: 'App.Common_Jwt.ApplyToken',
				expTime: '60',
				expire: 'x',
				Sub: 'Y',
				sub: 'z',
				app_key: APP_KEY,
			},
			'D26FDE55D8D8534808B49B703C2DAD36',
		],
		[
			'of names ordered by byte, where JavaScript puts the second before the first',
			{ s: 'App.Hello.World', '～': 'b', '😀': 'a', app_key: APP_KEY },
			'C8049B81DA435342FD7D4CDEED49E42D',
		],
		[
			'of ExchangeToken',
			{ s: 'App.Common_Jwt.ExchangeToken', uuid: UUID, token: SESSION_TOKEN, app_key: APP_KEY },
			'E55BBCD95FB98303E9E180175319B53E',
		],
	])('%s', (_what, parameters: Record<string, string>, sign) => {
		expect(yesApiSignature(parameters, APP_SECRET)).toBe(sign);
	});
});

describe('signing a call of any interface', () => {
	const NAME = '小白 & 100%';

	it.each([
		['https://hn216.api.okayapi.com/?s=App.Hello.World', { name: NAME }],
		[`https://hn216.api.okayapi.com/?s=App.Hello.World&name=${encodeURIComponent(NAME)}`, {}],
		['https://hn216.api.okayapi.com/', { name: NAME, s: 'App.Hello.World' }],
		['https://hn216.api.okayapi.com/?s=overridden', { name: NAME, s: 'App.Hello.World' }],
	])('signs the query of %s with the parameters', (url, parameters: Record<string, string>) => {
		expect(signedParameters(CREDENTIALS, url, parameters)).toEqual({
			...parameters,
			app_key: APP_KEY,
			sign: 'E0D7A7C39DF76153593D1886A403FA41',
		});
	});

	it('takes the place of an app key and a signature that were copied along', () => {
		const url = 'https://hn216.api.okayapi.com/?s=App.Hello.World&app_key=old&sign=old';
		expect(signedParameters(CREDENTIALS, url, { name: NAME, app_key: 'other', sign: 'x' })).toEqual(
			{
				name: NAME,
				app_key: APP_KEY,
				sign: 'E0D7A7C39DF76153593D1886A403FA41',
			},
		);
	});

	it('leaves the interface in the path unsigned', () => {
		const url = 'https://hn216.api.okayapi.com/api/App/Hello/World';
		expect(signedParameters({ ...CREDENTIALS, pathStyle: 'path' }, url, { name: NAME })).toEqual({
			name: NAME,
			app_key: APP_KEY,
			sign: 'A593FB7B584517D3F8C4530F6CE04536',
		});
	});

	it.each(['', '?', '#top', '/', '//?', '/#top'])(
		'sends and signs it where that is asked for (…World%s)',
		(end) => {
			const url = `https://hn216.api.okayapi.com/api/App/Hello/World${end}`;
			const credentials = { ...CREDENTIALS, pathStyle: 'path' as const, signService: true };
			expect(signedParameters(credentials, url, { name: NAME })).toEqual({
				s: 'App.Hello.World',
				name: NAME,
				app_key: APP_KEY,
				sign: 'E0D7A7C39DF76153593D1886A403FA41',
			});
		},
	);

	it('finds no interface in another path', () => {
		const credentials = { ...CREDENTIALS, pathStyle: 'path' as const, signService: true };
		const url = 'https://hn216.api.okayapi.com/?s=App.Hello.World';
		expect(signedParameters(credentials, url, { name: NAME })).not.toHaveProperty('s');
	});

	it('adds the app key only while signing is switched off', () => {
		const credentials = { ...CREDENTIALS, signatureMode: 'none' as const };
		const url = 'https://hn216.api.okayapi.com/?s=App.Hello.World';
		expect(signedParameters(credentials, url, { name: NAME })).toEqual({
			name: NAME,
			app_key: APP_KEY,
		});
	});

	it('sends the static signature and the time where the app has one', () => {
		const credentials = {
			...CREDENTIALS,
			signatureMode: 'static' as const,
			staticSignSecret: 'FAKESTATICSIGNFAKESTATICSIGN0001',
		};
		const url = 'https://hn216.api.okayapi.com/?s=App.Hello.World';
		expect(signedParameters(credentials, url, { name: NAME }, 1769745532582)).toEqual({
			name: NAME,
			app_key: APP_KEY,
			_timestamp: '1769745532',
			sign: 'FAKESTATICSIGNFAKESTATICSIGN0001',
		});
	});

	it("does not change its caller's parameters", () => {
		const parameters = Object.freeze({ name: NAME });
		signedParameters(CREDENTIALS, 'https://hn216.api.okayapi.com/', parameters);
		expect(parameters).toEqual({ name: NAME });
	});
});

describe('a request', () => {
	it('is a form by POST, the parameters out of the URL', () => {
		expect(
			interfaceRequest(CREDENTIALS, 'App.Common_Jwt.ApplyToken', {
				sub: 'YesApi',
				uid: '小白',
				expTime: '86400',
				uuid: '',
			}),
		).toEqual({
			method: 'POST',
			url: 'https://hn216.api.okayapi.com/?s=App.Common_Jwt.ApplyToken',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: `sub=YesApi&uid=%E5%B0%8F%E7%99%BD&expTime=86400&app_key=${APP_KEY}&sign=FC871EB8E52A213EB00DCC9FFCDA11B7`,
		});
	});

	it('has the interface in the path on the new path style', () => {
		const credentials = { ...CREDENTIALS, pathStyle: 'path' as const };
		const request = interfaceRequest(credentials, 'App.Common_Jwt.ApplyToken', {
			sub: 'YesApi',
			uid: '123456',
			expTime: '86400',
		});
		expect(request).toMatchObject({
			url: 'https://hn216.api.okayapi.com/api/App/Common_Jwt/ApplyToken',
			body: `sub=YesApi&uid=123456&expTime=86400&app_key=${APP_KEY}&sign=1286F491D87BDBCDE7896D57C96873DE`,
		});
	});

	it('has it in the form too where it is to be signed', () => {
		const credentials = { ...CREDENTIALS, pathStyle: 'path' as const, signService: true };
		const request = interfaceRequest(credentials, 'App.Common_Jwt.ApplyToken', {
			sub: 'YesApi',
			uid: '123456',
			expTime: '86400',
		});
		expect(request).toMatchObject({
			url: 'https://hn216.api.okayapi.com/api/App/Common_Jwt/ApplyToken',
			body: `s=App.Common_Jwt.ApplyToken&sub=YesApi&uid=123456&expTime=86400&app_key=${APP_KEY}&sign=39B02A4D4C8D943D317904701A1995A6`,
		});
	});
});

describe("a member's session", () => {
	it('is sent as uuid and token, trimmed', () => {
		expect(sessionParameters({ uuid: ` ${UUID}\n`, sessionToken: `\t${SESSION_TOKEN} ` })).toEqual({
			uuid: UUID,
			token: SESSION_TOKEN,
		});
	});

	it('is left out where none is given', () => {
		expect(sessionParameters({ uuid: ' ', sessionToken: '' })).toEqual({});
		expect(sessionParameters({})).toEqual({});
	});

	it.each([
		[{ uuid: UUID }, 'UUID and Session Token go together, and only one of them is given'],
		[
			{ sessionToken: SESSION_TOKEN },
			'UUID and Session Token go together, and only one of them is given',
		],
		[
			{ uuid: UUID.slice(1), sessionToken: SESSION_TOKEN },
			'The UUID must have 32 characters, and has 31',
		],
		[
			{ uuid: `${UUID}0`, sessionToken: SESSION_TOKEN },
			'The UUID must have 32 characters, and has 33',
		],
		[
			{ uuid: UUID, sessionToken: SESSION_TOKEN.slice(1) },
			'The Session Token must have 64 characters, and has 63',
		],
		[
			{ uuid: UUID, sessionToken: `${SESSION_TOKEN}0` },
			'The Session Token must have 64 characters, and has 65',
		],
	])('that cannot be right is refused (%#)', (options, message) => {
		expect(() => sessionParameters(options)).toThrow(new InputError(message));
	});
});
