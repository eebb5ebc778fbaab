import { InputError } from '../../../providers/kit/errors';
import { assertTokenMayGo } from '../../../providers/tokens/hosts';
import { maxus } from '../../../providers/vendors/maxus/vendor';
import type { Credentials, Provider } from '../../../providers/kit/provider';

const bound = maxus as unknown as Provider;
const anywhere: Provider = { ...bound, hosts: { anywhere: true } };

interface Case {
	provider?: Provider;
	baseUrl?: string;
	domains?: string[] | null;
}

function check(url: string, { provider = bound, baseUrl, domains = null }: Case = {}): () => void {
	const credentials: Credentials = {
		baseUrl: baseUrl ?? 'https://vendor.example/v1',
		allowedDomains: domains,
	};
	return () => assertTokenMayGo(provider, credentials, url);
}

describe('a service with further ports of its own', () => {
	const provider: Provider = { ...bound, hosts: { anywhere: false, ports: [30103, 30110] } };

	it.each([
		['https://vendor.example:30110/v1/default/kie/kv', null],
		['https://vendor.example.:30103/', null],
		['https://vendor.example:30104/', 'must not go to vendor.example:30104'],
		['http://vendor.example:30110/', 'must not go out unencrypted'],
		['https://stranger.example:30110/', 'must not go to stranger.example:30110'],
	])('%s: %s', (url, refusal) => {
		const checked = expect(check(url, { provider }));
		if (refusal === null) checked.not.toThrow();
		else checked.toThrow(refusal);
	});

	it('has none where none are named', () => {
		expect(check('https://vendor.example:30110/')).toThrow('must not go to vendor.example:30110');
	});
});

it('lets a token go to a listed host by http, and to that of the base URL not', () => {
	const domains = ['vendor.example', 'internal.example'];
	expect(check('http://internal.example/', { domains })).not.toThrow();
	expect(check('http://vendor.example/', { domains })).toThrow('must not go out unencrypted');
});

describe('with no restriction of the user', () => {
	it.each([
		['any path of the base host', 'https://vendor.example/elsewhere?x=1'],
		['the default port written out', 'https://vendor.example:443/'],
		['upper case', 'HTTPS://VENDOR.EXAMPLE/'],
	])('lets a token go to %s', (_name, url) => {
		expect(check(url)).not.toThrow();
	});

	it.each([
		['another host', 'https://stranger.example/'],
		['a subdomain', 'https://a.vendor.example/'],
		['a host that begins alike', 'https://vendor.example.stranger.example/'],
		['a host that ends alike', 'https://evilvendor.example/'],
		['another port', 'https://vendor.example:8443/'],
		['a base host that is only the user name', 'https://vendor.example@stranger.example/'],
		['the base host over http', 'http://vendor.example/'],
	])('keeps it from %s', (_name, url) => {
		expect(check(url)).toThrow(InputError);
	});

	it('lets a token of an http base URL go over http and https to the same host and port', () => {
		const baseUrl = 'http://vendor.example:8080';
		expect(check('http://vendor.example:8080/', { baseUrl })).not.toThrow();
		expect(check('https://vendor.example:8080/', { baseUrl })).not.toThrow();
		expect(check('http://vendor.example/', { baseUrl })).toThrow(InputError);
	});

	it("lets a token that is made for the user's own servers go to any host", () => {
		expect(check('https://own.example/', { provider: anywhere })).not.toThrow();
	});

	it('lets even such a token not go over http to the host of an https base URL', () => {
		expect(check('http://vendor.example/', { provider: anywhere })).toThrow(InputError);
	});
});

describe('with domains that the user lists', () => {
	const domains = ['partner.example', '*.wide.example'];

	it.each([
		'https://partner.example/',
		'https://partner.example:8443/',
		'https://partner.example./',
		'https://a.wide.example/',
		'https://a.b.wide.example/',
		'https://vendor.example/',
	])('lets a token go to %s', (url) => {
		expect(check(url, { domains })).not.toThrow();
	});

	it.each([
		'https://a.partner.example/',
		'https://wide.example/',
		'https://evilwide.example/',
		'https://stranger.example/',
	])('keeps it from %s', (url) => {
		expect(check(url, { domains })).toThrow(InputError);
		expect(check(url, { domains, provider: anywhere })).toThrow(InputError);
	});

	it.each([
		'http://vendor.example/',
		'http://vendor.example./',
		'http://vendor.example:8080/',
		'http://VENDOR.example.:80/',
	])('keeps it from %s, the base host over http, though it is listed', (url) => {
		expect(check(url, { domains: ['vendor.example'] })).toThrow('must not go out unencrypted');
		expect(check(url, { provider: anywhere })).toThrow('must not go out unencrypted');
	});

	it('lets a token go over http to another host that is listed', () => {
		expect(check('http://partner.example:8080/', { domains })).not.toThrow();
	});

	it('with none listed, the base host alone is left', () => {
		expect(check('https://vendor.example/', { domains: [] })).not.toThrow();
		expect(check('https://own.example/', { domains: [], provider: anywhere })).toThrow(InputError);
	});
});

describe('the message', () => {
	it('names the host, and what to list if the user trusts it', () => {
		expect(check('https://stranger.example:8443/x?token=fake')).toThrow(
			expect.objectContaining({
				message: 'Maxus tokens must not go to stranger.example:8443',
				description: expect.stringMatching(
					/list vendor\.example and stranger\.example\./,
				) as string,
			}),
		);
	});

	it('says that the call must be encrypted', () => {
		expect(check('http://vendor.example/')).toThrow('must not go out unencrypted');
	});

	it.each(['/relative', 'vendor.example', ''])('says that "%s" is not a URL', (url) => {
		expect(check(url)).toThrow('The URL of the call is not a valid URL');
	});

	it.each(['ftp://vendor.example/', 'file:///etc/passwd'])('refuses %s', (url) => {
		expect(check(url)).toThrow('must begin with https:// or http://');
	});
});
