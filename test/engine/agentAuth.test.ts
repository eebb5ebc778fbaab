import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { AgentAuth } from '../../nodes/AgentAuth/AgentAuth.node';
import { AGENTS, decryptCipherText, operatorCall, startSandbox, type Sandbox } from '../../sandbox';
import { everythingIn } from '../support/leaks';
import { pressTest } from './credentialTest';
import { runHelpers, runNode } from './harness';
import { engine } from './engine';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new one each time: its port makes it a credential of which nothing is remembered. */
let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const items = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

const tokenRequests = () => sandbox.requests.filter(({ kind }) => kind === 'token');

const businessCalls = () => sandbox.requests.filter(({ kind }) => kind === 'business');

describe('the node', () => {
	test('gets a token for each item, with a nonce of its own', async () => {
		const { agentAuthApi } = sandbox.credentials;
		const result = await runNode({
			node: new AgentAuth(engine),
			credentials: { agentAuthApi },
			items: items(3),
		});

		expect(result.error).toBeNull();
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		const { token } = tokenRequests()[0] ?? {};
		expect(result.items[0]?.json).toEqual({
			token,
			headerName: 'Authorization',
			headerValue: `Bearer ${token}`,
			issuedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.000Z$/),
			expiresAt: expect.stringMatching(/Z$/),
			expiresIn: expect.any(Number),
			claims: {
				agentId: 'sandboxAgent01',
				iat: expect.any(Number),
				exp: expect.any(Number),
			},
			logUUID: expect.stringMatching(UUID),
		});
		expect(tokenRequests().map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(new Set(tokenRequests().map(({ headers }) => headers['x-nonce'])).size).toBe(3);
	});

	test('signs in the other format', async () => {
		const agentAuthApi = sandbox.credentials.agentAuthApiConcatenated;
		const result = await runNode({ node: new AgentAuth(engine), credentials: { agentAuthApi } });
		expect(result.items[0]?.json.claims).toMatchObject({ agentId: 'sandboxAgent02' });
	});

	test.each([
		['secret', 'fake-wrong-secret', '10'],
		['signatureFormat', 'concatenated', '83'],
		['apiKey', 'fa4e5ec2'.repeat(8), '84'],
	])('with a wrong %s makes one request for all items', async (field, value, code) => {
		const agentAuthApi = { ...sandbox.credentials.agentAuthApi, [field]: value };
		const result = await runNode({
			node: new AgentAuth(engine),
			credentials: { agentAuthApi },
			items: items(20),
			onError: 'continueErrorOutput',
		});

		expect(result.items).toEqual([]);
		expect(result.errorItems).toHaveLength(20);
		for (const [index, { json, pairedItem }] of result.errorItems.entries()) {
			expect(json).toEqual({
				error: expect.stringContaining(`(code ${code})`),
				details: { advice: expect.any(String) as string, errorCode: code, httpStatus: 200 },
			});
			expect(pairedItem).toEqual({ item: index });
		}
		expect(tokenRequests()).toHaveLength(1);
		const shown = everythingIn(result.execution);
		expect(shown).not.toContain(agentAuthApi.secret);
		expect(shown).not.toContain(agentAuthApi.apiKey);
	});

	test.each([
		['there were too many requests', 77],
		['Agent Auth met an internal fault', 7],
	])('tries again when %s, with another nonce', async (_what, code) => {
		const { agentAuthApi } = sandbox.credentials;
		sandbox.faults.agentAuth.tokenFailures = [
			{ status: 200, headers: { 'Retry-After': '0' }, refusal: { code } },
		];
		const result = await runNode({ node: new AgentAuth(engine), credentials: { agentAuthApi } });
		expect(result.items).toHaveLength(1);
		expect(new Set(tokenRequests().map(({ headers }) => headers['x-nonce'])).size).toBe(2);
	});
});

describe('the credential in the nodes of n8n', () => {
	const echo = () => `${sandbox.credentials.agentAuthApi.baseUrl}/v2/members/echo`;

	test('encrypts each call and uses one token for all', async () => {
		const { agentAuthApi } = sandbox.credentials;
		const result = await runHelpers(
			{ credentials: { agentAuthApi }, items: items(5) },
			async (context, index) =>
				await context.helpers.httpRequestWithAuthentication.call(context, 'agentAuthApi', {
					method: 'POST',
					url: echo(),
					body: { username: `玩家${index}` },
				}),
		);
		expect(result.error).toBeNull();
		expect(result.items.map(({ json }) => json.body)).toEqual(
			[0, 1, 2, 3, 4].map((index) => ({ username: `玩家${index}` })),
		);
		expect(tokenRequests()).toHaveLength(1);
		expect(result.credentialWrites).toEqual([]);
	});

	test('encrypts the plain body again when a token was refused', async () => {
		const { agentAuthApi } = sandbox.credentials;
		sandbox.faults.agentAuth.businessFailures = [{ status: 401, body: '{"code":12}' }];
		const result = await runHelpers(
			{ credentials: { agentAuthApi } },
			async (context) =>
				await context.helpers.httpRequestWithAuthentication.call(context, 'agentAuthApi', {
					method: 'POST',
					url: echo(),
					body: { username: 'someone' },
				}),
		);
		expect(result.items[0]?.json.body).toEqual({ username: 'someone' });
		expect(businessCalls().map(({ status }) => status)).toEqual([401, 200]);
		// The token is too new to be given up for one refusal.
		expect(tokenRequests()).toHaveLength(1);
	});

	test.each([
		['JSON', { body: { username: 'someone' } }, { username: 'someone' }],
		['JSON text', { body: '{"username":"someone"}' }, { username: 'someone' }],
		['no body', {}, {}],
	])('sends %s by the way of the HTTP Request node', async (_name, options, expected) => {
		const { agentAuthApi } = sandbox.credentials;
		const result = await runHelpers(
			{ credentials: { agentAuthApi } },
			async (context) =>
				await context.helpers.requestWithAuthentication.call(
					context,
					'agentAuthApi',
					{ method: 'POST', uri: echo(), json: true, ...options },
					undefined,
					0,
				),
		);
		expect(result.error).toBeNull();
		expect(result.items[0]?.json.body).toEqual(expected);
	});

	test.each([
		['a form', { form: { username: 'someone' } }],
		['a multipart form', { formData: { username: 'someone' } }],
		['a file', { body: Buffer.from('{}') }],
	])('does not send %s by the way of the HTTP Request node', async (_name, options) => {
		const { agentAuthApi } = sandbox.credentials;
		const result = await runHelpers(
			{ credentials: { agentAuthApi } },
			async (context) =>
				await context.helpers.requestWithAuthentication.call(
					context,
					'agentAuthApi',
					{ method: 'POST', uri: echo(), json: true, ...options },
					undefined,
					0,
				),
		);
		expect(result.error?.message).toBe('Agent Auth takes JSON only');
		expect(businessCalls()).toEqual([]);
	});
});

describe('the Test button', () => {
	const OK = { status: 'OK', message: 'Connection successful!' };

	test.each(['agentAuthApi', 'agentAuthApiConcatenated'] as const)('accepts %s', async (kind) => {
		expect(await pressTest('agentAuthApi', sandbox.credentials[kind])).toEqual(OK);
	});

	test('accepts an agent that logs in by another ID than that of its calls', async () => {
		const { agentAuthApiTwoIds } = sandbox.credentials;
		expect(await pressTest('agentAuthApi', agentAuthApiTwoIds)).toEqual(OK);
		expect(tokenRequests().map(({ decrypted }) => decrypted)).toEqual(
			Array(2).fill({
				agentId: 'sandboxAgent03',
				secret: agentAuthApiTwoIds.secret,
			}),
		);
		expect(tokenRequests()[0]?.headers['x-agentid']).toBe(agentAuthApiTwoIds.agentId);
	});

	test('trims what was typed', async () => {
		const { baseUrl, agentId, secret, apiKey } = sandbox.credentials.agentAuthApi;
		const typed = {
			baseUrl: ` ${baseUrl}// `,
			agentId: ` ${agentId}`,
			secret: `${secret}\n`,
			apiKey: ` ${apiKey} `,
		};
		expect(await pressTest('agentAuthApi', typed)).toEqual(OK);
		expect(tokenRequests().map(({ status }) => status)).toEqual([200, 200]);
	});

	test.each([
		['secret', 'fake-wrong-secret', 'Agent Auth does not know this agent, or has blocked it'],
		['signatureFormat', 'concatenated', 'Agent Auth did not accept the signature'],
		['apiKey', 'fa4e5ec2'.repeat(8), 'Agent Auth could not decrypt the request'],
		['apiKey', 'fa4e', 'The API Key of the credential is not 64 hex digits'],
		['baseUrl', 'api.example.com', 'The Base URL of the credential is not a valid URL'],
	])('says what is wrong with %s', async (field, value, message) => {
		const stored = { ...sandbox.credentials.agentAuthApi, [field]: value };
		const result = await pressTest('agentAuthApi', stored);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
	});

	test.each([
		[10, 'does not know this agent'],
		[83, 'did not accept the signature'],
		[84, 'could not decrypt'],
	])('notices code %i though a token is in memory', async (code, message) => {
		const { agentAuthApi } = sandbox.credentials;
		await pressTest('agentAuthApi', agentAuthApi);
		sandbox.faults.agentAuth.tokenFailures = [{ status: 401, body: JSON.stringify({ code }) }];
		const result = await pressTest('agentAuthApi', agentAuthApi);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
	});

	test('does not hold a busy service against the credential', async () => {
		const { agentAuthApi } = sandbox.credentials;
		await pressTest('agentAuthApi', agentAuthApi);
		sandbox.faults.agentAuth.tokenFailures = [{ status: 503, body: 'busy' }];
		expect(await pressTest('agentAuthApi', agentAuthApi)).toEqual(OK);
	});
});

describe('a request of the vendor', () => {
	const run = async (parameters: IDataObject, json: IDataObject[], more: object = {}) =>
		await runNode({
			node: new AgentAuth(engine),
			credentials: { agentAuthApi: sandbox.credentials.agentAuthApi },
			parameters: parameters as INodeParameters,
			items: json.map((one) => ({ json: one })),
			...more,
		});

	const incoming = (json: object, change: object = {}) =>
		operatorCall(AGENTS.delimited, json, change) as unknown as IDataObject;

	const decrypt = {
		operation: 'decryptRequest',
		body: '={{ $json.body }}',
		headers: '={{ $json.headers }}',
	};

	test('is decrypted once; another one beside it goes its own way', async () => {
		const first = incoming({ action: 'balance', username: 'fake-member' });
		const result = await run(decrypt, [first, first, incoming({ action: 'rollback' })], {
			onError: 'continueErrorOutput',
		});
		expect(result.items.map(({ json }) => json)).toEqual([
			{ action: 'balance', username: 'fake-member' },
			{ action: 'rollback' },
		]);
		expect(result.errorItems).toMatchObject([
			{ json: { error: 'The request came before', details: { errorCode: '83' } } },
		]);
		expect(sandbox.requests).toEqual([]);
	});

	test('of an hour ago is refused, unless the tolerance allows it', async () => {
		const old = incoming({ action: 'balance' }, { at: Date.now() - 3_600_000 });
		const { error } = await run(decrypt, [old]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The timestamp of the request is too far from now',
		});
		const options = { incomingOptions: { tolerance: 4000, refuseRepeated: false } };
		for (let time = 0; time < 2; time += 1) {
			expect((await run({ ...decrypt, ...options }, [old])).items).toMatchObject([
				{ json: { action: 'balance' } },
			]);
		}
	});

	test('is answered with what the vendor can decrypt', async () => {
		const { items } = await run({ operation: 'encryptResponse', json: '={{ $json }}' }, [
			{ status: '0000', balance: 12.5 },
		]);
		const { body, headers } = items[0]?.json as {
			body: { cipherText: string };
			headers: Record<string, string>;
		};
		expect(decryptCipherText(body.cipherText, AGENTS.delimited.apiKey)).toBe(
			'{"status":"0000","balance":12.5}',
		);
		expect(headers).toMatchObject({ 'x-agentid': 'sandboxAgent01' });
	});

	test('shows no key where it is refused', async () => {
		const stranger = { ...AGENTS.delimited, apiKey: 'ab'.repeat(32) };
		const { error } = await run(decrypt, [operatorCall(stranger, {}) as unknown as IDataObject]);
		expect(error?.message).toBe('The request cannot be decrypted');
		expect(everythingIn(error)).not.toContain(AGENTS.delimited.apiKey);
	});
});
