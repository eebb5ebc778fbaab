import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { YesApi } from '../../credentials/YesApi.credentials';
import { APP_KEY, APP_SECRET, SAMPLE_TOKEN } from '../support/yesApiSample';
import { savedFields } from '../support/savedFields';
import { bodyOf } from '../support/responses';

const credential = new YesApi();

/** Inside the lifetime of the sample token. */
beforeEach(() => {
	jest.useFakeTimers({
		now: Date.parse('2019-09-26T08:00:00Z'),
		doNotFake: ['setImmediate', 'nextTick'],
	});
});

afterEach(() => jest.useRealTimers());

/** A helper of n8n's that gives this answer, and what it was asked. */
function answering(body: object) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		asked.push(options);
		return { statusCode: 200, headers: {}, body: bodyOf(JSON.stringify(body)) };
	};
	return { asked, helper: { helpers: { httpRequest } } as unknown as IHttpRequestHelper };
}

const issued = { ret: 200, data: { err_code: 0, err_msg: '', jwt_token: SAMPLE_TOKEN }, msg: '' };

/** Data as n8n decrypts it; each test has a base URL of its own, since tokens are kept. */
const data = (host: string) => ({
	baseUrl: `https://${host}.okayapi.example/`,
	appKey: APP_KEY,
	appSecret: APP_SECRET,
	signatureMode: 'dynamic',
	pathStyle: 'query',
	accessToken: '',
});

it('has the fields that saved credentials rely on', () => {
	const fields = savedFields(credential);
	expect(credential.name).toBe('yesApi');
	expect(credential.displayName).toBe('YesApi API');
	expect(fields).toEqual([
		['baseUrl', 'string', '', false],
		['appKey', 'string', '', false],
		['appSecret', 'string', '', true],
		['signatureMode', 'options', 'dynamic', false],
		['staticSignSecret', 'string', '', true],
		['pathStyle', 'options', 'query', false],
		['signService', 'boolean', false, false],
		['sub', 'string', 'YesApi', false],
		['uid', 'string', '', false],
		['allowUnauthorizedCerts', 'boolean', false, false],
		['proxy', 'string', '', false],
		['processes', 'number', 1, false],
		['allowedHttpRequestDomains', 'options', 'all', false],
		['allowedDomains', 'string', '', false],
		['accessToken', 'hidden', '', true],
	]);
});

it('puts a token on a request, to any host, and hands none back for storing', async () => {
	const { asked, helper } = answering(issued);
	const stored = data('one');
	await expect(credential.preAuthentication.call(helper, stored)).resolves.toEqual({});
	const request = { url: 'https://my-own-server.example/orders', headers: { 'X-Mine': '1' } };
	expect(await credential.authenticate(stored, request)).toMatchObject({
		url: request.url,
		headers: { 'X-Mine': '1', Authorization: `Bearer ${SAMPLE_TOKEN}` },
	});
	expect(asked).toHaveLength(1);
	expect(asked[0]).toMatchObject({
		method: 'POST',
		url: 'https://one.okayapi.example/?s=App.Common_Jwt.ApplyToken',
		body: `sub=YesApi&expTime=86400&app_key=${APP_KEY}&sign=9F62238C34C6B1CCD69FBBFB22C6FEDF`,
	});
});

it('uses one token for several requests', async () => {
	const { asked, helper } = answering(issued);
	for (let request = 0; request < 3; request += 1) {
		await credential.preAuthentication.call(helper, data('two'));
	}
	expect(asked).toHaveLength(1);
});

it('says what YesApi says under HTTP 200, without the secret', async () => {
	const msg = `签名错误 ${APP_SECRET}`;
	const { helper } = answering({ ret: 409, data: {}, msg });
	const error: unknown = await credential.preAuthentication
		.call(helper, data('three'))
		.catch((reason: unknown) => reason);
	expect(error).toMatchObject({
		message:
			'YesApi did not accept the signature (ret 409): 签名错误 ***. Check the App Secret of the credential, and that the app is set to a dynamic signature in the YesApi console.',
		vendorCode: '409',
	});
	for (const name of ['code', 'status', 'statusCode', 'httpCode', 'response']) {
		expect(error).not.toHaveProperty(name);
	}
});

it('is tested with a request that cannot be refused and carries no secret', () => {
	const { request, rules } = credential.test;
	expect(rules).toBeUndefined();
	expect(request).toMatchObject({ url: '/', ignoreHttpStatusErrors: true });
	expect(JSON.stringify(request)).not.toMatch(/appKey|appSecret/);
});
