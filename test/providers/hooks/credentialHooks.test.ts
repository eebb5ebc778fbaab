import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { credentialHooks, tokenField } from '../../../providers/hooks/credentialHooks';
import { withHeaders } from '../../../providers/kit/headers';
import { createEngine } from '../../../providers/tokens/engine';
import { InputError } from '../../../providers/kit/errors';
import { maxus } from '../../../providers/vendors/maxus/vendor';
import type { Provider } from '../../../providers/kit/provider';
import { FakeClock } from '../../support/fakeClock';
import { everythingIn, thrownBy } from '../../support/leaks';
import { bodyOf } from '../../support/responses';

const bound: Provider = maxus;
const { preAuthentication, authenticate } = credentialHooks(createEngine(), bound);

const CALL: IHttpRequestOptions = { method: 'POST', url: 'https://maxus.example/fir/update' };

const ADVICE =
	'Check the Service Code, the Service Secret and the Environment of the credential: Maxus gives each environment its own.';

/** Data of a credential nobody has used yet, as n8n hands it to the hooks. */
let count = 0;
function newData(more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject {
	count += 1;
	return {
		environment: 'custom',
		baseUrl: 'https://maxus.example',
		serviceCode: `fake-code-${count}`,
		serviceSecret: 'fake-secret-for-tests',
		accessToken: '',
		...more,
	};
}

/** n8n's helper over a vendor that issues `token-1`, `token-2`, … or refuses with `errMsg`. */
function vendor(errMsg?: string) {
	let issued = 0;
	const httpRequest = jest.fn(async () => {
		issued += 1;
		const body =
			errMsg === undefined ? { status: 1, data: `token-${issued}` } : { status: 0, errMsg };
		return { statusCode: 200, headers: {}, body: bodyOf(JSON.stringify(body)) };
	});
	return { httpRequest, context: { helpers: { httpRequest } } as IHttpRequestHelper };
}

it('declares the hidden property that makes n8n call preAuthentication, empty by default', () => {
	expect(tokenField).toMatchObject({
		type: 'hidden',
		default: '',
		typeOptions: { expirable: true },
	});
});

describe('preAuthentication', () => {
	it('leaves the token in memory and hands n8n nothing to store', async () => {
		const data = newData();
		const { context } = vendor();
		await expect(preAuthentication.call(context, data)).resolves.toEqual({});
		expect(data[tokenField.name]).toBe('token-1');
	});

	it('fetches a new token for every request', async () => {
		const { context, httpRequest } = vendor();
		const stored = newData();
		const tokens = [];
		for (let request = 0; request < 3; request += 1) {
			const data = { ...stored };
			await preAuthentication.call(context, data);
			tokens.push(data[tokenField.name]);
		}
		expect(tokens).toEqual(['token-1', 'token-2', 'token-3']);
		expect(httpRequest).toHaveBeenCalledTimes(3);
	});

	it('uses one token for several requests where the vendor lets tokens be reused', async () => {
		const clock = new FakeClock(Date.now());
		const hooks = credentialHooks(createEngine({ elapsed: clock.elapsed }), {
			...bound,
			tokens: { ...bound.tokens, reuse: 'offered' },
			readTokenResponse: ({ response: { body } }) => ({
				token: (JSON.parse(body) as { data: string }).data,
				issuedAt: Date.now(),
				expiresAt: Date.now() + 3_600_000,
				claims: null,
			}),
		});
		const { context } = vendor();
		const stored = newData();
		const [first, second] = [{ ...stored }, { ...stored }];
		await hooks.preAuthentication.call(context, first);
		await hooks.preAuthentication.call(context, second);
		expect(second[tokenField.name]).toBe('token-1');

		// Called again with used data, after any error: a new token is not given up for that.
		await hooks.preAuthentication.call(context, second);
		const again = { ...stored };
		await hooks.preAuthentication.call(context, again);
		expect(again[tokenField.name]).toBe('token-1');
		clock.jump(60_000);
		await hooks.preAuthentication.call(context, again);
		const third = { ...stored };
		await hooks.preAuthentication.call(context, third);
		expect(third[tokenField.name]).toBe('token-2');
	});

	it('called again after an error of the call, fetches nothing until the call is sent again', async () => {
		const data = newData();
		const { context, httpRequest } = vendor();
		await preAuthentication.call(context, data);
		await expect(preAuthentication.call(context, data)).resolves.toEqual({});
		expect(httpRequest).toHaveBeenCalledTimes(1);
		const sentAgain = await authenticate(data, CALL);
		expect(httpRequest).toHaveBeenCalledTimes(2);
		expect(sentAgain.headers).toMatchObject({ maxus_jwt: 'token-2' });
	});

	it('called again after the token request failed, gives the same error without another login', async () => {
		const data = newData();
		const { context, httpRequest } = vendor('serviceSecret is wrong');
		const error = await thrownBy(() => preAuthentication.call(context, data));
		expect(error).toMatchObject({
			message: `Maxus did not issue a token: serviceSecret is wrong. ${ADVICE}`,
			vendorCode: '0',
		});
		await expect(preAuthentication.call(context, data)).rejects.toBe(error);
		expect(httpRequest).toHaveBeenCalledTimes(1);
	});

	it('refuses a credential that is not complete before any call', async () => {
		const { context, httpRequest } = vendor();
		const error = await thrownBy(() =>
			preAuthentication.call(context, newData({ serviceSecret: ' ' })),
		);
		expect(error).toMatchObject({
			message:
				'The credential has no Service Secret. Open the credential and fill in "Service Secret".',
			vendorCode: null,
		});
		expect(httpRequest).not.toHaveBeenCalled();
	});

	it('says in the message alone what is wrong and what to do, without a secret', async () => {
		const data = newData();
		const secret = String(data.serviceSecret);
		const { context } = vendor(`serviceSecret ${secret} is wrong`);
		const error = (await thrownBy(() => preAuthentication.call(context, data))) as Error;
		expect(error.message).toBe(
			`Maxus did not issue a token: serviceSecret *** is wrong. ${ADVICE}`,
		);
		expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
		expect({ ...error }).toEqual({ vendorCode: '0' });
		expect(error).not.toHaveProperty('description');
		expect(everythingIn(error)).not.toContain(secret);
	});

	it.each([
		['wrong', 'wrong.'],
		['wrong.', 'wrong.'],
		['wrong!\n', 'wrong!'],
		['签名错误。', '签名错误。'],
	])('puts one stop between the two, though the vendor says %j', async (errMsg, said) => {
		const { context } = vendor(`serviceSecret: ${errMsg}`);
		await expect(preAuthentication.call(context, newData())).rejects.toHaveProperty(
			'message',
			`Maxus did not issue a token: serviceSecret: ${said} ${ADVICE}`,
		);
	});
});

describe('authenticate', () => {
	const withToken = () => newData({ accessToken: 'fake-token' });

	it('puts the token on the call and keeps the rest of it', async () => {
		const call = { ...CALL, headers: { 'X-Own': '1' }, body: { a: 1 }, qs: { b: 2 }, json: true };
		const authorized = await authenticate(withToken(), call);
		expect(authorized).toMatchObject({
			...call,
			headers: {
				'X-Own': '1',
				maxus_jwt: 'fake-token',
				'X-Timestamp': expect.any(String) as string,
			},
		});
	});

	it("returns a copy: n8n stores the caller's options with a failed execution", async () => {
		const call = { ...CALL, headers: { 'X-Own': '1' } };
		const before = structuredClone(call);
		await authenticate(withToken(), call);
		expect(call).toEqual(before);
	});

	it('replaces a header of the same name, however it is written', async () => {
		const call = { ...CALL, headers: { MAXUS_JWT: 'stale', 'x-timestamp': '1' } };
		const { headers } = await authenticate(withToken(), call);
		expect(Object.keys(headers ?? {}).sort()).toEqual(['X-Timestamp', 'maxus_jwt']);
	});

	it('switches redirects off on both paths of n8n', async () => {
		const call = { ...CALL, followRedirect: true, followAllRedirects: true, maxRedirects: 21 };
		await expect(authenticate(withToken(), call)).resolves.toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		});
	});

	it.each([
		['url', { url: 'https://stranger.example/' }],
		['uri, as on the older path', { uri: 'https://stranger.example/', url: undefined as never }],
		['url and baseURL', { baseURL: 'https://stranger.example', url: '/fir/update' }],
		[
			'a url that leaves its baseURL',
			{ baseURL: 'https://maxus.example', url: '//stranger.example/' },
		],
		[
			'a url that begins with a space, which axios joins to the baseURL',
			{ baseURL: 'https://stranger.example', url: ' https://maxus.example/' },
		],
		[
			'a url with a tab in its scheme, which axios joins to the baseURL',
			{ baseURL: 'https://stranger.example/', url: 'ht\ttps://maxus.example/' },
		],
	])('keeps the token from another host: %s', async (_name, target) => {
		const error = await thrownBy(() => authenticate(withToken(), { ...CALL, ...target }));
		expect(error).toBeInstanceOf(InputError);
		expect((error as InputError).message).toContain('must not go to stranger.example');
	});

	it.each([
		['uri', { uri: 'https://maxus.example/x', url: undefined as never }],
		['url and baseURL', { baseURL: 'https://maxus.example/v1', url: '/fir/update' }],
	])('knows the host of %s', async (_name, target) => {
		await expect(authenticate(withToken(), { ...CALL, ...target })).resolves.toMatchObject({
			headers: { maxus_jwt: 'fake-token' },
		});
	});

	it('says what to do on an n8n that does not call preAuthentication', async () => {
		await expect(authenticate(newData(), CALL)).rejects.toThrow(InputError);
	});

	it('accepts a self-signed certificate on both paths when the credential does', async () => {
		const { authenticate: trusting } = credentialHooks(createEngine(), {
			...bound,
			readCredentials: (data) => ({ ...bound.readCredentials(data), allowUnauthorizedCerts: true }),
		});
		await expect(trusting(withToken(), CALL)).resolves.toMatchObject({
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		});
		expect(await authenticate(withToken(), CALL)).not.toHaveProperty('rejectUnauthorized');
	});

	it('encrypts the plain body again, not the encrypted one, when a call is sent again', async () => {
		const { authenticate: encrypting } = credentialHooks(createEngine(), {
			...bound,
			authorize: ({ token: { token }, request: { body } }) => ({
				headers: { token },
				body: `encrypted(${JSON.stringify(body)})`,
			}),
		});
		const first = await encrypting(withToken(), { ...CALL, body: { a: 1 } });
		const second = await encrypting(withToken(), first);
		expect(first.body).toBe('encrypted({"a":1})');
		expect(second.body).toBe('encrypted({"a":1})');
	});
});

it('withHeaders keeps other headers, and their spelling', () => {
	expect(withHeaders({ 'X-Own': '1', accept: 'a', Token: 'old' }, { token: 'new' })).toEqual({
		'X-Own': '1',
		accept: 'a',
		token: 'new',
	});
});
