import { InputError } from '../../../providers/kit/errors';
import type { BusinessRequest } from '../../../providers/kit/provider';
import { yesApi } from '../../../providers/yesApi/yesApi';
import { thrownBy } from '../../support/leaks';
import { response } from '../../support/responses';
import { APP_KEY, CREDENTIALS, SESSION_TOKEN, UUID } from '../../support/yesApiSample';

const NOW = 1769745532582;

const surroundings = { now: () => NOW, randomBytes: (length: number) => new Uint8Array(length) };

const URL_OF_HELLO = 'https://hn216.api.okayapi.com/?s=App.Hello.World';

const NAME = '小白 & 100%';

/** Of `name` and `s`, with the app key and the secret of the sample. */
const SIGN = 'E0D7A7C39DF76153593D1886A403FA41';

const signed = (request: Partial<BusinessRequest>, options: object = {}) =>
	yesApi
		.signing?.(options)
		.authorize(CREDENTIALS, '', { method: 'POST', url: URL_OF_HELLO, ...request }, surroundings);

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
		expect(provider?.secretsOf(CREDENTIALS)).toContain(SESSION_TOKEN);
	});
});

describe('the response to a call', () => {
	const at = (url: string, body: unknown, options?: object) => {
		const provider = options === undefined ? yesApi : yesApi.signing?.(options);
		return provider?.readBusinessResponse?.(
			CREDENTIALS,
			{ ...response(200, body), url },
			surroundings,
		);
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
			provider?.verifyBusinessResponse?.(
				CREDENTIALS,
				{ ...response(200, body), url: URL_OF_HELLO },
				surroundings,
			);
		const good =
			'{"ret":200,"data":{"err_code":0,"err_msg":"","sub":"YesApi","uid":"123456","exp":1569569752},"msg":"","_t":1657513450,"_auth":"2810834fd26e228b8306ca9491ed7373"}';
		expect(() => verify(good)).not.toThrow();
		expect(() => verify(good.replace('123456', '123457'))).toThrow("signature of YesApi's answer");
		expect(() => verify('<html></html>')).toThrow('YesApi did not sign its answer');
		expect(yesApi.signing?.({}).verifyBusinessResponse).toBeUndefined();
	});
});
