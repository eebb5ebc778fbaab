import { VendorError } from '../../../../providers/kit/errors';
import { readCallResponse } from '../../../../providers/vendors/yesApi/callResponse';
import {
	readInterfaceResponse,
	yesApiResponseSignature,
} from '../../../../providers/vendors/yesApi/interfaceResponse';
import { everythingIn, thrownBy } from '../../../support/leaks';
import { response } from '../../../support/responses';
import { APP_SECRET, CREDENTIALS } from '../../../support/yesApiSample';

const NOW = 1657513450000;

const SIGNED =
	'{"ret":200,"data":{"err_code":0,"err_msg":"","sub":"YesApi","uid":"123456","exp":1569569752},"msg":"","_t":1657513450,"_auth":"2810834fd26e228b8306ca9491ed7373"}';

/** As PHP writes it: parsed and written again, `data` would be another text. */
const SIGNED_WITH_ESCAPES = String.raw`{"ret":200,"data":{"err_code":0,"err_msg":"","url":"http:\/\/www.yesapi.cn","uid":"\u5c0f\u767d"},"msg":"","_t":1657513450,"_auth":"99557be83f766933d45f1f1ca08bce69"}`;

const read = (body: unknown, verifyResponse = false, status = 200) =>
	readInterfaceResponse(CREDENTIALS, { verifyResponse }, response(status, body), NOW);

const refusalOf = async (body: unknown, verifyResponse = false, status = 200) =>
	(await thrownBy(() => read(body, verifyResponse, status))) as VendorError;

describe('the signature of an answer', () => {
	it.each([
		[
			'{"err_code":0,"err_msg":"","sub":"YesApi","uid":"123456","exp":1569569752}',
			'2810834fd26e228b8306ca9491ed7373',
		],
		[
			String.raw`{"err_code":0,"err_msg":"","url":"http:\/\/www.yesapi.cn","uid":"\u5c0f\u767d"}`,
			'99557be83f766933d45f1f1ca08bce69',
		],
	])('of %s', (data, signature) => {
		expect(yesApiResponseSignature(data, '1657513450', APP_SECRET)).toBe(signature);
	});

	it('is accepted where it is right', () => {
		expect(read(SIGNED, true)).toMatchObject({ sub: 'YesApi', uid: '123456' });
		expect(read(SIGNED_WITH_ESCAPES, true)).toMatchObject({ uid: '小白' });
	});

	it('is accepted whatever the order and the white space around data', () => {
		const auth = '"_auth" : "99557be83f766933d45f1f1ca08bce69"';
		const data = String.raw`{"err_code":0,"err_msg":"","url":"http:\/\/www.yesapi.cn","uid":"\u5c0f\u767d"}`;
		const body = `{\n ${auth},\n "msg": "小白\\"data\\":{",\n "data" : ${data} ,\n "_t": 1657513450, "ret": 200 }`;
		expect(read(body, true)).toMatchObject({ uid: '小白' });
	});

	it.each([
		['another value', SIGNED.replace('123456', '123457')],
		['the same value in another spelling', SIGNED_WITH_ESCAPES.replaceAll('\\/', '/')],
		['another time', SIGNED.replace('1657513450', '1657513451')],
		['a second data after it', SIGNED.replace('"msg"', '"data":{"err_code":0,"uid":"1"},"msg"')],
		['no data at all', SIGNED.replace('"data"', '"dat"')],
	])('does not cover %s', async (_what, body) => {
		const error = await refusalOf(body, true);
		expect(error).toBeInstanceOf(VendorError);
		expect(error.message).toBe("The signature of YesApi's response is wrong");
		expect(error.credentialRejected).toBe(false);
	});

	it.each([
		['is missing', '{"ret":200,"data":{},"msg":"","_t":1657513450}'],
		['is empty', '{"ret":200,"data":{},"msg":"","_t":1657513450,"_auth":""}'],
		['is no text', '{"ret":200,"data":{},"msg":"","_t":1657513450,"_auth":1}'],
	])('that %s makes an answer unusable', async (_what, body) => {
		const error = await refusalOf(body, true);
		expect(error).toBeInstanceOf(VendorError);
		expect(error.message).toBe('YesApi did not sign its response');
	});

	it('does not matter unless it is asked for', () => {
		expect(read(SIGNED.replace('2810834f', '00000000'))).toMatchObject({ uid: '123456' });
	});
});

describe('a refusal', () => {
	it.each([
		[400, 'YesApi did not accept the parameters', false, false],
		[401, 'YesApi did not accept the session of this member', false, false],
		[402, 'YesApi has banned the address that n8n calls from', true, false],
		[404, 'YesApi has no such interface at this base URL', false, false],
		[406, 'YesApi does not know the app key', true, false],
		[407, 'The app key has expired at YesApi', true, false],
		[408, 'YesApi is too busy to serve this app key at the moment', false, true],
		[409, 'YesApi did not accept the signature', true, false],
		[413, 'The quota of the app is used up at YesApi', false, false],
		[415, 'YesApi has locked the app', true, false],
		[500, 'YesApi met an internal fault', false, true],
		[501, 'YesApi met an internal fault', false, true],
		[599, 'YesApi met an internal fault', false, true],
		[499, 'YesApi did not carry out the call', false, false],
	])('of ret %i', async (ret, message, credentialRejected, isTransient) => {
		const error = await refusalOf({ ret, data: {}, msg: '非法请求' });
		expect(error).toBeInstanceOf(VendorError);
		expect(error).toMatchObject({
			message: `${message} (ret ${ret}): 非法请求`,
			vendorCode: String(ret),
			httpStatus: 200,
			credentialRejected,
			isTransient,
		});
		expect(error.description).toMatch(/\w{3,}.*\.$/);
	});

	it('needs no reason, and may come as text', async () => {
		const error = await refusalOf({ ret: '409', data: [], msg: '' });
		expect(error.message).toBe('YesApi did not accept the signature (ret 409)');
		expect(error.vendorCode).toBe('409');
	});

	it('goes before the signature of the answer, which YesApi cannot make for an unknown app', async () => {
		expect((await refusalOf({ ret: 406, data: {}, msg: '' }, true)).vendorCode).toBe('406');
	});

	it('under another HTTP status keeps its own code', async () => {
		const error = await refusalOf({ ret: 413, data: {}, msg: '' }, false, 503);
		expect(error).toMatchObject({ vendorCode: '413', httpStatus: 503, isTransient: true });
	});

	it.each([[{ ret: 200, data: {} }], [{ message: 'Bad Gateway' }]])(
		'by HTTP alone has the code of HTTP (%j)',
		async (body) => {
			const error = await refusalOf(body, false, 502);
			expect(error).toMatchObject({
				message: 'YesApi did not carry out the call (HTTP 502)',
				vendorCode: '502',
				isTransient: true,
			});
		},
	);

	it.each([
		['dynamic', 'query', /App Secret.*dynamic signature/],
		['dynamic', 'path', /App Secret.*Sign the Interface Name/],
		['static', 'path', /Static Signature/],
		['none', 'path', /set "Signature" to/],
	] as const)(
		'of the signature (%s, %s) names fields that the credential shows',
		async (signatureMode, pathStyle, advice) => {
			const credentials = { ...CREDENTIALS, signatureMode, pathStyle };
			const error = (await thrownBy(() =>
				readInterfaceResponse(credentials, {}, response(200, { ret: 409, msg: '' }), NOW),
			)) as VendorError;
			expect(error.description).toMatch(advice);
			if (signatureMode !== 'dynamic' || pathStyle !== 'path') {
				expect(error.description).not.toContain('Sign the Interface Name');
			}
		},
	);

	it.each([429, 500, 502, 503, 504])(
		'by HTTP %i says nothing of the credential',
		async (status) => {
			const error = await refusalOf({ message: 'no' }, false, status);
			expect(error.credentialRejected).toBe(false);
			expect(error.description).not.toMatch(/credential|App (Key|Secret)|Base URL/);
		},
	);

	it.each([400, 401, 403, 405, 409])('by HTTP %i speaks of no item', async (status) => {
		const byHttp = await refusalOf({ message: 'no' }, false, status);
		const byRet = await refusalOf({ ret: status, msg: 'no' });
		for (const { description } of [byHttp, byRet]) expect(description).not.toContain('item');
	});

	it('without ret is not one of YesApi', async () => {
		const error = await refusalOf({ hello: 'world' });
		expect(error.message).toBe('The response is not from YesApi: it has no "ret"');
		expect(error.description).toContain('Base URL');
	});

	it.each([
		[200, '<html>登录</html>', 'a web page'],
		[200, '', 'an empty page'],
		[302, '', 'a redirect'],
	])('HTTP %i, %j is told from an answer of YesApi', async (status, body, what) => {
		expect((await refusalOf(body, false, status)).message).toContain(what);
	});

	it('holds neither the answer nor the credential', async () => {
		const error = await refusalOf({ ret: 409, data: { private: 'PRIVATE' }, msg: 'no' });
		expect(everythingIn(error)).not.toMatch(/PRIVATE|example-secret|AAAAAAAA/);
	});
});

it.each(['null', '[]', '"text"', '1'])('reads data that is %s as holding nothing', (data) => {
	expect(Object.keys(read(`{"ret":200,"data":${data},"msg":""}`))).toEqual([]);
});

describe('the refusal of a call', () => {
	const refusal = (body: unknown, status = 200) =>
		readCallResponse({
			credentials: CREDENTIALS,
			response: { ...response(status, body), url: `${CREDENTIALS.baseUrl}/` },
			env: { now: () => NOW, randomBytes: (length) => new Uint8Array(length) },
		});

	it.each([
		{ ret: 200, data: { err_code: 0 } },
		{ ret: 200, data: [] },
		{ ret: 200, data: 'text' },
		{ err_code: 1, err_msg: 'data alone, as with return_data=1' },
		{ hello: 'world' },
		[{ ret: 400 }],
		'ret 400',
	])('is not %j', (body) => {
		expect(refusal(body)).toBeNull();
	});

	it.each([
		[
			{ ret: 400, msg: '非法请求' },
			'YesApi did not accept the parameters (ret 400): 非法请求',
			'400',
		],
		[{ ret: 500, msg: '' }, 'YesApi met an internal fault (ret 500)', '500'],
		[
			{ ret: 200, data: { err_code: 1, err_msg: '数据不存在' } },
			'YesApi did not carry out the call (code 1): 数据不存在',
			'1',
		],
		[{ ret: 200, data: { err_coce: 2 } }, 'YesApi did not carry out the call (code 2)', '2'],
	])('is %j', (body, message, vendorCode) => {
		expect(refusal(body)).toBeInstanceOf(VendorError);
		expect(refusal(body)).toMatchObject({ message, vendorCode });
		expect(refusal(body)?.description).not.toContain('item');
	});
});
