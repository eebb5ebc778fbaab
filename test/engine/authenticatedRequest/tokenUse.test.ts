import {
	calls,
	fields,
	jsonOf,
	logins,
	numbered,
	onlyJson,
	anyLocalPort,
	otherCredential,
	passingProxy,
	request,
	sandbox,
	type RequestRun,
} from './setup';
import { skip, skipPauses } from './skippedTime';

import { providers, type Provider } from '../../../providers';
import type { ProviderType } from '../../../providers/registry';
import { vendorOf } from '../../../sandbox';

skipPauses();

/** Every vendor, and how to call it. */
const all = Object.values<Provider>(providers).map(({ type }): [ProviderType, string] => [
	type as ProviderType,
	vendorOf(type).sample('1').method,
]);

/** Those whose tokens may be used again. */
const reusing = all.filter(([type]) => providers[type].tokens.reuse !== 'never');

/** Whether a call carries a token as its vendor wants it. */
const carries =
	(provider: ProviderType, token: string) =>
	({ headers }: { headers: Record<string, unknown> }) =>
		Object.entries(vendorOf(provider).tokenHeaders(token)).every(
			([name, value]) => headers[name.toLowerCase()] === value,
		);

const statuses = () => calls().map(({ status }) => status);

describe.each(all)('fresh, %s', (provider, method) => {
	const run = (more: RequestRun = {}): RequestRun => ({
		provider,
		credential: anyLocalPort,
		...more,
	});

	it('every call has a login of its own', async () => {
		await jsonOf({ method, tokenUse: 'fresh' }, run({ items: numbered(20) }));
		expect(logins()).toHaveLength(20);
		expect(calls()).toHaveLength(20);
	});

	it('a new token that is refused is tried again, and then renewed', async () => {
		await onlyJson({ method, tokenUse: 'fresh', url: '/status/401?times=1' }, run());
		expect(statuses()).toEqual([401, 200]);
		expect(logins()).toHaveLength(1);
		await onlyJson({ method, tokenUse: 'fresh', url: '/status/401?times=5' }, run());
		expect(logins()).toHaveLength(3);
	});

	it('no more than once', async () => {
		const { error } = await request({ method, tokenUse: 'fresh', url: '/status/401' }, run());
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The service responded with HTTP 401 Unauthorized',
			description: expect.stringContaining('so was a renewed one'),
		});
		// Three more tries with each token.
		expect(statuses()).toEqual(Array(8).fill(401));
		expect(logins()).toHaveLength(2);
	});

	it('it carries the token as the vendor wants it', async () => {
		const item = await onlyJson({ method }, run());
		expect(item).toMatchObject({ ok: true });
		const token = logins()[0]?.token as string;
		expect(token).toMatch(/\S/);
		expect(calls().filter(carries(provider, token))).toHaveLength(1);
	});
});

describe('Maxus', () => {
	it('gives every call another token', async () => {
		sandbox.faults.maxusSingleUse = true;
		await jsonOf({}, { items: numbered(30) });
		expect(new Set(calls().map(({ token }) => token)).size).toBe(30);
	});

	it('is never reused, whatever the workflow says', async () => {
		sandbox.faults.maxusSingleUse = true;
		await jsonOf({ tokenUse: 'reuse' }, { items: numbered(5) });
		expect(logins()).toHaveLength(5);
	});

	it('a POST that got 401 is sent once more, whole', async () => {
		const post = { method: 'POST', sendBody: true, bodyParameters: fields(['a', 1]) };
		await onlyJson({ url: '/status/401?times=1', ...post });
		expect(calls().map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
	});
});

describe.each(reusing)('reuse, %s', (provider, method) => {
	const run = (more: RequestRun = {}): RequestRun => ({
		provider,
		credential: anyLocalPort,
		...more,
	});
	const reuse = { method, tokenUse: 'reuse' };

	it('many items make one login', async () => {
		await jsonOf(reuse, run({ items: numbered(50) }));
		expect(logins()).toHaveLength(1);
		expect(calls()).toHaveLength(50);
	});

	it('a renewed token that is refused, too, is not renewed again for later calls', async () => {
		const same = run();
		const { error } = await request({ ...reuse, url: '/status/401?times=8' }, same);
		expect(error?.description).toContain('so was a renewed one');
		expect(logins()).toHaveLength(2);
		await onlyJson(reuse, same);
		expect(logins()).toHaveLength(2);
	});

	it('several runs make one login', async () => {
		const same = run();
		await onlyJson(reuse, same);
		await onlyJson(reuse, same);
		expect(logins()).toHaveLength(1);
	});

	it('another credential makes another login', async () => {
		await onlyJson(reuse, run());
		await onlyJson(reuse, run({ credential: otherCredential }));
		expect(logins()).toHaveLength(2);
	});

	it('serves calls by any route: the login takes the same one, that of the credential', async () => {
		const same = run();
		await onlyJson(reuse, same);
		await onlyJson({ ...reuse, options: { allowUnauthorizedCerts: true } }, same);
		await onlyJson({ ...reuse, options: { proxy: await passingProxy() } }, same);
		expect(logins()).toHaveLength(1);
	});

	it('tokens that have expired are renewed once, not once an item', async () => {
		// A login within the same second gives the same token again.
		const same = run({ items: numbered(50) });
		await jsonOf(reuse, same);
		skip(1000);
		sandbox.expireTokens();
		sandbox.requests.length = 0;
		await jsonOf({ ...reuse, options: { concurrency: 50 } }, same);
		expect(logins()).toHaveLength(1);
		const isRenewed = carries(provider, logins()[0]?.token ?? '');
		expect(calls().filter(isRenewed)).toHaveLength(50);
		// Each may be tried three times more with a token that is as new as this one was.
		expect(calls().filter((call) => !isRenewed(call)).length).toBeLessThanOrEqual(200);
	});

	it('a token is renewed before it expires, and not much earlier', async () => {
		const same = run();
		await onlyJson(reuse, same);
		const now = performance.now.bind(performance);
		let passed = (vendorOf(provider).tokenLifetimeSeconds - 90) * 1000;
		const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + passed);
		try {
			await onlyJson(reuse, same);
			expect(logins()).toHaveLength(1);
			passed += 60_000;
			// Beside the call, which goes on with the good one.
			await onlyJson(reuse, same);
			while (logins().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
			await onlyJson(reuse, same);
			expect(logins()).toHaveLength(2);
			expect(statuses()).toEqual([200, 200, 200, 200]);
		} finally {
			clock.mockRestore();
		}
	});
});

describe('a credential that is refused', () => {
	it('is tried once for 100 items: ServiceComb blocks accounts', async () => {
		const credential = { ...anyLocalPort, password: 'wrong-fake-password' };
		for (const tokenUse of ['fresh', 'reuse']) {
			const { items } = await request(
				{ tokenUse, options: { concurrency: 20 } },
				{
					provider: 'serviceCombApi',
					credential,
					items: numbered(100),
					onError: 'continueRegularOutput',
				},
			);
			expect(items).toHaveLength(100);
			for (const { json } of items) {
				expect(json).toEqual({
					error: expect.stringContaining('ServiceComb'),
					details: { advice: expect.any(String) as string, errorCode: '401202', httpStatus: 401 },
				});
			}
		}
		expect(logins()).toHaveLength(1);
		expect(calls()).toEqual([]);
	});

	it('of Agent Auth has its code', async () => {
		const credential = { ...anyLocalPort, secret: 'wrong-fake-secret' };
		const json = await onlyJson(
			{ method: 'POST' },
			{ provider: 'agentAuthApi', credential, onError: 'continueRegularOutput' },
		);
		expect(json.details).toMatchObject({ errorCode: '10', httpStatus: 200 });
	});
});

describe('Agent Auth', () => {
	const run = (): RequestRun => ({ provider: 'agentAuthApi', credential: anyLocalPort });

	const nonces = () => calls().map(({ headers }) => headers['x-nonce']);

	it.each([
		['/status/401?times=1', [401, 200]],
		['/status/503?times=1&retryAfter=0', [503, 200]],
	])('%s: another try has another nonce', async (url, expected) => {
		await onlyJson(
			{
				method: 'POST',
				url,
				sendBody: true,
				bodyParameters: fields(['username', '小白']),
				options: { retryNonIdempotent: true },
			},
			run(),
		);
		expect(statuses()).toEqual(expected);
		expect(new Set(nonces()).size).toBe(2);
		expect(calls().map(({ decrypted }) => decrypted)).toEqual([
			{ username: '小白' },
			{ username: '小白' },
		]);
		expect(calls()[0]?.body).toMatch(/^\{"cipherText":"[^"]+"\}$/);
		expect(calls()[0]?.body).not.toBe(calls()[1]?.body);
	});

	it('a call without a body encrypts {}', async () => {
		await onlyJson({ method: 'POST', url: '/v2/games' }, run());
		expect(calls()[0]).toMatchObject({ status: 200, decrypted: {} });
	});

	it('a raw body that is JSON is encrypted', async () => {
		const raw = { contentType: 'raw', rawContentType: 'text/plain', body: '{ "a": 1 }' };
		await onlyJson({ method: 'POST', sendBody: true, ...raw }, run());
		expect(calls()[0]?.decrypted).toEqual({ a: 1 });
	});

	it.each([
		['form-urlencoded', 'Agent Auth takes JSON only'],
		['multipart-form-data', 'Agent Auth takes JSON only'],
		['binaryData', 'Agent Auth takes JSON only'],
		['raw', 'The body of an Agent Auth call must be JSON'],
	])('another body is refused before any call: %s', async (contentType, message) => {
		const body = { bodyParameters: fields(['a', '1']), body: '<a/>', inputDataFieldName: 'data' };
		const items = [{ json: {}, binary: { data: { data: 'eA==', mimeType: 'image/png' } } }];
		const { error } = await request(
			{ method: 'POST', sendBody: true, contentType, ...body },
			{ ...run(), items },
		);
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(sandbox.requests).toEqual([]);
	});
});

describe('Token Expired When', () => {
	const expiredWhen = '={{ $response.body.code === 401 }}';

	it('renews the token and calls once more', async () => {
		const json = await onlyJson({ url: '/expired-200', options: { expiredWhen } });
		expect(json).toMatchObject({ ok: true });
		expect(calls()).toHaveLength(2);
		expect(logins()).toHaveLength(1);
	});

	it('renews it once', async () => {
		const url = '/expired-200?times=9';
		expect(await onlyJson({ url, options: { expiredWhen } })).toMatchObject({ code: 401 });
		expect(calls()).toHaveLength(8);
		expect(logins()).toHaveLength(2);
	});

	it('drops a token that is reused', async () => {
		const run: RequestRun = { provider: 'serviceCombApi', credential: anyLocalPort };
		const url = '/expired-200?times=5';
		const parameters = { url, tokenUse: 'reuse', options: { expiredWhen } };
		await onlyJson(parameters, run);
		expect(logins()).toHaveLength(2);
	});

	it('may look at the status and the headers', async () => {
		const byStatus =
			'={{ $response.statusCode === 403 && $response.headers["content-type"].length > 0 }}';
		await onlyJson({ url: '/status/403?times=1', options: { expiredWhen: byStatus } });
		expect(statuses()).toEqual([403, 200]);
	});

	it('leaves other answers as they are, whatever they are', async () => {
		for (const url of ['/text', '/array', '/empty', '/gbk']) {
			const plain = await jsonOf({ url });
			expect(await jsonOf({ url, options: { expiredWhen } })).toEqual(plain);
		}
		expect(calls()).toHaveLength(8);
	});

	it('leaves a refusal a refusal', async () => {
		const { error } = await request({ url: '/status/404', options: { expiredWhen } });
		expect(error).toMatchObject({ httpCode: '404' });
		expect(error?.description).toContain('Status 404');
		expect(calls()).toHaveLength(1);
	});

	it.each(['={{ "false" }}', '={{ false }} ', '= {{ false }}', '={{ null }}', '={{ 0 }}'])(
		'%s is not true, and a POST is sent once',
		async (never) => {
			await onlyJson({ method: 'POST', options: { expiredWhen: never } });
			expect(calls()).toHaveLength(1);
		},
	);

	it('names the field when n8n cannot read the expression', async () => {
		const { error } = await request({ options: { expiredWhen: '={{ false; }}' } });
		expect(error?.message).toBe('"Token Expired When" is not an expression');
	});

	it.each(['{{ $response.body.code === 401 }}', '={{ true }} or not', '=true', ' ={{ true }}'])(
		'says so when the text is no expression, before any call: %s',
		async (fixed) => {
			const { error } = await request({ url: '/expired-200', options: { expiredWhen: fixed } });
			expect(error?.message).toBe('"Token Expired When" is not an expression');
			expect([...calls(), ...logins()]).toEqual([]);
		},
	);

	it('does nothing without an expression', async () => {
		await onlyJson({ url: '/expired-200', options: { expiredWhen: '' } });
		expect(calls()).toHaveLength(1);
	});
});
