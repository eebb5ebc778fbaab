import { createVerify } from 'node:crypto';
import { parseGoDuration } from '../../../sandbox/serviceComb/goDuration';
import { MINUTE, READER, ROOT, useEngine } from './engine';

const { running, login, tokenOf, business } = useEngine();

const claimsOf = (token: string): unknown =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('a token', () => {
	it('is an RS512 token without iat', async () => {
		const { status, json } = await login();
		expect(status).toBe(200);
		expect(Object.keys(json)).toEqual(['token']);
		expect(claimsOf(json.token)).toEqual({ account: 'root', exp: 1769788732, roles: ['admin'] });
		const [header, payload, signature] = json.token.split('.');
		expect(Buffer.from(header, 'base64url').toString()).toBe('{"typ":"JWT","alg":"RS512"}');
		const verify = createVerify('RSA-SHA512').update(`${header}.${payload}`);
		expect(verify.verify(running.sandbox.serviceCombPublicKey, signature, 'base64url')).toBe(true);
	});

	it('is the same twice within a second', async () => {
		expect(await tokenOf()).toBe(await tokenOf());
	});

	it.each([
		['15m', 1769746432],
		['+15m', 1769746432],
		['.5h', 1769747332],
		['1.h', 1769749132],
		['1h30m', 1769750932],
		['24h', 1769831932],
		['', 1769788732],
		[null, 1769788732],
	])('may be asked for with the lifetime %p', async (tokenExpirationTime, exp) => {
		const { json } = await login({ ...ROOT, tokenExpirationTime });
		expect(claimsOf(json.token)).toMatchObject({ exp });
	});

	it('is had with any type of content, and names in any case', async () => {
		for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
			expect((await login(ROOT, { 'Content-Type': type })).status).toBe(200);
		}
		expect((await login()).status).toBe(200);
		expect(running.sandbox.requests.at(-1)?.headers).not.toHaveProperty('content-type');
		const { name, password } = ROOT;
		expect((await login({ NAME: name, passWord: password })).status).toBe(200);
	});
});

describe('a bad request', () => {
	it.each([
		['an array', [], 'json: cannot unmarshal array into Go value of type Account'],
		['nothing', '', 'unexpected end of JSON input'],
		['a form', 'name=root', "invalid character 'n' looking for beginning of value"],
		[
			'a name that is a number',
			{ ...ROOT, name: 5 },
			'json: cannot unmarshal number into Go struct field Account.name of type string',
		],
		[
			'a lifetime that is a number',
			{ ...ROOT, tokenExpirationTime: 3600 },
			'json: cannot unmarshal number into Go struct field Account.tokenExpirationTime of type string',
		],
		[
			'14m',
			{ ...ROOT, tokenExpirationTime: '14m' },
			"field 'Account.TokenExpirationTime' invalid value '14m' does not match rule: {Regexp: TokenExpirationTime}",
		],
	])('is %s', async (_name, body, detail) => {
		const { status, json } = await login(body);
		expect(status).toBe(400);
		expect(json).toEqual({
			errorCode: '400001',
			errorMessage: 'Invalid parameter(s)',
			detail,
		});
	});

	it.each(['25h', '1d', '-1h', '1h 30m'])('is the lifetime %s', async (tokenExpirationTime) => {
		const { json } = await login({ ...ROOT, tokenExpirationTime });
		expect(json.errorCode).toBe('400001');
	});
});

describe('the lock', () => {
	const wrongRoot = { ...ROOT, password: 'wrong' };

	it.each<[string, { name?: string }]>([
		['root', { name: 'root' }],
		['an unknown name', { name: 'nobody' }],
		['an empty name', { name: '' }],
		['no name', {}],
	])(
		'takes three wrong logins of %s, refuses the fourth, and ends after 15 minutes',
		async (...row) => {
			const [, account] = row;
			const again = () => login({ ...account, password: ROOT.password });
			for (let n = 0; n < 3; n++) {
				const { status, json } = await login({ ...account, password: 'wrong' });
				expect(status).toBe(401);
				expect(json).toEqual({
					errorCode: '401202',
					errorMessage: 'User name or password is wrong',
				});
			}
			const blocked = await again();
			expect(blocked.status).toBe(403);
			expect(blocked.json).toEqual({ errorCode: '403201', errorMessage: 'Account blocked' });
			running.clock.now += 15 * MINUTE - 1;
			expect((await again()).status).toBe(403);
			running.clock.now += 1;
			expect((await again()).status).toBe(account.name === 'root' ? 200 : 401);
		},
	);

	it.each([
		['no password', { name: 'root' }],
		['an empty password', { name: 'root', password: '' }],
		['null', 'null'],
	])('counts %s', async (_name, body) => {
		for (let n = 0; n < 3; n++) expect((await login(body)).json.errorCode).toBe('401202');
		expect((await login(body)).json.errorCode).toBe('403201');
	});

	it('does not count bad requests', async () => {
		for (let n = 0; n < 4; n++) await login({ ...wrongRoot, tokenExpirationTime: '1d' });
		expect((await login()).status).toBe(200);
	});

	it('is not lifted by a login that succeeds', async () => {
		for (let n = 0; n < 2; n++) {
			expect((await login(wrongRoot)).status).toBe(401);
			expect((await login()).status).toBe(200);
		}
		expect((await login(wrongRoot)).status).toBe(401);
		expect((await login()).json.errorCode).toBe('403201');
	});

	it('gives back one attempt in 15 minutes', async () => {
		for (let n = 0; n < 3; n++) await login(wrongRoot);
		running.clock.now += 15 * MINUTE;
		expect((await login(wrongRoot)).json.errorCode).toBe('401202');
		expect((await login(wrongRoot)).json.errorCode).toBe('401202');
		expect((await login()).json.errorCode).toBe('403201');
	});

	it('forgives wrong logins that are far apart', async () => {
		for (let n = 0; n < 5; n++) {
			expect((await login(wrongRoot)).status).toBe(401);
			running.clock.now += 15 * MINUTE;
		}
		expect((await login()).status).toBe(200);
	});

	it('closes on one name at one address', async () => {
		const from = (address: string) => ({ 'X-Forwarded-For': address });
		for (let n = 0; n < 3; n++) await login(wrongRoot, from('203.0.113.7'));
		expect((await login(READER, from('203.0.113.7'))).status).toBe(200);
		expect((await login(ROOT, from('203.0.113.8'))).status).toBe(200);
		expect((await login()).status).toBe(200);
		for (const same of ['203.0.113.7', '127.0.0.1, 203.0.113.7, 203.0.113.8', 'x, 203.0.113.7']) {
			expect((await login(ROOT, from(same))).status).toBe(403);
		}
		expect((await login(ROOT, { 'X-Real-IP': '203.0.113.7' })).status).toBe(403);
		for (const nobodys of ['127.0.0.1', '::1', '169.254.1.1', 'unknown', '']) {
			expect((await login(ROOT, from(nobodys))).status).toBe(200);
		}
	});

	it('leaves tokens as good as they were', async () => {
		const authorization = `Bearer ${await tokenOf()}`;
		for (let n = 0; n < 4; n++) await login(wrongRoot);
		expect((await login()).status).toBe(403);
		expect((await business(authorization)).status).toBe(200);
	});
});

it('signs nothing without its key', async () => {
	running.sandbox.faults.serviceCombUnreadableKey = true;
	const { status, json } = await login();
	expect(status).toBe(500);
	expect(json).toEqual({
		errorCode: '500003',
		errorMessage: 'Internal server error',
		detail: 'read private key failed',
	});
	expect((await login({ ...ROOT, password: 'wrong' })).json.errorCode).toBe('401202');
});

it('has its passwords changed', async () => {
	running.sandbox.serviceCombAccounts.root.password = 'fake-new-password';
	expect((await login()).status).toBe(401);
	expect((await login({ ...ROOT, password: 'fake-new-password' })).status).toBe(200);
	running.sandbox.reset();
	expect((await login()).status).toBe(200);
});

it('says in its own words what a test asks it to say', async () => {
	const refusal = { code: 400012, detail: 'Service does not exist.' };
	running.sandbox.faults.serviceComb.tokenFailures = [{ refusal, times: 1 }, { refusal: {} }];
	const first = await login();
	expect([first.status, first.json]).toEqual([
		400,
		{ errorCode: '400012', errorMessage: 'Micro-service does not exist', detail: refusal.detail },
	]);
	expect((await login()).json.errorCode).toBe('500003');
});

it.each([
	['1h30m', 5400],
	['90s', 90],
	['1.5h', 5400],
	['100ms', 0.1],
	['2µs', 2e-6],
	['0', 0],
	['-5m', -300],
	['1h 30m', null],
	['15', null],
	['.h', null],
	['+', null],
	['', null],
])('reads the Go duration %p', (duration, seconds) => {
	expect(parseGoDuration(duration)).toBe(seconds);
});
