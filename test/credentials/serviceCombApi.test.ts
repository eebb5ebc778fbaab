import { ServiceCombApi } from '../../credentials/ServiceCombApi.credentials';
import { savedFields } from '../support/savedFields';

const credential = new ServiceCombApi();

const data = {
	baseUrl: 'https://engine.example:30100',
	name: 'root',
	password: 'fake-password',
	allowUnauthorizedCerts: false,
	publicKey: '',
	accessToken: 'a.b.c',
};

const url = 'https://engine.example:30100/v4/self-perms';

test('has the fields that saved workflows know', () => {
	expect(credential.name).toBe('serviceCombApi');
	expect(credential.displayName).toBe('ServiceComb API');
	expect(savedFields(credential)).toEqual([
		['baseUrl', 'string', '', false],
		['name', 'string', '', false],
		['password', 'string', '', true],
		['publicKey', 'string', '', false],
		['allowUnauthorizedCerts', 'boolean', false, false],
		['proxy', 'string', '', false],
		['processes', 'number', 1, false],
		['allowedHttpRequestDomains', 'options', 'all', false],
		['allowedDomains', 'string', '', false],
		['accessToken', 'hidden', '', true],
	]);
});

test('puts the token on a call, and lets certificates be checked', async () => {
	expect(await credential.authenticate(data, { url })).toEqual({
		url,
		headers: { Authorization: 'Bearer a.b.c' },
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
	});
});

test('accepts a self-signed certificate on both ways of n8n, if that is allowed', async () => {
	const allowing = { ...data, allowUnauthorizedCerts: true };
	expect(await credential.authenticate(allowing, { url })).toMatchObject({
		skipSslCertificateValidation: true,
		rejectUnauthorized: false,
	});
});
