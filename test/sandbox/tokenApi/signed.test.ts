import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import type { TokenApi } from '../../../sandbox';
import { call, useSandbox, type Received } from '../setup';

interface Recipe {
	key: KeyObject;
	header: { alg: string; kid?: string; typ?: string };
	claims: JWTPayload;
}

const sign = ({ key, header, claims }: Recipe) =>
	new SignJWT(claims).setProtectedHeader(header).sign(key);

/** Changes the header or the claims; `undefined` takes one away. */
const change =
	(header: Partial<Recipe['header']>, claims: Record<string, unknown> = {}) =>
	(recipe: Recipe): Recipe => ({
		...recipe,
		header: { ...recipe.header, ...header },
		claims: { ...recipe.claims, ...claims },
	});

const ANY_JWT = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);

const running = useSandbox();
const seconds = () => Math.floor(running.clock.now / 1000);
const service = <Name extends keyof TokenApi>(name: Name) => running.sandbox.tokenApi[name];
const otherKey = createSecretKey(Buffer.from('fake'.repeat(8)));

describe('appStoreConnect', () => {
	const recipe = (): Recipe => {
		const { issuerId, keyId, privateKey } = service('appStoreConnect').secrets;
		return {
			key: createPrivateKey(privateKey),
			header: { alg: 'ES256', kid: keyId, typ: 'JWT' },
			claims: { iss: issuerId, iat: seconds(), exp: seconds() + 1200, aud: 'appstoreconnect-v1' },
		};
	};
	const use = async (made: Recipe, scheme = 'Bearer') =>
		call(`${service('appStoreConnect').baseUrl}/v1/apps`, {
			headers: { Authorization: `${scheme} ${await sign(made)}` },
		});

	it('takes a token until it expires, without a login', async () => {
		const made = recipe();
		expect((await use(made)).status).toBe(200);
		expect(running.sandbox.requests[0]).toMatchObject({ kind: 'business', token: ANY_JWT });
		running.clock.now += 1_200_000;
		const answer = await use(made);
		expect(answer.status).toBe(401);
		expect(answer.json.errors[0]).toMatchObject({ status: '401', code: 'NOT_AUTHORIZED' });
	});

	it.each([
		['another key ID', change({ kid: 'OTHER' })],
		['no key ID', change({ kid: undefined })],
		['another audience', change({}, { aud: 'appstoreconnect-v2' })],
		['another issuer', change({}, { iss: 'x' })],
		['a life of more than 20 minutes', change({}, { exp: 1769745532 + 1201 })],
		['an end in milliseconds', change({}, { exp: 1769746732000 })],
		['another algorithm', (made: Recipe) => ({ ...change({ alg: 'HS256' })(made), key: otherKey })],
	])('refuses a token with %s', async (_name, wrong) => {
		expect((await use(wrong(recipe()))).status).toBe(401);
	});

	it('refuses another scheme', async () => {
		expect((await use(recipe(), 'JWT')).status).toBe(401);
	});
});

describe('ghost', () => {
	const recipe = (): Recipe => {
		const [kid = '', secret = ''] = service('ghost').secrets.adminKey.split(':');
		return {
			key: createSecretKey(Buffer.from(secret, 'hex')),
			header: { alg: 'HS256', kid, typ: 'JWT' },
			claims: { iat: seconds(), exp: seconds() + 300, aud: '/admin/' },
		};
	};
	const use = async (made: Recipe, scheme = 'Ghost') =>
		call(`${service('ghost').baseUrl}/ghost/api/admin/posts/`, {
			headers: { Authorization: `${scheme} ${await sign(made)}` },
		});

	it('takes a token until it expires', async () => {
		const made = recipe();
		expect((await use(made)).status).toBe(200);
		running.clock.now += 300_000;
		const answer = await use(made);
		expect(answer.status).toBe(401);
		expect(answer.json.errors[0].message).toBe('Invalid token: jwt expired');
	});

	it.each([
		[
			'the hex digits taken as text',
			(made: Recipe) => ({ ...made, key: createSecretKey(Buffer.from('fa4e'.repeat(16))) }),
		],
		['no key ID', change({ kid: undefined })],
		['another audience', change({}, { aud: '/content/' })],
		['a life of more than 5 minutes', change({}, { exp: 1769745532 + 301 })],
	])('refuses a token with %s', async (_name, wrong) => {
		expect((await use(wrong(recipe()))).status).toBe(401);
	});

	it('refuses a bearer token', async () => {
		expect((await use(recipe(), 'Bearer')).status).toBe(401);
	});
});

describe('snowflake', () => {
	const recipe = (): Recipe => {
		const { account, user, fingerprint, privateKey, passphrase } = service('snowflake').secrets;
		const sub = `${account}.${user}`;
		return {
			key: createPrivateKey({ key: privateKey, passphrase }),
			header: { alg: 'RS256', typ: 'JWT' },
			claims: { iss: `${sub}.${fingerprint}`, sub, iat: seconds(), exp: seconds() + 3600 },
		};
	};
	const use = async (made: Recipe, type = 'KEYPAIR_JWT') =>
		call(`${service('snowflake').baseUrl}/api/v2/statements`, {
			method: 'POST',
			headers: {
				Authorization: `Bearer ${await sign(made)}`,
				'X-Snowflake-Authorization-Token-Type': type,
			},
		});

	it('takes a token until it expires, signed with an encrypted key', async () => {
		expect(service('snowflake').secrets.privateKey).toMatch(
			/^-----BEGIN ENCRYPTED PRIVATE KEY-----/,
		);
		const made = recipe();
		expect((await use(made)).status).toBe(200);
		running.clock.now += 3_600_000;
		const answer = await use(made);
		expect(answer.status).toBe(401);
		expect(answer.json).toEqual({ code: '390144', message: 'JWT token is invalid.' });
	});

	it.each([
		['no fingerprint', change({}, { iss: 'MYORG-ACCOUNT.N8N' })],
		['a subject in small letters', change({}, { sub: 'myorg-account.n8n' })],
		['a life of more than an hour', change({}, { exp: 1769745532 + 3601 })],
	])('refuses a token with %s', async (_name, wrong) => {
		expect((await use(wrong(recipe()))).status).toBe(401);
	});

	it('wants to be told what the token is', async () => {
		expect((await use(recipe(), 'OAUTH')).json).toMatchObject({ code: '390303' });
	});
});

describe('gitHubApp', () => {
	const recipe = (): Recipe => {
		const { appId, privateKey } = service('gitHubApp').secrets;
		return {
			key: createPrivateKey(privateKey),
			header: { alg: 'RS256' },
			claims: { iss: appId, iat: seconds() - 60, exp: seconds() + 600 },
		};
	};
	const login = async (made: Recipe, init: RequestInit = { method: 'POST' }) => {
		const { baseUrl, secrets } = service('gitHubApp');
		return call(`${baseUrl}/app/installations/${secrets.installationId}/access_tokens`, {
			...init,
			headers: { Authorization: `Bearer ${await sign(made)}`, ...init.headers },
		});
	};
	const use = (token: string) =>
		call(`${service('gitHubApp').baseUrl}/installation/repositories`, {
			headers: { Authorization: `Bearer ${token}` },
		});

	it('gives a token for an hour, and says when it ends', async () => {
		expect(service('gitHubApp').secrets.privateKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
		const answer = await login(recipe());
		expect(answer.status).toBe(201);
		expect(answer.json).toMatchObject({
			token: expect.stringMatching(/^ghs_\w+$/),
			expires_at: '2026-01-30T04:58:52Z',
		});
		expect((await use(answer.json.token)).status).toBe(200);
		running.clock.now += 3_600_000;
		expect(await use(answer.json.token)).toMatchObject({
			status: 401,
			json: { message: 'Bad credentials' },
		});
	});

	it.each([
		['another app', change({}, { iss: '1' }), 401],
		['a life of more than 10 minutes', change({}, { exp: 1769745532 + 601 }), 401],
		['a start in the future', change({}, { iat: 1769745532 + 1 }), 401],
		['no start', change({}, { iat: undefined }), 401],
		[
			'another algorithm',
			(made: Recipe) => ({ ...change({ alg: 'HS256' })(made), key: otherKey }),
			401,
		],
	])('refuses a token with %s', async (_name, wrong, status) => {
		expect((await login(wrong(recipe()))).status).toBe(status);
	});

	it('wants POST, and a user agent', async () => {
		expect((await login(recipe(), {})).status).toBe(404);
		const nameless = { method: 'POST', headers: { 'User-Agent': '' } };
		expect((await login(recipe(), nameless)).status).toBe(403);
	});
});

describe('googleServiceAccount', () => {
	const recipe = (): Recipe => {
		const { baseUrl, secrets } = service('googleServiceAccount');
		return {
			key: createPrivateKey(secrets.privateKey),
			header: { alg: 'RS256', typ: 'JWT', kid: secrets.keyId },
			claims: {
				iss: secrets.clientEmail,
				scope: secrets.scope,
				aud: `${baseUrl}/token`,
				iat: seconds(),
				exp: seconds() + 3600,
			},
		};
	};
	const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
	const login = async (made: Recipe, grant = GRANT): Promise<Received> =>
		call(`${service('googleServiceAccount').baseUrl}/token`, {
			method: 'POST',
			body: new URLSearchParams({ grant_type: grant, assertion: await sign(made) }),
		});
	const use = (token: string) =>
		call(`${service('googleServiceAccount').baseUrl}/drive/v3/files`, {
			headers: { Authorization: `Bearer ${token}` },
		});

	it('gives a token for an assertion', async () => {
		const { json } = await login(recipe());
		expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
		expect((await use(json.access_token)).status).toBe(200);
		running.clock.now += 3_600_000;
		expect((await use(json.access_token)).json.error.status).toBe('UNAUTHENTICATED');
	});

	it.each([
		['another issuer', change({}, { iss: 'x' }), 'invalid_grant'],
		['another audience', change({}, { aud: 'https://accounts.invalid' }), 'invalid_grant'],
		['a life of more than an hour', change({}, { exp: 1769745532 + 3601 }), 'invalid_grant'],
		['no scope', change({}, { scope: undefined }), 'invalid_scope'],
		[
			'another algorithm',
			(made: Recipe) => ({ ...change({ alg: 'HS256' })(made), key: otherKey }),
			'invalid_grant',
		],
	])('refuses an assertion with %s', async (_name, wrong, error) => {
		expect(await login(wrong(recipe()))).toMatchObject({ status: 400, json: { error } });
	});

	it('refuses another grant, and JSON', async () => {
		expect((await login(recipe(), 'client_credentials')).json.error).toBe('unsupported_grant_type');
		const answer = await call(`${service('googleServiceAccount').baseUrl}/token`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ grant_type: GRANT, assertion: await sign(recipe()) }),
		});
		expect(answer.json.error).toBe('invalid_request');
	});

	it('locks the account on the fifth signature of another key', async () => {
		const wrong = change({ alg: 'HS256' })({ ...recipe(), key: otherKey });
		for (let n = 1; n <= 5; n++) await login(wrong);
		expect(service('googleServiceAccount')).toMatchObject({ wrongLogins: 5, isLocked: true });
		expect((await login(recipe())).status).toBe(400);
	});
});
