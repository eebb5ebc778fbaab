import { InputError } from '../../../../providers/kit/errors';
import { thrownBy } from '../../../support/leaks';
import { credentials, surroundings, tokenApi, tokenRequest } from './form';
import vectors from './jwtVectors.json';

/** Made with OpenSSL, which also told its thumbprints. */
const CERTIFICATE =
	'-----BEGIN CERTIFICATE-----\nMIIBfTCCASOgAwIBAgIUD7uAIXUQCoqw0JdEUQi3kHxWd14wCgYIKoZIzj0EAwIw\nEzERMA8GA1UEAwwIZmFrZS1uOG4wIBcNMjYxMjAxMDEyMjQ4WhgPMjEyNjExMDcw\nMTIyNDhaMBMxETAPBgNVBAMMCGZha2UtbjhuMFkwEwYHKoZIzj0CAQYIKoZIzj0D\nAQcDQgAErg2rJbewPdvkoX21F3v40LSxSuhXhATFgJQRSA2fm+ok/xveJ0VB7wfR\nelR4mS4eeO89AEE2lpR/buHcpNo2oqNTMFEwHQYDVR0OBBYEFPo1It0xlmTbXnxA\nuF2jnXNPyMHyMB8GA1UdIwQYMBaAFPo1It0xlmTbXnxAuF2jnXNPyMHyMA8GA1Ud\nEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAI10oyJ5+CI8YQ3JdZIxnsrL\nR+1o7N1GihnznqY4meozAiBonyR97dx7bpBpdbVEd4U4hvXJ1BbI1+5hVrVV9vKJ\nEw==\n-----END CERTIFICATE-----\n';
const THUMBPRINTS = {
	x5t: '0kcbvelJ8PqYlD2bv77kFBgW7k4',
	'x5t#S256': 'nObLTnSQ7IHkFsXbW12quSbJsV-Wvm4WcgLGNxCoWxM',
};

describe('a JWT whose header names the certificate of its key', () => {
	const signed = {
		jwt: 'value',
		jwtAlgorithm: 'ES256',
		signingKey: vectors.keys.p256.private,
		changeRequest: true,
		jsonBody: '{ "assertion": "{{jwt}}" }',
	};

	const headerOf = async (change: object) => {
		const form = credentials({ ...signed, ...change });
		const prepared = await tokenApi.prepare?.({ credentials: form, env: surroundings });
		const of = { credentials: prepared ?? form, options: {}, env: surroundings };
		const { assertion } = JSON.parse(tokenApi.tokenRequest(of).body ?? '') as {
			assertion: string;
		};
		const [header = ''] = assertion.split('.');
		return JSON.parse(Buffer.from(header, 'base64url').toString()) as unknown;
	};

	it('has both thumbprints', async () => {
		const header = { alg: 'ES256', typ: 'JWT', ...THUMBPRINTS };
		expect(await headerOf({ signingCert: CERTIFICATE })).toEqual(header);
	});

	it('takes a certificate whose line breaks got lost, or are written out', async () => {
		for (const signingCert of [
			CERTIFICATE.replaceAll('\n', ''),
			CERTIFICATE.replaceAll('\n', ' '),
			CERTIFICATE.replaceAll('\n', '\\n'),
			CERTIFICATE.replaceAll('\n', '\r\n'),
		]) {
			expect(await headerOf({ signingCert })).toMatchObject(THUMBPRINTS);
		}
	});

	it('has other fields by name', async () => {
		const jwtHeader = '{ "typ": "client-authentication+jwt", "cty": "x" }';
		expect(await headerOf({ jwtHeader })).toEqual({
			alg: 'ES256',
			typ: 'client-authentication+jwt',
			cty: 'x',
		});
	});

	it('says when it is no certificate, and does not show it', async () => {
		for (const signingCert of [vectors.keys.p256.private, 'fake-no-pem']) {
			const error = (await thrownBy(() => headerOf({ signingCert }))) as InputError;
			expect(error.message).toBe('The certificate of the credential is not a certificate in PEM');
			expect(JSON.stringify([error.message, error.description])).not.toContain(signingCert);
		}
	});
});

describe('the body of the login', () => {
	it('may be a JSON list', () => {
		const { body } = tokenRequest({
			changeRequest: true,
			jsonBody: '[{ "user": "{{username}}" }, ["{{password}}"], 1]',
		});
		expect(body).toBe('[{"user":"fake-user"},["fake-password"],1]');
	});

	it.each(['"text"', '1', 'null'])('is not the JSON %s', (jsonBody) => {
		expect(() => tokenRequest({ changeRequest: true, jsonBody })).toThrow(
			'The credential\'s "JSON Body" is not a JSON object',
		);
	});
});

describe('blanks at the ends of a password', () => {
	const sent = (change: object) =>
		JSON.parse(tokenRequest({ password: ' fake pass\t', ...change }).body ?? '') as unknown;

	it('are cut off, as pasting adds them', () => {
		expect(sent({})).toEqual({ username: 'fake-user', password: 'fake pass' });
	});

	it('stay with "Keep Blanks", in other values, too', () => {
		const kept = { moreSecrets: true, keepBlanks: true, value1Name: 'code', value1: ' 1 ' };
		expect(sent(kept)).toEqual({ username: 'fake-user', password: ' fake pass\t' });
		const jsonBody = '{ "password": "{{password}}", "code": "{{code}}" }';
		expect(sent({ ...kept, changeRequest: true, jsonBody })).toEqual({
			password: ' fake pass\t',
			code: ' 1 ',
		});
	});
});

describe('a client certificate', () => {
	const given = {
		clientCertificate: true,
		clientCert: CERTIFICATE.replaceAll('\n', '\\n'),
		clientKey: vectors.keys.p256.private,
	};

	it('is read with its line breaks, and its key is a secret', () => {
		const form = credentials({ ...given, clientKeyPassphrase: 'fake-passphrase' });
		expect(form.certificates?.cert?.trim()).toBe(CERTIFICATE.trim());
		const secrets = tokenApi.secretsOf({ credentials: form });
		expect(secrets).toContain(form.certificates?.key);
		expect(secrets).toContain('fake-passphrase');
	});

	it('is not shown where it is switched off', () => {
		expect(credentials({ ...given, clientCertificate: false }).certificates).toBeUndefined();
	});
});
