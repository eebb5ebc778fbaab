import { InputError } from '../../../../providers/kit/errors';
import type { BusinessRequest } from '../../../../providers/kit/provider';
import { yesApi } from '../../../../providers/vendors/yesApi/vendor';
import { thrownBy } from '../../../support/leaks';
import { response } from '../../../support/responses';
import { APP_KEY, CREDENTIALS, SESSION_TOKEN, UUID } from '../../../support/yesApiSample';

const NOW = 1769745532582;

const surroundings = { now: () => NOW, randomBytes: (length: number) => new Uint8Array(length) };

const URL_OF_HELLO = 'https://hn216.api.okayapi.com/?s=App.Hello.World';

const NAME = '小白 & 100%';

/** Of `name` and `s`, with the app key and the secret of the sample. */
const SIGN = 'E0D7A7C39DF76153593D1886A403FA41';

const signed = (request: Partial<BusinessRequest>, options: object = {}) =>
	yesApi.signing?.(options).authorize({
		credentials: CREDENTIALS,
		token: { token: '' },
		request: { method: 'POST', url: URL_OF_HELLO, ...request },
		env: surroundings,
	});

const APP = { app_key: APP_KEY, sign: SIGN };

describe('app_key and sign go where PHP reads them', () => {
	it.each(['GET', 'HEAD', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'])(
		'into the query of a %s without a body',
		(method) => {
			expect(signed({ method, query: { name: NAME } })).toEqual({
				headers: {},
				query: { name: NAME, ...APP },
			});
		},
	);

	it('into the form of a POST, also where it had none', () => {
		expect(signed({ form: { name: NAME } })?.form).toEqual({ name: NAME, ...APP });
		expect(signed({ query: { name: NAME } })).toEqual({
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			query: { name: NAME },
			form: APP,
		});
	});

	it('into the multipart form of a POST, of which the texts alone are signed', () => {
		expect(signed({ multipart: [['name', NAME]] })).toEqual({
			headers: {},
			query: {},
			multipart: APP,
		});
	});

	it('into the query of a call with JSON, whose values are signed as text', () => {
		expect(signed({ body: { name: NAME } })).toEqual({
			headers: {},
			query: APP,
			body: `{"name":"${NAME}"}`,
		});
		expect(signed({ body: `{ "name": "${NAME}" }` })?.query).toEqual(APP);
	});

	it.each(['PUT', 'PATCH', 'DELETE', 'GET'])(
		'and a form under %s is refused by name',
		async (method) => {
			for (const body of [
				{ form: { a: '1' } },
				{ multipart: [['a', '1']] as [[string, string]] },
			]) {
				const error = await thrownBy(() => signed({ method, ...body }));
				expect(error).toBeInstanceOf(InputError);
				expect((error as InputError).message).toBe(`YesApi reads no form of a ${method} call`);
			}
		},
	);

	it.each([['text'], ['[1]'], ['12345678901234567890'], [Buffer.from('{}')], [[1]], [7]])(
		'and the body %j is refused',
		async (body) => {
			const error = await thrownBy(() => signed({ body }));
			expect(error).toBeInstanceOf(InputError);
			expect((error as InputError).message).toContain('as a form or as a JSON object');
		},
	);
});

describe('parameters', () => {
	const where = { name: '小白', age: [1, 2] };
	const WHERE = '{"name":"小白","age":[1,2]}';
	const on = [['a.id', '=', 'b.uid']];

	it('given as objects and lists of lists are sent as JSON text, in every kind of body', () => {
		expect(signed({ form: { where, on } })?.form).toMatchObject({
			where: WHERE,
			on: '[["a.id","=","b.uid"]]',
		});
		expect(signed({ method: 'GET', query: { where } })?.query).toMatchObject({ where: WHERE });
		expect(signed({ body: { where, page: 2, flag: true, none: null, ids: [1, 2] } })?.body).toBe(
			`{"where":${JSON.stringify(WHERE)},"page":2,"flag":"true","none":"","ids":"[1,2]"}`,
		);
	});

	it('that are large numbers keep their digits', () => {
		const body = '{"id":9007199254740993,"page":2,"where":{"id":-12345678901234567890}}';
		const sent = signed({ body });
		expect(sent?.body).toBe(
			'{"id":"9007199254740993","page":2,"where":"{\\"id\\":-12345678901234567890}"}',
		);
		expect(sent?.query?.sign).toBe(
			signed({
				body: { id: '9007199254740993', page: 2, where: '{"id":-12345678901234567890}' },
			})?.query?.sign,
		);
	});

	it('given as objects are signed as that text', () => {
		expect(signed({ form: { where } })?.form?.sign).toBe(
			signed({ form: { where: WHERE } })?.form?.sign,
		);
		expect(signed({ form: { where } })?.form?.sign).toBe('1EDBD2FA5C7E6BB5477A58FA0A59340A');
	});

	it('given twice are refused: PHP would read the last', async () => {
		const error = await thrownBy(() => signed({ form: { a: ['1', '2'] } }));
		expect(error).toBeInstanceOf(InputError);
		expect((error as InputError).message).toBe(
			'The parameter "a" of a signed YesApi call is a list',
		);
	});
});

describe('a call on behalf of a member', () => {
	it('carries uuid and token, which are signed', () => {
		const form = signed(
			{ form: { name: NAME } },
			{ uuid: UUID, sessionToken: SESSION_TOKEN },
		)?.form;
		expect(form).toMatchObject({ name: NAME, uuid: UUID, token: SESSION_TOKEN });
		expect(form?.sign).not.toBe(SIGN);
	});

	it('is refused when they cannot be right', () => {
		expect(() => signed({}, { uuid: UUID })).toThrow('only one of them is given');
		expect(() => signed({}, { uuid: 'short', sessionToken: SESSION_TOKEN })).toThrow(
			'The UUID must have 32 characters, and has 5',
		);
	});

	it('keeps the session out of messages', () => {
		const provider = yesApi.signing?.({ uuid: UUID, sessionToken: SESSION_TOKEN });
		expect(provider?.secretsOf({ credentials: CREDENTIALS })).toContain(SESSION_TOKEN);
	});
});

describe('the response to a call', () => {
	const at = (url: string, body: unknown, options?: object) => {
		const provider = options === undefined ? yesApi : yesApi.signing?.(options);
		return provider?.readCallResponse?.({
			credentials: CREDENTIALS,
			response: { ...response(200, body), url },
			env: surroundings,
		});
	};

	it('is read as an answer of YesApi where it comes from there', () => {
		expect(at(URL_OF_HELLO, { ret: 400, msg: '' }, {})?.vendorCode).toBe('400');
		expect(at('https://hn216.api.okayapi.com/x', { ret: 400, msg: '' })?.vendorCode).toBe('400');
	});

	it('of a server of the user is none of YesApi', () => {
		expect(at('https://mine.example/orders', { ret: 400, msg: '' })).toBeNull();
	});

	it('has to be signed where that is asked for', () => {
		const provider = yesApi.signing?.({ verifyResponse: true });
		const verify = (body: unknown) =>
			provider?.verifyCallResponse?.({
				credentials: CREDENTIALS,
				response: { ...response(200, body), url: URL_OF_HELLO },
				env: surroundings,
			});
		const good =
			'{"ret":200,"data":{"err_code":0,"err_msg":"","sub":"YesApi","uid":"123456","exp":1569569752},"msg":"","_t":1657513450,"_auth":"2810834fd26e228b8306ca9491ed7373"}';
		expect(() => verify(good)).not.toThrow();
		expect(() => verify(good.replace('123456', '123457'))).toThrow(
			"signature of YesApi's response",
		);
		expect(() => verify('<html></html>')).toThrow('YesApi did not sign its response');
		expect(yesApi.signing?.({}).verifyCallResponse).toBeUndefined();
	});
});

describe('what PHP reads otherwise than it is written', () => {
	it('goes as text where it is a number that PHP writes in another way', () => {
		const call = signed({ body: { a: 12345678.12345678, b: 0.00001, c: 1e21, z: 1.5, n: 7 } });
		expect(call?.body).toBe('{"a":"12345678.12345678","b":"0.00001","c":"1e+21","z":1.5,"n":7}');
		// By ksort, md5 and strtoupper of PHP 8.2.
		expect(call?.query).toEqual({ app_key: APP_KEY, sign: '4579109A717B0D11959E54E4B6F959C7' });
	});

	it.each([
		[0.1 + 0.2, '"0.30000000000000004"'],
		[123456789012345.6, '"123456789012345.6"'],
		[2 ** 63, '"9223372036854776000"'],
		[-(2 ** 62), '-4611686018427388000'],
		[0.0001, '0.0001'],
		[-99999.99, '-99999.99'],
		[-0, '0'],
	])('%p is sent as %s', (number, json) => {
		expect(signed({ body: { number } })?.body).toBe(`{"number":${json}}`);
	});

	const number = (name: string) =>
		`The parameter "${name}" of a signed YesApi call is named by a number`;
	const renamed = (name: string) =>
		`The parameter "${name}" of a signed YesApi call would get another name in PHP`;

	it.each(['9', '10', '-1', '1.5', '1e3', ' 7'])(
		'is refused by its name %j, a number',
		async (name) => {
			for (const request of [
				{ body: { [name]: 'x' } },
				{ form: { [name]: 'x' } },
				{ query: { [name]: 'x' } },
			]) {
				expect(await thrownBy(() => signed(request))).toMatchObject({ message: number(name) });
			}
		},
	);

	it.each(['a.b', 'a b', ' a', 'a[]', 'a[b]', 'a[', 'a\0b'])(
		'is refused by its name %j',
		async (name) => {
			const url = `${URL_OF_HELLO}&${encodeURIComponent(name)}=x`;
			for (const request of [
				{ form: { [name]: 'x' } },
				{ query: { [name]: 'x' } },
				{ multipart: [[name, 'x']] as Array<[string, string]> },
				{ url },
			]) {
				const error = await thrownBy(() => signed(request));
				expect(error).toBeInstanceOf(InputError);
				expect(error).toMatchObject({ message: renamed(name) });
			}
			// In JSON a name stays what it is.
			expect(signed({ body: { [name]: 'x' } })?.body).toBe(JSON.stringify({ [name]: 'x' }));
		},
	);

	it('is no matter where calls are not signed by their parameters', () => {
		for (const signatureMode of ['static', 'none'] as const) {
			const credentials = { ...CREDENTIALS, signatureMode, staticSignSecret: 'fake-static' };
			const request = { method: 'POST', url: URL_OF_HELLO, form: { 'a.b': 'x', 9: 'y' } };
			const call = { credentials, token: { token: '' }, request, env: surroundings };
			expect(yesApi.signing?.({}).authorize(call).form).toMatchObject({ 'a.b': 'x', 9: 'y' });
		}
	});
});

describe('an interface that is called with a JWT', () => {
	const authorize = (request: Partial<BusinessRequest>) =>
		yesApi.authorize({
			credentials: CREDENTIALS,
			token: { token: 'fake-token' },
			request: { method: 'GET', url: CREDENTIALS.baseUrl, ...request },
			env: surroundings,
		});

	it.each([
		['/?s=App.Hello.World', {}],
		['/?service=App.Hello.World', {}],
		['/', { s: 'App.Hello.World' }],
		['/api/App/Hello/World', {}],
	])('is refused before any call: %s %j', async (path, query) => {
		const error = await thrownBy(() => authorize({ url: CREDENTIALS.baseUrl + path, query }));
		expect(error).toBeInstanceOf(InputError);
		expect(error).toMatchObject({
			message: "This address is YesApi's own: switch on Sign Request",
		});
	});

	it.each(['https://api.example.com/?s=App.Hello.World', `${CREDENTIALS.baseUrl}/orders`])(
		'is none at %s',
		(url) => {
			expect(authorize({ url }).headers).toEqual({ Authorization: 'Bearer fake-token' });
		},
	);
});
