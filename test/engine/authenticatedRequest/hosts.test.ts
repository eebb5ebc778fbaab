import {
	calls,
	jsonOf,
	numbered,
	onlyJson,
	anyLocalPort,
	request,
	sandbox,
	strangers,
	tokens,
	type RequestRun,
} from './setup';

import { everythingIn } from '../../support/leaks';

const bound = ['maxusApi', 'agentAuthApi', 'serviceCombApi'] as const;

const parametersFor = (url: string) => ({ url, method: 'POST' });

describe.each(bound)('a token of %s', (provider) => {
	it('goes to no other host, and none is fetched for that', async () => {
		const { error } = await request(parametersFor(`${sandbox.strangerUrl}/x`), { provider });
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(`must not go to ${new URL(sandbox.strangerUrl).host}`),
			description: expect.stringContaining(
				'set "Where the Token May Go" to "Hosts Listed Below" and list',
			),
		});
		expect(sandbox.requests).toEqual([]);
	});

	it('goes where the credential allows it', async () => {
		const run = { provider, credential: anyLocalPort };
		await onlyJson(parametersFor(`${sandbox.strangerUrl}/x`), run);
		expect(strangers()).toHaveLength(1);
		expect(strangers()[0]?.token).toBe(tokens()[0]);
	});

	it('goes to its own host, whatever the credential lists', async () => {
		const credential = { allowedHttpRequestDomains: 'none' };
		expect(await onlyJson({ method: 'POST' }, { provider, credential })).toMatchObject({
			ok: true,
		});
	});
});

it.each([
	['another port', () => `${sandbox.url.slice(0, -1)}/x`],
	['a name that begins alike', () => `${sandbox.url}.evil.example/x`],
	['a name in front of an @', () => `${sandbox.url}@evil.example/x`],
	['white space', () => ` ${sandbox.strangerUrl}/x`],
	['backslashes for slashes', () => `http:\\\\evil.example/x`],
	['a backslash behind the host', () => `${sandbox.url}\\@evil.example/x`],
	['a line break in the host', () => `${sandbox.url.replace('127', '12\n7')}/x`],
	['a tab', () => `ht\ttps://evil.example/x`],
	['capitals', () => sandbox.strangerUrl.replace('http', 'HTTP')],
])('refuses %s', async (_what, urlOf) => {
	const { error } = await request({ url: urlOf() });
	expect(error?.name).toBe('NodeOperationError');
	expect(sandbox.requests).toEqual([]);
});

it.each([
	['backslashes', `\\\\evil.example\\x`],
	['no scheme', '//evil.example/x'],
	['a path that climbs', '/../../../@evil.example/x'],
])('is not taken in by %s: it stays with the vendor', async (_what, url) => {
	await request({ url });
	expect(calls()).toHaveLength(1);
	expect(new URL(calls()[0]?.url ?? '').origin).toBe(sandbox.url);
});

it('does not go out unencrypted when the credential is encrypted', async () => {
	const baseUrl = `${sandbox.tlsUrl}/servicecomb`;
	const url = `${sandbox.tlsUrl?.replace('https:', 'http:')}/servicecomb/echo`;
	const run: RequestRun = { provider: 'serviceCombApi', credential: { baseUrl } };
	const { error } = await request({ url }, run);
	expect(error?.message).toMatch(/must not go out unencrypted$/);
	expect(sandbox.requests).toEqual([]);
});

it('a self-signed engine works when the credential allows it', async () => {
	const baseUrl = `${sandbox.tlsUrl}/servicecomb`;
	const credential = { ...anyLocalPort, baseUrl, allowUnauthorizedCerts: true };
	const run: RequestRun = { provider: 'serviceCombApi', credential };
	expect(await onlyJson({}, run)).toMatchObject({ ok: true });
	expect(calls()[0]?.url).toContain('https://');
});

it('concerns its own item alone', async () => {
	const url = `={{ $json.id === 1 ? "${sandbox.strangerUrl}/x" : "/echo" }}`;
	const json = await jsonOf({ url }, { items: numbered(3), onError: 'continueRegularOutput' });
	expect(json[1]).toEqual({
		error: expect.stringContaining('must not go to'),
		details: { advice: expect.any(String) as string, errorCode: null },
	});
	expect([json[0], json[2]]).toMatchObject([{ ok: true }, { ok: true }]);
	expect(strangers()).toEqual([]);
});

describe('a token of YesApi', () => {
	const provider = 'yesApi';

	it('is made for the servers of the user, on any host', async () => {
		const json = await onlyJson({ url: `${sandbox.strangerUrl}/mine` }, { provider });
		expect(json).toMatchObject({ server: 'stranger' });
		expect(strangers()[0]?.headers.authorization).toBe(`Bearer ${tokens()[0]}`);
	});

	it.each<Record<string, string>>([
		{ allowedHttpRequestDomains: 'none' },
		{ allowedHttpRequestDomains: 'domains', allowedDomains: 'mine.example' },
	])('unless the credential restricts it: %j', async (credential) => {
		const { error } = await request({ url: `${sandbox.strangerUrl}/x` }, { provider, credential });
		expect(error?.message).toContain('must not go to');
		expect(strangers()).toEqual([]);
	});
});

describe('a signed YesApi call', () => {
	const provider = 'yesApi';
	const options = { signRequest: true };
	const hello = '/?s=App.Hello.World';

	const form = (...parameters: Array<{ name: string; value: string }>) => ({
		method: 'POST',
		sendBody: true,
		contentType: 'form-urlencoded',
		bodyParameters: { parameters },
	});

	it.each([
		['a form', form({ name: '名', value: '小白 & +' })],
		[
			'a query',
			{ sendQuery: true, queryParameters: { parameters: [{ name: '名', value: '小白 & +' }] } },
		],
	])('carries a signature and no token: %s', async (_what, parameters) => {
		const json = await onlyJson({ url: hello, ...parameters, options }, { provider });
		expect(json).toMatchObject({ ret: 200, data: { parameters: { 名: '小白 & +' } } });
		expect(sandbox.requests).toHaveLength(1);
		expect(sandbox.requests[0]?.headers).not.toHaveProperty('authorization');
	});

	it('goes to no other host', async () => {
		const { error } = await request({ url: `${sandbox.strangerUrl}/`, options }, { provider });
		expect(error?.name).toBe('NodeOperationError');
		expect(strangers()).toEqual([]);
	});

	it('a refusal speaks of the app, and not of a token that was never sent', async () => {
		sandbox.faults.yesApi.businessFailures = [{ status: 401, body: '{}', times: 2 }];
		const { error } = await request(
			{ url: hello, ...form({ name: 'a', value: '1' }), options },
			{ provider },
		);
		sandbox.faults.yesApi.businessFailures = [];
		expect(error?.description).toContain('Check the App Key and the App Secret');
		expect(error?.description).not.toContain('token');
	});

	it('shows neither app key nor signature in an error', async () => {
		const wrong = { appSecret: 'wrong-fake-secret' };
		const { error, items } = await request(
			{ url: '/status/400', ...form({ name: 'a', value: '1' }), options },
			{ provider, credential: wrong },
		);
		expect(items).toEqual([]);
		expect(error).not.toBeNull();
		expect(everythingIn(error)).not.toMatch(/FAKEAPPKEY|wrong-fake-secret/);
	});
});
