import { createVerify } from 'node:crypto';
import { parseGoDuration } from '../../sandbox/serviceComb/goDuration';
import { call, useSandbox } from './setup';

const ROOT = { name: 'root', password: 'fake-servicecomb-password-for-tests' };
const MINUTE = 60_000;

describe('ServiceComb', () => {
	const running = useSandbox();
	const base = () => `${running.sandbox.url}/servicecomb`;

	function login(body: unknown = ROOT, contentType = 'application/json') {
		const headers = { 'Content-Type': contentType };
		return call(`${base()}/v4/token`, { method: 'POST', headers, body: JSON.stringify(body) });
	}

	function business(authorization: string | null, path = '/echo', method = 'GET') {
		const headers: HeadersInit = authorization === null ? {} : { authorization };
		return call(`${base()}${path}`, { method, headers });
	}

	const claimsOf = (token: string): unknown =>
		JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

	it('gives an RS512 token without iat', async () => {
		const { status, json } = await login();
		expect(status).toBe(200);
		expect(Object.keys(json)).toEqual(['token']);
		expect(claimsOf(json.token)).toEqual({ account: 'root', exp: 1769788732, roles: ['admin'] });
		const [header, payload, signature] = json.token.split('.');
		expect(Buffer.from(header, 'base64url').toString()).toBe('{"typ":"JWT","alg":"RS512"}');
		const verify = createVerify('RSA-SHA512').update(`${header}.${payload}`);
		expect(verify.verify(running.sandbox.serviceCombPublicKey, signature, 'base64url')).toBe(true);
	});

	it('gives the same token twice within a second', async () => {
		expect((await login()).json.token).toBe((await login()).json.token);
	});

	it.each([
		['15m', 1769746432],
		['1h30m', 1769750932],
		['24h', 1769831932],
	])('takes %s for the time a token is valid', async (tokenExpirationTime, exp) => {
		const { json } = await login({ ...ROOT, tokenExpirationTime });
		expect(claimsOf(json.token)).toMatchObject({ exp });
	});

	it.each([
		['a form', ROOT, 'application/x-www-form-urlencoded'],
		['an array', [], 'application/json'],
		['no password', { name: 'root' }, 'application/json'],
		['no name', { password: 'x' }, 'application/json'],
		['14m', { ...ROOT, tokenExpirationTime: '14m' }, 'application/json'],
		['25h', { ...ROOT, tokenExpirationTime: '25h' }, 'application/json'],
		['a number of seconds', { ...ROOT, tokenExpirationTime: 3600 }, 'application/json'],
	])('calls %s a bad request', async (_name, body, contentType) => {
		const { status, json } = await login(body, contentType);
		expect(status).toBe(400);
		expect(json).toMatchObject({ errorCode: '400001', errorMessage: 'Invalid parameter(s)' });
	});

	it.each(['root', 'nobody'])(
		'blocks %s on the third wrong login, for 15 minutes',
		async (name) => {
			const wrong = { name, password: 'wrong' };
			for (let n = 0; n < 3; n++) {
				const { status, json } = await login(wrong);
				expect(status).toBe(401);
				expect(json).toMatchObject({ errorCode: '401202' });
			}
			const blocked = await login({ ...ROOT, name });
			expect(blocked.status).toBe(403);
			expect(blocked.json).toMatchObject({ errorCode: '403201' });
			running.clock.now += 15 * MINUTE - 1;
			expect((await login({ ...ROOT, name })).status).toBe(403);
			running.clock.now += 1;
			expect((await login({ ...ROOT, name })).status).toBe(name === 'root' ? 200 : 401);
		},
	);

	it('blocks the one name only', async () => {
		for (let n = 0; n < 3; n++) await login({ name: 'nobody', password: 'wrong' });
		expect((await login()).status).toBe(200);
	});

	it('forgives wrong logins that are far apart', async () => {
		for (let n = 0; n < 5; n++) {
			expect((await login({ ...ROOT, password: 'wrong' })).status).toBe(401);
			running.clock.now += 15 * MINUTE;
		}
		expect((await login()).status).toBe(200);
	});

	it('wants Bearer and one space', async () => {
		const { token } = (await login()).json;
		expect((await business(`Bearer ${token}`)).status).toBe(200);
		for (const wrong of [`Bearer${token}`, `Bearer  ${token}`, token, 'Bearer x.y.z']) {
			const { status, json } = await business(wrong);
			expect([status, json.errorCode]).toEqual([401, '401201']);
		}
		expect((await business(null)).json.errorCode).toBe('401204');
	});

	it('tells an expired token, and one whose account is gone', async () => {
		const { token } = (await login({ ...ROOT, tokenExpirationTime: '15m' })).json;
		running.sandbox.faults.serviceCombDeletedAccounts = ['root'];
		expect((await business(`Bearer ${token}`)).json.errorCode).toBe('401206');
		running.clock.now += 15 * MINUTE;
		expect((await business(`Bearer ${token}`)).json.errorCode).toBe('401205');
	});

	it('lets the reader read only', async () => {
		const { name, password } = running.sandbox.credentials.serviceCombApiReader;
		const { token } = (await login({ name, password })).json;
		expect((await business(`Bearer ${token}`)).status).toBe(200);
		expect((await business(`Bearer ${token}`, '/v4/self-perms')).json).toHaveProperty('perms');
		const { status, json } = await business(`Bearer ${token}`, '/echo', 'POST');
		expect([status, json.errorCode]).toEqual([403, '403205']);
	});

	it('answers in plain text where there is no such path or method', async () => {
		const { token } = (await login()).json;
		const answers = [
			await business(`Bearer ${token}`, '/v4/nothing'),
			await business(`Bearer ${token}`, '/v4/token', 'GET'),
			await business(`Bearer ${token}`, '/v4/self-perms', 'POST'),
		];
		expect(answers.map(({ status }) => status)).toEqual([404, 405, 405]);
		for (const { headers } of answers) {
			expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
		}
	});

	it.each([
		['1h30m', 5400],
		['90s', 90],
		['1.5h', 5400],
		['100ms', 0.1],
		['1h 30m', null],
		['15', null],
		['', null],
		[900, null],
	])('reads the Go duration %p', (duration, seconds) => {
		expect(parseGoDuration(duration)).toBe(seconds);
	});
});
