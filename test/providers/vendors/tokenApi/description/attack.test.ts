import { InputError } from '../../../../../providers/kit/errors';
import { thrownBy } from '../../../../support/leaks';
import { surroundings, tokenApi } from '../form';

const described = (change: object, fields: object = {}) =>
	tokenApi.readCredentials({
		service: 'description',
		baseUrl: 'https://api.example.com',
		username: 'fake-user',
		password: 'fake-password',
		description: JSON.stringify({
			version: 1,
			name: 'Of somebody else',
			values: { username: { label: 'User' }, password: { label: 'Password' } },
			login: { url: '/login', json: { u: '{{username}}', p: '{{password}}' } },
			...change,
		}),
		...fields,
	});

const requestOf = (change: object, fields?: object) =>
	tokenApi.tokenRequest({ credentials: described(change, fields), options: {}, env: surroundings });

describe('a host that the description does not name', () => {
	it.each([
		['before', { before: { url: 'https://{{username}}/x' } }],
		['before', { before: { url: 'https://api.example.com{{username}}/x' } }],
		['login', { login: { url: 'https://{{username}}.example.net/login' } }],
		['after', { after: { url: 'https://{{token}}/x' } }],
		['after', { after: { url: 'HTTPS://user:{{token}}@example.net/x' } }],
		['after', { after: { url: 'http://fake.example.net:{{token}}/x' } }],
		['before', { before: { url: '\\\\evil.example.net\\x' } }],
	])('is not reached by a template in %s: %o', async (_step, change) => {
		const error = (await thrownBy(() => described(change))) as InputError;
		expect(error).toBeInstanceOf(InputError);
		expect(error.message).toMatch(/has a template in its host|must not hold|is not a valid URL/);
	});

	it.each(['//evil.example.net/x', 'https:evil.example.net', '{{host}}'])(
		'is not reached by the path %s',
		(url) => {
			const change = {
				before: { url, take: {} },
				values: { host: { label: 'Host', default: 'https://evil.example.net' } },
			};
			expect(new URL(requestOf(change).url).host).toBe('api.example.com');
		},
	);

	it("gets no token by the calls that are the credential's own", () => {
		const url = 'https://evil.example.net/x';
		const credentials = described({ check: { url }, test: { url }, logout: { url } });
		const of = { credentials, token: { token: 'fake-token' }, env: surroundings };
		// Where a token may go is checked for each of them when it is sent.
		for (const asked of [tokenApi.checkRequest?.(of), tokenApi.logoutRequest?.(of)]) {
			expect(asked?.headers).toEqual({});
		}
	});
});

describe('a secret that is not its own', () => {
	const fields = {
		clientCertificate: true,
		clientCert: 'fake-cert',
		clientKey: 'fake-client-key',
		clientKeyPassphrase: 'fake-client-passphrase',
		moreSecrets: true,
		value1Name: 'pin',
		value1: 'fake-pin',
		curl: 'fake-curl',
	};

	it.each(['clientKey', 'clientKeyPassphrase', 'clientCert', 'value1', 'curl', 'description'])(
		'is not reached by the name %s',
		async (name) => {
			const change = {
				values: { [name]: { label: 'Anything' } },
				login: { url: '/login', json: { x: `{{${name}}}` } },
			};
			const error = (await thrownBy(() => requestOf(change, fields))) as InputError;
			expect(error.message).toBe('The credential has no Anything');
		},
	);

	it.each(['__proto__', 'constructor', 'toString', 'process', 'env'])(
		'is not reached by the template {{%s}}',
		async (name) => {
			const change = { login: { url: '/login', json: { x: `{{${name}}}` } } };
			const error = (await thrownBy(() => requestOf(change))) as InputError;
			expect(error).toBeInstanceOf(InputError);
			expect(error.message).toMatch(/stands for nothing|cannot be right|cannot be read/);
		},
	);

	it('reaches those that the user gave it', () => {
		const change = {
			values: { pin: { label: 'PIN' } },
			login: { url: '/login', json: { x: '{{pin}}' } },
		};
		expect(requestOf(change, fields).body).toBe('{"x":"fake-pin"}');
	});
});

describe('a file', () => {
	it.each(['file:///etc/passwd', '/../../etc/passwd', '/%2e%2e/x', '/a/..%2f..%2fb'])(
		'is not reached by the address %s',
		async (url) => {
			const made = await Promise.resolve()
				.then(() => new URL(requestOf({ login: { url, json: {} } }).url))
				.catch((error: unknown) => error);
			if (made instanceof URL) {
				expect([made.protocol, made.host]).toEqual(['https:', 'api.example.com']);
			} else expect(made).toBeInstanceOf(InputError);
		},
	);
});
