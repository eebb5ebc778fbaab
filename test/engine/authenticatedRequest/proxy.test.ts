import { calls, echoOf, passingProxy, request, sandbox } from './setup';

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
