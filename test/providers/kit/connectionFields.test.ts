import { readConnection } from '../../../providers/kit/connectionFields';
import { InputError } from '../../../providers/kit/errors';
import { everythingIn, thrownBy } from '../../support/leaks';

describe('a proxy', () => {
	it.each([
		['http://myproxy:3128', 'http://myproxy:3128'],
		[' https://myproxy/ ', 'https://myproxy/'],
		['http://user:fake%20word@myproxy:3128', 'http://user:fake%20word@myproxy:3128'],
	])('is read from %j', (proxy, expected) => {
		expect(readConnection({ proxy })).toMatchObject({ proxy: expected });
	});

	it.each([undefined, null, '', ' '])('is none with %j', (proxy) => {
		expect(readConnection({ proxy })).not.toHaveProperty('proxy');
	});

	it.each([
		'myproxy:3128',
		'socks5://myproxy:1080',
		'http://',
		'http:///myproxy',
		'http://my proxy',
		'http://myproxy:99999',
		'http://myproxy/?x',
		'http://user:fake-proxy-secret@my proxy',
	])('%j is refused by name, and not shown', async (proxy) => {
		const error = await thrownBy(() => readConnection({ proxy }));
		expect(error).toBeInstanceOf(InputError);
		expect((error as Error).message).toBe(
			'"Proxy" of the credential is not the address of an HTTP proxy',
		);
		expect(everythingIn(error)).not.toContain('fake-proxy-secret');
	});
});

it.each([
	[true, true],
	['true', true],
	[false, false],
	['', false],
	[undefined, false],
])('certificates that are ignored with %j: %j', (allowUnauthorizedCerts, expected) => {
	expect(readConnection({ allowUnauthorizedCerts }).allowUnauthorizedCerts).toBe(expected);
});
