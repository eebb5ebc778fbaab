import { createPrivateKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { Token } from '../../nodes/Token/Token.node';
import { pressTest } from '../engine/credentialTest';
import { engine } from '../engine/engine';
import { runHelpers, runNode } from '../engine/harness';
import vectors from '../providers/vendors/tokenApi/rfcVectors.json';
import { peers } from './peers';

const call = async (tokenApi: ICredentialDataDecryptedObject, url: string, count = 1) =>
	await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: { provider: 'tokenApi', tokenUse: 'reuse', url },
		items: Array.from({ length: count }, () => ({ json: {} })),
		credentials: { tokenApi },
	});

const getToken = async (tokenApi: ICredentialDataDecryptedObject) =>
	await runNode({ node: new Token(engine), credentials: { tokenApi } });

describe('the preset of Directus', () => {
	const { baseUrl, email, password, lifetimeSeconds } = peers().directus;
	const credential = { service: 'directus', baseUrl, username: email, password };

	it('calls with one token for all items, and with another once that has expired', async () => {
		const first = await call(credential, 'users/me?fields=email', 5);
		expect(first.error).toBeNull();
		expect(first.items.map(({ json }) => json)).toEqual(Array(5).fill({ data: { email } }));
		await wait(lifetimeSeconds * 1000 + 1000);
		const later = await call(credential, 'users/me?fields=email');
		expect(later.error).toBeNull();
		expect(later.items.map(({ json }) => json)).toEqual([{ data: { email } }]);
	});

	it('tells a wrong password as that', async () => {
		const wrong = { ...credential, password: 'fake-wrong' };
		const { error } = await call(wrong, 'users/me');
		expect(error?.message).toBe(
			'The service did not issue a token (HTTP 401): Invalid user credentials.',
		);
		expect((await pressTest('tokenApi', wrong)).status).toBe('Error');
		expect((await pressTest('tokenApi', credential)).status).toBe('OK');
	});
});

describe('the preset of Keycloak', () => {
	const { tokenUrl, client } = peers().keycloak;
	const [, realm = ''] = /\/realms\/([^/]+)\//.exec(tokenUrl) ?? [];
	const credential = {
		service: 'keycloak',
		baseUrl: new URL(tokenUrl).origin,
		database: realm,
		username: client.clientId,
		password: client.secret,
	};

	it('gives a token of the client, with its lifetime', async () => {
		const { items, error } = await getToken(credential);
		expect(error).toBeNull();
		const { claims, expiresIn } = items[0]?.json ?? {};
		expect(claims).toMatchObject({ azp: client.clientId });
		expect([298, 299, 300]).toContain(expiresIn);
	});

	it('tells a wrong secret as that', async () => {
		const { error } = await getToken({ ...credential, password: 'fake-wrong' });
		expect(error?.message).toBe(
			'The service did not issue a token (HTTP 401): Invalid client or Invalid client credentials',
		);
		expect((await pressTest('tokenApi', credential)).status).toBe('OK');
	});
});

describe('the service Matrix', () => {
	const { baseUrl, user, password, sessionSeconds } = peers().matrix;
	const credential = { service: 'matrix', baseUrl, username: user, password };
	const WHO = '_matrix/client/v3/account/whoami';
	const me = { user_id: user, device_id: 'N8N', is_guest: false };

	const httpRequest = async () =>
		await runHelpers({ credentials: { tokenApi: credential } }, async (context) => ({
			said: (await context.helpers.httpRequestWithAuthentication.call(context, 'tokenApi', {
				url: `${baseUrl}/${WHO}`,
				json: true,
			})) as object,
		}));

	it('calls with one token for all items, and with another once that has expired', async () => {
		const first = await call(credential, WHO, 3);
		expect([first.error, ...first.items.map(({ json }) => json)]).toEqual([null, me, me, me]);
		await wait(sessionSeconds * 1000 + 1000);
		const later = await call(credential, WHO);
		expect([later.error, later.items[0]?.json]).toEqual([null, me]);
	});

	it('logs in again when the session was revoked, and Test revokes none', async () => {
		await call(credential, WHO);
		expect((await pressTest('tokenApi', credential)).status).toBe('OK');
		const { items } = await getToken(credential);
		const headers = { Authorization: String(items[0]?.json['headerValue']) };
		expect((await fetch(`${baseUrl}/${WHO}`, { headers })).status).toBe(200);
		await fetch(`${baseUrl}/_matrix/client/v3/logout`, { method: 'POST', headers });
		const later = await call(credential, WHO);
		expect([later.error, later.items[0]?.json]).toEqual([null, me]);
	});

	it('serves HTTP Request, and tells a wrong password as that', async () => {
		expect((await httpRequest()).error).toBeNull();
		const wrong = { ...credential, password: 'fake-wrong' };
		expect((await call(wrong, WHO)).error?.message).toBe(
			'The service did not issue a token (HTTP 403): Invalid username or password',
		);
		expect((await getToken(wrong)).error).not.toBeNull();
		expect((await pressTest('tokenApi', wrong)).status).toBe('Error');
	});
});

describe('a client of Keycloak that proves itself by a key', () => {
	const { tokenUrl } = peers().keycloak;
	const key = createPrivateKey({ key: vectors.ES256.key, format: 'jwk' });
	const credential = {
		service: 'custom',
		baseUrl: new URL(tokenUrl).origin,
		requestUrl: tokenUrl,
		username: 'n8n-signed',
		jwt: 'value',
		jwtAlgorithm: 'ES256',
		signingKey: key.export({ type: 'pkcs8', format: 'pem' }) as string,
		keyId: '16',
		jwtClaims: JSON.stringify({
			iss: '{{username}}',
			sub: '{{username}}',
			aud: tokenUrl.replace('/protocol/openid-connect/token', ''),
			jti: '{{nonce}}',
		}),
		jwtLifetime: 60,
		changeRequest: true,
		bodyType: 'form',
		formFields: {
			values: [
				{ name: 'grant_type', value: 'client_credentials' },
				{
					name: 'client_assertion_type',
					value: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
				},
				{ name: 'client_assertion', value: '{{jwt}}' },
			],
		},
		valuePath: 'access_token',
	};

	it('gets a token, and another with an assertion that was not used before', async () => {
		for (const press of [1, 2]) {
			expect([press, await pressTest('tokenApi', credential)]).toEqual([
				press,
				{ status: 'OK', message: 'Connection successful!' },
			]);
		}
		const { items } = await getToken(credential);
		expect(items[0]?.json['claims']).toMatchObject({ azp: 'n8n-signed' });
	});

	it('is refused where its assertion has no ID of its own', async () => {
		const jwtClaims = credential.jwtClaims.replace('{{nonce}}', 'always-the-same');
		const once = await pressTest('tokenApi', { ...credential, jwtClaims });
		const twice = await pressTest('tokenApi', { ...credential, jwtClaims });
		expect([once.status, twice.status]).toEqual(['OK', 'Error']);
	});
});
