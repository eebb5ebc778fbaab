import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { skip, skipPauses } from './authenticatedRequest/skippedTime';
import { pressTest } from './credentialTest';
import { engine } from './engine';
import { runHelpers, runNode } from './harness';

skipPauses();

/** What the service of a test does; a login gives `fake-token-1`, `fake-token-2`, … */
interface Service {
	login?: (count: number, response: ServerResponse) => boolean;
	call: (request: IncomingMessage, response: ServerResponse) => void;
}

let server: Server;
let service: Service;
let logins: number;
let calls: string[];

beforeEach(async () => {
	logins = 0;
	calls = [];
	server = createServer((request, response) => {
		request.resume();
		if (request.url === '/login') {
			logins += 1;
			if (service.login?.(logins, response) === true) return;
			response.end(JSON.stringify({ token: `fake-token-${logins}` }));
			return;
		}
		calls.push(`${request.method} ${request.url}`);
		service.call(request, response);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
});
afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => {
		server.close(resolve);
	});
});

const answer =
	(status: number, body: object | string = {}, headers = {}) =>
	(_request: IncomingMessage, response: ServerResponse) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(JSON.stringify(body));
	};

const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const credential = (more: IDataObject = {}): IDataObject => ({
	service: 'custom',
	baseUrl: base(),
	requestUrl: '/login',
	username: 'fake-user',
	password: 'fake-password',
	...more,
});

const items = (count: number) => Array.from({ length: count }, (_, id) => ({ json: { id } }));

/** As n8n's HTTP Request node calls: all items at once, or one by one. */
async function httpRequest(
	count: number,
	{ path = '/x', atOnce = true, more = {}, headers = {} as IDataObject } = {},
) {
	let before: Promise<unknown> = Promise.resolve();
	const call = async (context: IExecuteFunctions): Promise<IDataObject> => {
		try {
			return {
				said: (await context.helpers.requestWithAuthentication.call(context, 'tokenApi', {
					uri: `${base()}${path}`,
					method: 'GET',
					json: true,
					headers,
				})) as IDataObject,
			};
		} catch (error) {
			return { error: (error as Error).message };
		}
	};
	const { items: given } = await runHelpers(
		{ credentials: { tokenApi: credential(more) as never }, items: items(count) },
		async (context) => {
			if (atOnce) return await call(context);
			const mine = before.then(async () => await call(context));
			before = mine;
			return await mine;
		},
	);
	return given.map(({ json }) => json);
}

async function authenticatedRequest(count: number, parameters: IDataObject = {}, more = {}) {
	return await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: { provider: 'tokenApi', url: '/x', ...parameters } as never,
		credentials: { tokenApi: credential(more) as never },
		items: items(count),
		onError: 'continueErrorOutput',
	});
}

describe('errors that say nothing about the token, in HTTP Request', () => {
	it.each([
		[500, true],
		[500, false],
		[409, true],
		[409, false],
	])(
		'50 items answered %i make one login (at once: %s), in the next runs, too',
		async (status, atOnce) => {
			service = { call: answer(status) };
			await httpRequest(50, { atOnce });
			await httpRequest(50, { atOnce });
			expect(logins).toBe(1);
			// They go on: renewed after one, two, four and eight minutes.
			for (let minute = 0; minute < 16; minute += 1) {
				skip(60_000);
				await httpRequest(2, { atOnce });
			}
			expect(logins).toBe(atOnce ? 4 : 5);
		},
	);

	it('replace a revoked token that is older than a minute after one failed call', async () => {
		let good = 'fake-token-1';
		service = {
			call: (request, response) =>
				answer(request.headers.authorization === `Bearer ${good}` ? 200 : 401)(request, response),
		};
		await httpRequest(1);
		skip(60_000);
		good = 'fake-token-2';
		expect(await httpRequest(1)).toEqual([{ error: expect.any(String) as string }]);
		expect(await httpRequest(1)).toEqual([{ said: {} }]);
		expect(logins).toBe(2);
	});
});

it.each([500, 429, 401])(
	'a login that is answered %i is sent once for 50 items, one by one or at once',
	async (status) => {
		service = {
			login: (_count, response) => {
				response.writeHead(status, { 'retry-after': '120' }).end('{}');
				return true;
			},
			call: answer(200),
		};
		await httpRequest(50, { atOnce: false });
		await httpRequest(50);
		expect(logins).toBe(1);
		expect(calls).toEqual([]);
	},
);

it('Retry-After of a limited login holds for the next executions', async () => {
	service = {
		login: (count, response) => {
			if (count > 1) return false;
			response.writeHead(429, { 'retry-after': '600' }).end('{}');
			return true;
		},
		call: answer(200),
	};
	const first = await authenticatedRequest(1);
	expect(first.errorItems).toHaveLength(1);
	skip(599_000);
	expect((await authenticatedRequest(1)).errorItems).toHaveLength(1);
	expect(logins).toBe(1);
	skip(2000);
	expect((await authenticatedRequest(1)).items).toHaveLength(1);
});

it('a header that a workflow sets makes no test of a call', async () => {
	service = {
		login: (_count, response) => {
			response.writeHead(401).end('{}');
			return true;
		},
		call: answer(200),
	};
	await httpRequest(10, { headers: { 'x-credential-test': 'new token' } });
	expect(logins).toBe(1);
});

describe('a session that ends under HTTP 200, in HTTP Request', () => {
	it('is noticed within a minute by the Test Path', async () => {
		let good = 'fake-token-1';
		service = {
			call: (request, response) => {
				const isGood = request.headers.authorization === `Bearer ${good}`;
				answer(200, isGood ? { ok: true } : { error: 'session terminated' })(request, response);
			},
		};
		const more = {
			testPath: '/me',
			changeExpired: true,
			expiredStatuses: '401',
			expiredPath: 'error',
			expiredValues: 'session terminated',
		};
		expect(await httpRequest(1, { more })).toEqual([{ said: { ok: true } }]);
		good = 'fake-token-2';
		skip(60_000);
		expect(await httpRequest(3, { more })).toEqual(Array(3).fill({ said: { ok: true } }));
		expect(logins).toBe(2);
		expect(calls.filter((call) => call === 'GET /me')).toHaveLength(1);
	});
});

it.each([
	['0.7 s', 700],
	['2.5 s', 2500],
])(
	'a new token that is refused for its first %s costs one login for 50 items',
	async (_name, lag) => {
		let passed = 0;
		service = {
			login: () => {
				passed = engine.runtime.now();
				return false;
			},
			call: (_request, response) =>
				answer(skippedSince(passed) < lag ? 401 : 200)(_request, response),
		};
		const { items: done } = await authenticatedRequest(50, { options: { concurrency: 1 } });
		expect(done).toHaveLength(50);
		expect(logins).toBe(1);
	},
);

it('a lasting 401 costs two logins once, then one in growing distances', async () => {
	service = { call: answer(401) };
	await authenticatedRequest(50);
	expect(logins).toBe(2);
	await authenticatedRequest(50);
	expect(logins).toBe(2);
	for (let minute = 0; minute < 10; minute += 1) {
		skip(60_000);
		await authenticatedRequest(5);
	}
	expect(logins).toBe(5);
});

it('goes on with a good token while the login is down', async () => {
	service = { call: answer(200) };
	const more = { lifetime: 'fixed', lifetimeSeconds: 600 };
	await authenticatedRequest(1, {}, more);
	skip(545_000);
	service.login = (_count, response) => {
		response.writeHead(503).end('{}');
		return true;
	};
	const { items: done } = await authenticatedRequest(50, {}, more);
	expect(done).toHaveLength(50);
});

it('a POST that was carried out is not sent again for words in its answer', async () => {
	service = { call: answer(201, { note: 'invalid token' }) };
	const more = { changeExpired: true, expiredStatuses: '401', expiredText: 'invalid token' };
	const { items: done } = await authenticatedRequest(1, { method: 'POST' }, more);
	expect(done).toHaveLength(1);
	service.call = answer(200, { note: 'invalid token' });
	await authenticatedRequest(1, { method: 'POST' }, more);
	expect(calls).toEqual(['POST /x', 'POST /x']);
});

it('a redirect that means expired, to another host, renews the token and repeats the call', async () => {
	let good = 'fake-token-1';
	service = {
		call: (request, response) =>
			request.headers.authorization === `Bearer ${good}`
				? answer(200, { ok: true })(request, response)
				: answer(302, {}, { location: 'http://login.invalid/' })(request, response),
	};
	const more = { changeExpired: true, expiredStatuses: '302' };
	await authenticatedRequest(1, {}, more);
	good = 'fake-token-2';
	const { items: done } = await authenticatedRequest(1, {}, more);
	expect(done.map(({ json }) => json)).toEqual([{ ok: true }]);
	expect(calls).toEqual(['GET /x', 'GET /x', 'GET /x']);
});

it('forty denied items with 403 as a rule make 41 calls and two logins', async () => {
	service = { call: answer(403) };
	const more = { changeExpired: true, expiredStatuses: '401, 403' };
	await authenticatedRequest(40, { options: { concurrency: 1 } }, more);
	expect(calls).toHaveLength(41);
	expect(logins).toBe(2);
});

it('a value that changes does not make another account of a wrong login', async () => {
	service = {
		login: (_count, response) => {
			response.writeHead(401).end('{}');
			return true;
		},
		call: answer(200),
	};
	for (let item = 0; item < 20; item += 1) {
		const more = { moreSecrets: true, value1Name: 'nonce2', value1: `fake-${item}` };
		await authenticatedRequest(1, {}, more);
	}
	expect(logins).toBe(1);
	// A corrected password is sent at once.
	service.login = () => false;
	expect((await authenticatedRequest(1, {}, { password: 'fake-corrected' })).items).toHaveLength(1);
});

it('a schedule with a wrong password makes two logins an hour at most', async () => {
	const times: number[] = [];
	let minute = 0;
	service = {
		login: (_count, response) => {
			times.push(minute);
			response.writeHead(401).end('{}');
			return true;
		},
		call: answer(200),
	};
	for (; minute < 180; minute += 1) {
		await authenticatedRequest(1);
		skip(60_000);
	}
	expect(times).toEqual([0, 15, 75, 135]);
});

it.each([
	['at once', 0],
	['after a login that was refused for another field', 1],
])('the token of a test serves the run that follows: %s', async (_name, wrongLogins) => {
	service = { call: answer(200) };
	const more = { testPath: '/me' };
	if (wrongLogins > 0) {
		service.login = (_count, response) => {
			response.writeHead(401).end('{}');
			return true;
		};
		expect(await pressTest('tokenApi', credential(more) as never)).toMatchObject({
			status: 'Error',
		});
		service.login = () => false;
	}
	const right = { ...more, changeRequest: true, jsonBody: '{ "name": "{{username}}" }' };
	expect(await pressTest('tokenApi', credential(right) as never)).toMatchObject({ status: 'OK' });
	expect((await authenticatedRequest(1, {}, right)).items).toHaveLength(1);
	expect(logins).toBe(wrongLogins + 1);
});

describe.each(['all', 'domains', 'none'])(
	'Where the Token May Go: %s',
	(allowedHttpRequestDomains) => {
		it('lets the test pass', async () => {
			service = { call: answer(200) };
			const more = { testPath: '/me', allowedHttpRequestDomains, allowedDomains: '127.0.0.1' };
			expect(await pressTest('tokenApi', credential(more) as never)).toMatchObject({
				status: 'OK',
			});
		});
	},
);

it('refuses a login to a host that is not listed, by its name', async () => {
	service = { call: answer(200) };
	const more = { allowedHttpRequestDomains: 'domains', allowedDomains: 'api.example.com' };
	const { errorItems } = await authenticatedRequest(1, {}, more);
	expect(errorItems[0]?.json.error).toContain(
		'The login must not go to 127.0.0.1: "Hosts Listed Below" leaves it out',
	);
	expect(logins).toBe(0);
});

/** Milliseconds since a moment, those included that the test has skipped. */
function skippedSince(moment: number): number {
	return engine.runtime.now() - moment;
}
