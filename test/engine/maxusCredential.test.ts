import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { everythingIn } from '../support/leaks';
import { itNeeds } from './abilities';
import { runHelpers } from './harness';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

type Options = Omit<IHttpRequestOptions, 'url'>;
type Path = (context: IExecuteFunctions, url: string, more?: Options) => Promise<IDataObject>;

/** What newer nodes use. */
const httpRequestWithAuthentication: Path = async (context, url, more = {}) =>
	(await context.helpers.httpRequestWithAuthentication.call(context, 'maxusApi', {
		method: 'POST',
		url,
		...more,
	})) as IDataObject;

/** What n8n's HTTP Request node uses. */
const requestWithAuthentication: Path = async (context, uri, more = {}) =>
	(await context.helpers.requestWithAuthentication.call(
		context,
		'maxusApi',
		{ method: 'POST', uri, json: true, ...more } as never,
		undefined,
		0,
	)) as IDataObject;

const url = (path: string) => `${sandbox.credentials.maxusApi.baseUrl}${path}`;

const calls = (kind: 'token' | 'business') =>
	sandbox.requests.filter((request) => request.kind === kind && request.vendor === 'maxus');

const tokens = (kind: 'token' | 'business') => calls(kind).map(({ token }) => token);

describe.each([
	['httpRequestWithAuthentication', httpRequestWithAuthentication],
	['requestWithAuthentication', requestWithAuthentication],
])('%s', (name, send) => {
	async function run(
		work: (context: IExecuteFunctions, itemIndex: number) => Promise<IDataObject>,
		{ count = 1, credential = {} as IDataObject } = {},
	) {
		return await runHelpers(
			{
				credentials: { maxusApi: { ...sandbox.credentials.maxusApi, ...credential } as never },
				items: Array.from({ length: count }, () => ({ json: {} })),
			},
			work,
		);
	}

	it('puts a new token and the time on every call, and stores nothing', async () => {
		const { error, credentialWrites } = await run(
			async (context, index) => await send(context, url('/fir/update'), { body: { index } }),
			{ count: 20 },
		);
		expect(error).toBeNull();
		expect(credentialWrites).toEqual([]);
		expect(new Set(tokens('business')).size).toBe(20);
		expect(new Set(tokens('business'))).toEqual(new Set(tokens('token')));
		for (const { headers } of calls('business')) {
			expect(headers['x-timestamp']).toMatch(/^\d{10}$/);
			expect(headers).not.toHaveProperty('authorization');
		}
	});

	it('sends body, query and headers of the call as they are', async () => {
		const { items } = await run(
			async (context) =>
				await send(context, url('/echo'), {
					body: { a: [1, 'ü'] },
					qs: { q: 'x' },
					headers: { 'X-Own': 'kept' },
				}),
		);
		expect(items[0]?.json).toMatchObject({ body: { a: [1, 'ü'] }, query: { q: 'x' } });
		expect(calls('business')[0]?.headers).toMatchObject({ 'x-own': 'kept' });
	});

	it('leaves the options object of the caller without a token', async () => {
		const headers = { 'X-Own': 'kept' };
		await run(async (context) => await send(context, url('/echo'), { headers }));
		expect(headers).toEqual({ 'X-Own': 'kept' });
		expect(calls('business')[0]?.headers).toHaveProperty('maxus_jwt');
	});

	it('keeps the token from another host', async () => {
		const { error } = await run(
			async (context) => await send(context, `${sandbox.strangerUrl}/collect`),
		);
		const { host } = new URL(sandbox.strangerUrl);
		expect(error?.message).toBe(`Maxus tokens must not go to ${host}`);
		expect(error?.description).toContain('If you trust');
		expect(sandbox.requests.filter(({ vendor }) => vendor === 'stranger')).toEqual([]);
	});

	it.each([301, 302, 307, 308])('does not follow a redirect (%i)', async (status) => {
		const target = encodeURIComponent(`${sandbox.strangerUrl}/collect`);
		const { error } = await run(
			async (context) => await send(context, url(`/redirect/${status}?to=${target}`)),
		);
		expect(error).not.toBeNull();
		expect(calls('business')).toHaveLength(1);
		expect(sandbox.requests.filter(({ vendor }) => vendor === 'stranger')).toEqual([]);
	});

	it('sends a call that failed with 500 only once', async () => {
		const { error } = await run(async (context) => await send(context, url('/status/500')));
		expect(error).toMatchObject({ httpCode: '500' });
		expect(calls('business')).toHaveLength(1);
		expect(calls('token')).toHaveLength(1);
	});

	it('shows a refused secret in words, after one attempt', async () => {
		const credential = { serviceSecret: `fake-wrong-secret-${name}` };
		const { error, execution } = await run(async (context) => await send(context, url('/echo')), {
			credential,
		});
		expect(error?.message).toBe(
			'Maxus did not issue a token: serviceSecret is wrong. Check the Service Code, the Service Secret and the Environment of the credential: Maxus gives each environment its own.',
		);
		expect(sandbox.requests).toHaveLength(1);
		const shown = everythingIn([error, execution]);
		expect(shown).not.toContain('not sent again');
		expect(shown).not.toContain(credential.serviceSecret);
	});

	it('tries a vendor that is busy four times in all, not more', async () => {
		sandbox.faults.maxus.tokenFailures = [
			{ status: 503, headers: { 'Retry-After': '0' }, times: Infinity },
		];
		const { error } = await run(async (context) => await send(context, url('/echo')));
		expect(error?.message).toBe(
			'Maxus is not available at the moment (HTTP 503). Try again later.',
		);
		expect(calls('token')).toHaveLength(4);
	});

	itNeeds.hostsOfLogin('with allowed domains that leave out the token host, says so', async () => {
		const { error } = await run(async (context) => await send(context, url('/echo')), {
			credential: { allowedHttpRequestDomains: 'domains', allowedDomains: 'other.example' },
		});
		expect(error?.message).toBe(
			'The login must not go to 127.0.0.1: "Hosts Listed Below" leaves it out. Open the credential and add 127.0.0.1 to "Hosts". n8n keeps the logins of all nodes and of the test to that list.',
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('with allowed domains that list it, another listed host gets the token too', async () => {
		const { error } = await run(
			async (context) => await send(context, `${sandbox.strangerUrl}/partner`),
			{ credential: { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' } },
		);
		expect(error).toBeNull();
		expect(sandbox.requests.find(({ vendor }) => vendor === 'stranger')?.token).toBe(
			tokens('token')[0],
		);
	});
});

it('httpRequestWithAuthentication sends a call again with a new token after a 401', async () => {
	const { items, error } = await runHelpers(
		{ credentials: { maxusApi: sandbox.credentials.maxusApi } },
		async (context) =>
			await httpRequestWithAuthentication(context, url('/status/401?times=1'), { body: { a: 1 } }),
	);
	expect(error).toBeNull();
	expect(items[0]?.json).toMatchObject({ ok: true, body: { a: 1 } });
	expect(tokens('business')).toEqual(tokens('token'));
	expect(new Set(tokens('business')).size).toBe(2);
});

it('httpRequestWithAuthentication gives up after the second 401, and shows no token', async () => {
	const { error, execution } = await runHelpers(
		{ credentials: { maxusApi: sandbox.credentials.maxusApi } },
		async (context) => await httpRequestWithAuthentication(context, url('/status/401')),
	);
	expect(error).toMatchObject({ httpCode: '401' });
	expect(calls('business')).toHaveLength(2);
	expect(JSON.stringify(execution)).not.toContain(String(tokens('token')[0]).slice(0, 80));
});
