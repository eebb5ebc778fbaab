import { gunzipSync } from 'node:zlib';
import { get as httpGet } from 'node:http';
import { READER, ROOT, useEngine } from './engine';

const { running, base, login, tokenOf, business } = useEngine();
const SERVICES = '/v4/default/registry/microservices';
const UNKNOWN_SERVICE = `${SERVICES}/0000000000000000`;

describe('the Authorization header', () => {
	it('is any word, one space and the token', async () => {
		const token = await tokenOf();
		for (const good of [`Bearer ${token}`, `bearer ${token}`, `Token ${token}`]) {
			expect((await business(good)).status).toBe(200);
		}
		for (const wrong of [`Bearer${token}`, `Bearer  ${token}`, token, `Bearer a ${token}`]) {
			const { status, json } = await business(wrong);
			expect(status).toBe(401);
			expect(json).toEqual({
				errorCode: '401201',
				errorMessage: 'Request unauthorized',
				detail: 'invalid auth header',
			});
		}
		expect((await business(null)).json.errorCode).toBe('401204');
	});

	it('may hold a token nobody gave', async () => {
		const detailOf = async (token: string) => (await business(`Bearer ${token}`)).json.detail;
		expect(await detailOf('x')).toBe('token contains an invalid number of segments');
		expect(await detailOf('x.y.z')).toBe('crypto/rsa: verification error');
	});

	it('may hold a token that expired, or whose account is gone', async () => {
		const { token } = (await login({ ...ROOT, tokenExpirationTime: '15m' })).json;
		running.sandbox.faults.serviceCombDeletedAccounts = ['root'];
		expect((await business(`Bearer ${token}`)).json).toEqual({
			errorCode: '401206',
			errorMessage: 'The account that owns the token is deleted',
			detail: 'account [root] is deleted',
		});
		running.clock.now += 15 * 60_000;
		expect((await business(`Bearer ${token}`)).json).toEqual({
			errorCode: '401205',
			errorMessage: 'Token is expired',
		});
	});
});

describe('roles', () => {
	it('are in the token: a new one needs a new token', async () => {
		const authorization = `Bearer ${await tokenOf(READER)}`;
		running.sandbox.serviceCombAccounts.reader.roles = ['developer'];
		const before = await business(authorization, '/echo', 'POST');
		expect([before.status, before.json.errorCode]).toEqual([403, '403205']);
		const renewed = `Bearer ${await tokenOf(READER)}`;
		expect((await business(renewed, '/echo', 'POST')).status).toBe(200);
		expect((await business(renewed, '/v4/accounts')).status).toBe(403);
		// But the permissions of the account are looked up, whatever the token says.
		const { perms } = (await business(authorization, '/v4/self-perms')).json;
		expect(perms[0].verbs).toEqual(['*']);
	});

	it.each([
		['POST', 'role has no permissions[service:create]'],
		['PUT', 'role has no permissions[service:update]'],
		['DELETE', 'role has no permissions[service:delete]'],
	])('of the reader do not allow %s', async (method, detail) => {
		const answer = await business(`Bearer ${await tokenOf(READER)}`, '/echo', method);
		expect(answer.status).toBe(403);
		expect(answer.json).toEqual({
			errorCode: '403205',
			errorMessage: 'No permission(s)',
			detail,
		});
	});

	it('may be none, or unknown', async () => {
		running.sandbox.serviceCombAccounts.reader.roles = [];
		const none = await business(`Bearer ${await tokenOf(READER)}`);
		expect(none.json).toMatchObject({ errorCode: '401201', detail: 'no role found in token' });
		running.sandbox.serviceCombAccounts.reader.roles = ['cleaner'];
		const unknown = await business(`Bearer ${await tokenOf(READER)}`);
		expect(unknown.json).toMatchObject({
			errorCode: '403205',
			detail: 'role has no any permissions',
		});
	});

	it('let an admin and the account itself see what it may do', async () => {
		for (const [account, verbs] of [
			[ROOT, ['*']],
			[READER, ['get']],
		] as const) {
			const { status, json } = await business(`Bearer ${await tokenOf(account)}`, '/v4/self-perms');
			expect(status).toBe(200);
			expect(json.perms).toMatchObject([{ verbs }]);
			expect(json.perms[0].resources).toContainEqual({ type: 'service' });
		}
	});

	it('cannot be checked where it is not known what a call is about', async () => {
		const reader = `Bearer ${await tokenOf(READER)}`;
		for (const call of [
			await business(reader, UNKNOWN_SERVICE),
			await business(reader, SERVICES, 'POST', '{"service":null}'),
			await business(reader, SERVICES, 'POST', 'x'),
		]) {
			expect(call.status).toBe(401);
			expect(call.json).toEqual({
				errorCode: '401201',
				errorMessage: 'Request unauthorized',
				detail: 'no valid resouce scope',
			});
		}
	});
});

describe('the registry', () => {
	it('keeps services', async () => {
		const root = `Bearer ${await tokenOf()}`;
		const { json } = await business(root, SERVICES, 'POST', { service: { serviceName: 'shop' } });
		const path = `${SERVICES}/${json.serviceId}`;
		const reader = `Bearer ${await tokenOf(READER)}`;
		expect((await business(reader, path)).json.service).toMatchObject({ serviceName: 'shop' });
		expect((await business(reader, SERVICES)).json.services).toHaveLength(102);
		const deleted = await business(root, path, 'DELETE');
		expect([deleted.status, deleted.text]).toEqual([200, '']);
		expect(deleted.headers.get('content-type')).toBe('text/plain; charset=UTF-8');
	});

	it('tells whether a service exists', async () => {
		const reader = `Bearer ${await tokenOf(READER)}`;
		const ask = (query: string) => business(reader, `/v4/default/registry/existence?${query}`);
		const key = 'type=microservice&appId=default&version=latest&serviceName=';
		const known = await ask(`${key}service-100`);
		expect([known.status, Object.keys(known.json)]).toEqual([200, ['serviceId']]);
		expect((await ask(`${key}service-101`)).json.errorCode).toBe('400012');
		expect((await ask('serviceName=service-1')).json.errorCode).toBe('400001');
	});

	it('says what is wrong', async () => {
		const root = `Bearer ${await tokenOf()}`;
		expect((await business(root, UNKNOWN_SERVICE)).json).toEqual({
			errorCode: '400012',
			errorMessage: 'Micro-service does not exist',
			detail: 'Service does not exist.',
		});
		const service = { serviceName: 'a b' };
		expect((await business(root, SERVICES, 'POST', { service })).json).toMatchObject({
			errorCode: '400001',
			detail: expect.stringContaining("field 'MicroService.ServiceName' invalid value 'a b'"),
		});
	});

	it.each(['/version', '/health', '/v4/default/registry/version', '/v4/default/registry/health'])(
		'tells %s to anyone',
		async (path) => {
			expect((await business(null, path)).status).toBe(200);
		},
	);
});

describe('accounts', () => {
	const NEW = { name: 'ops', password: 'fake-Password-1', roles: ['developer'] };

	it('are made, changed and deleted', async () => {
		const root = `Bearer ${await tokenOf()}`;
		const made = await business(root, '/v4/accounts', 'POST', NEW);
		expect([made.status, made.text]).toEqual([200, '']);
		const token = await tokenOf(NEW);
		expect((await business(root, '/v4/accounts')).json).toMatchObject({ total: 3 });
		expect((await business(root, '/v4/accounts/ops')).json).toMatchObject({ roles: ['developer'] });
		await business(root, '/v4/accounts/ops', 'PUT', { roles: ['reader'] });
		expect(running.sandbox.serviceCombAccounts['ops']?.roles).toEqual(['reader']);
		const change = { currentPassword: NEW.password, password: 'fake-Password-2' };
		await business(`Bearer ${token}`, '/v4/accounts/ops/password', 'POST', change);
		expect((await login(NEW)).status).toBe(401);
		expect((await business(root, '/v4/accounts/ops', 'DELETE')).status).toBe(200);
		expect((await business(`Bearer ${token}`)).json.errorCode).toBe('401206');
	});

	it.each([
		['409200', 'POST', '/v4/accounts', { ...NEW, name: 'reader' }, 'account is duplicated'],
		['400202', 'POST', '/v4/accounts', { ...NEW, roles: ['x'] }, 'role not exist'],
		['400200', 'GET', '/v4/accounts/x', undefined, 'account [x] not exist'],
		['403202', 'DELETE', '/v4/accounts/root', undefined, 'root can not be operated'],
	])('say %s to %s %s', async (errorCode, method, path, body, detail) => {
		const { status, json } = await business(`Bearer ${await tokenOf()}`, path, method, body);
		expect(status).toBe(Number(errorCode.slice(0, 3)));
		expect(json).toEqual({ errorCode, errorMessage: expect.any(String), detail });
	});

	it('are not shown to a developer', async () => {
		running.sandbox.serviceCombAccounts.reader.roles = ['developer'];
		const answer = await business(`Bearer ${await tokenOf(READER)}`, '/v4/accounts');
		expect(answer.json.detail).toBe('role has no permissions[account:get]');
	});
});

describe('a path', () => {
	it.each(['/', '', '/v4/token/', '/v4/self-perms/', '/v4', '/v4/nothing', '/orders'])(
		'that is %p is unknown, in plain text, token or not',
		async (path) => {
			for (const authorization of [null, `Bearer ${await tokenOf()}`]) {
				const { status, text, headers } = await business(authorization, path);
				expect([status, text]).toEqual([404, '404 page not found\n']);
				expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
			}
		},
	);

	it.each([
		['GET', '/v4/token', 'POST'],
		['PUT', '/v4/token', 'POST'],
		['POST', '/v4/self-perms', 'GET'],
		['PATCH', '/v4/accounts/reader', 'GET, PUT, DELETE'],
	])('does not take %s %s, and says what it takes', async (method, path, allow) => {
		const { status, text, headers } = await business(null, path, method);
		expect([status, text]).toEqual([405, 'Method Not Allowed\n']);
		expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect(headers.get('allow')).toBe(allow);
	});

	it('loses slashes that are too many', async () => {
		const post = await business(null, '//v4/token', 'POST', ROOT);
		expect([post.status, post.text]).toEqual([301, '']);
		expect(post.headers.get('location')).toBe('/servicecomb/v4/token');
		const get = await business(null, '/v4//self-perms?a=//');
		expect(get.status).toBe(301);
		expect(get.headers.get('location')).toBe('/servicecomb/v4/self-perms?a=//');
	});
});

describe('an answer', () => {
	/** As it comes, without anything decoded. */
	const raw = (path: string, acceptEncoding: string, authorization: string) =>
		new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
			const headers = { authorization, 'accept-encoding': acceptEncoding };
			httpGet(`${base()}${path}`, { headers }, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () =>
					resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }),
				);
			}).on('error', reject);
		});

	it('is gzipped on request from 1,400 bytes on', async () => {
		const authorization = `Bearer ${await tokenOf()}`;
		const long = `/echo?q=${'x'.repeat(1400)}`;
		for (const accepted of ['gzip', 'gzip, deflate, br', 'br;q=1, gzip;q=0.5']) {
			const { encoding, body } = await raw(long, accepted, authorization);
			expect(encoding).toBe('gzip');
			expect(JSON.parse(gunzipSync(body).toString())).toMatchObject({ ok: true });
		}
		for (const [path, accepted] of [
			['/echo', 'gzip'],
			[long, 'identity'],
			[long, 'gzip;q=0'],
		] as const) {
			const { encoding, body } = await raw(path, accepted, authorization);
			expect(encoding).toBeUndefined();
			expect(JSON.parse(body.toString())).toMatchObject({ ok: true });
		}
	});
});

describe('security', () => {
	it('that is off leaves no login, and no need for one', async () => {
		running.sandbox.faults.serviceCombSecurity = 'off';
		for (const path of ['/v4/token', '/v4/self-perms', '/v4/accounts']) {
			expect((await business(null, path, path === '/v4/token' ? 'POST' : 'GET')).status).toBe(404);
		}
		expect((await business(null, SERVICES)).status).toBe(200);
		expect((await business('Bearer anything', '/echo', 'POST')).status).toBe(200);
	});

	it('that is half open guards accounts only, and has a code of its own', async () => {
		running.sandbox.faults.serviceCombSecurity = 'halfOpen';
		const wrong = await login({ ...ROOT, password: 'wrong' });
		expect(wrong.status).toBe(401);
		expect(wrong.json).toEqual({
			errorCode: '401302',
			errorMessage: 'User name or password is wrong',
			detail: 'User name or password is wrong, RBAC system is half opening',
		});
		const authorization = `Bearer ${await tokenOf()}`;
		expect((await business(null, SERVICES)).status).toBe(200);
		expect((await business(null, '/v4/accounts')).json.errorCode).toBe('401204');
		expect((await business(authorization, '/v4/accounts')).status).toBe(200);
		expect((await business(authorization, '/v4/self-perms')).json).toMatchObject({
			errorCode: '401201',
			detail: 'list self permissions failed',
		});
	});
});
