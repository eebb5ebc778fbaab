import { calls, echoOf, logins, passingProxy, request, sandbox, serve } from './setup';
import { pressTest } from '../credentialTest';

it.each([
	'myproxy:3128',
	'127.0.0.1:3128',
	'socks5://127.0.0.1:1080',
	'ftp://127.0.0.1',
	'http://',
	'http:/127.0.0.1:3128',
	'http://my proxy:3128',
	'http://127.0.0.1:3128/path',
	'http://127.0.0.1:99999',
	'nonsense',
	'={{ true }}',
	'={{ ["http://127.0.0.1:3128"] }}',
	'={{ ({ host: "127.0.0.1" }) }}',
])('a proxy that cannot be used is refused before login and call: %s', async (proxy) => {
	const { error } = await request({ options: { proxy } });
	expect(error).toMatchObject({
		name: 'NodeOperationError',
		message: '"Proxy" is not the address of an HTTP proxy',
		description: 'Enter an address like http://myproxy:3128, or leave the field empty.',
	});
	expect(sandbox.requests).toEqual([]);
});

it.each(['', '  ', '={{ null }}', '={{ undefined }}'])('%j is none', async (proxy) => {
	await request({ options: { proxy } });
	expect(calls()).toHaveLength(1);
});

it('blanks around an address do no harm', async () => {
	const proxy = ` ${await passingProxy()} `;
	const { headers } = await echoOf({ options: { proxy } }, { credential: { proxy } });
	expect(headers).toHaveProperty('maxus_jwt');
});

describe.each<[string, number, Record<string, string>]>([
	['407', 407, { 'Proxy-Authenticate': 'Basic realm="x"' }],
	['401 with Proxy-Authenticate', 401, { 'Proxy-Authenticate': 'Basic realm="x"' }],
	['401 of Squid', 401, { 'X-Squid-Error': 'ERR_ACCESS_DENIED 0' }],
	['401 with its name', 401, { 'WWW-Authenticate': 'NTLM, Basic realm="Corporate Proxy"' }],
])('a proxy that wants a login says %s', (_, status, headers) => {
	const refusing = async () =>
		await serve((_asked, answer) => answer.writeHead(status, headers).end());
	const told = `The proxy on the way wants a login (HTTP ${status})`;

	it.each(['tokenApi', 'serviceCombApi', 'maxusApi'] as const)(
		'in the place of the login of %s: no secret was judged, and the next one is sent',
		async (provider) => {
			const proxy = await refusing();
			const once = await request({}, { provider, credential: { proxy } });
			expect(once.error?.message).toBe(told);
			expect(sandbox.requests).toEqual([]);
			const { error } = await request({}, { provider });
			expect(error).toBeNull();
			const test = await pressTest(provider, { ...sandbox.credentials[provider], proxy });
			expect(test).toMatchObject({ status: 'Error', message: expect.stringContaining(told) });
		},
	);

	it('in the place of a call: the token is kept', async () => {
		const run = { provider: 'tokenApi' as const };
		const proxy = await refusing();
		const { error } = await request({ tokenUse: 'reuse', options: { proxy } }, run);
		expect(error?.message).toBe(told);
		expect((await request({ tokenUse: 'reuse' }, run)).error).toBeNull();
		expect(logins()).toHaveLength(1);
	});
});
