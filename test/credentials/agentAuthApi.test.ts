import { AgentAuthApi } from '../../credentials/AgentAuthApi.credentials';
import { savedFields } from '../support/savedFields';

const credential = new AgentAuthApi();

test('has the fields that saved workflows know', () => {
	expect(credential.name).toBe('agentAuthApi');
	expect(credential.displayName).toBe('Agent Auth API');
	expect(savedFields(credential)).toEqual([
		['baseUrl', 'string', '', false],
		['agentId', 'string', '', false],
		['secret', 'string', '', true],
		['apiKey', 'string', '', true],
		['signatureFormat', 'options', 'delimited', false],
		['bodyAgentId', 'string', '', false],
		['allowUnauthorizedCerts', 'boolean', false, false],
		['proxy', 'string', '', false],
		['processes', 'number', 1, false],
		['allowedHttpRequestDomains', 'options', 'all', false],
		['allowedDomains', 'string', '', false],
		['accessToken', 'hidden', '', true],
	]);
});

test('offers both signature formats', () => {
	const format = credential.properties.find(({ name }) => name === 'signatureFormat');
	expect(format?.options).toMatchObject([{ value: 'delimited' }, { value: 'concatenated' }]);
});

test('encrypts and signs what the HTTP Request node sends', async () => {
	const data = {
		baseUrl: 'https://api.example.com',
		agentId: 'integratorNBTest01',
		secret: 'examplesecret==',
		apiKey: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
		signatureFormat: 'delimited',
		accessToken: 'a.b.c',
	};
	const options = {
		url: 'https://api.example.com/v2/members/balance',
		method: 'POST' as const,
		headers: { 'content-type': 'text/plain' },
		body: { username: 'someone' },
	};
	const authorized = await credential.authenticate(data, options);

	expect(authorized.headers).toEqual({
		'Content-Type': 'application/json',
		Authorization: 'Bearer a.b.c',
		'x-agentid': 'integratorNBTest01',
		'x-timestamp': expect.stringMatching(/^\d{13}$/),
		'x-nonce': expect.stringMatching(/^[0-9a-f]{32}$/),
		'x-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
	});
	expect(authorized.body).toMatch(/^\{"cipherText":"[\w+/]{16}[\w+/]{22}==[\w+/]+=*"\}$/);
	expect(options.body).toEqual({ username: 'someone' });
});

test('sends a token to no other host', () => {
	const data = {
		baseUrl: 'https://api.example.com',
		agentId: 'integratorNBTest01',
		secret: 'examplesecret==',
		apiKey: '0'.repeat(64),
		accessToken: 'a.b.c',
	};
	return expect(
		credential.authenticate(data, { url: 'https://other.example/v2/games' }),
	).rejects.toThrow('Agent Auth tokens must not go to other.example');
});
