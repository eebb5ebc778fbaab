import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { ServiceCombToken } from '../../nodes/ServiceCombToken/ServiceCombToken.node';
import { startSandbox, type Failure, type Sandbox } from '../../sandbox';
import { OTHER_PUBLIC_KEY } from '../support/engineKeys';
import { everythingIn } from '../support/leaks';
import { pressTest } from './credentialTest';
import { runHelpers, runNode } from './harness';
import { createEngine } from '../../providers/tokens/engine';
import { engine } from './engine';

/** A new one each time: its port makes it a credential of which nothing is remembered. */
let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ tls: true });
});
afterEach(async () => await sandbox.close());

const items = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

const logins = () => sandbox.requests.filter(({ kind }) => kind === 'token');

const businessCalls = () => sandbox.requests.filter(({ kind }) => kind === 'business');

/** A hundred items; those that cannot have a token go to the output for errors. */
const runHundredItems = async (serviceCombApi: ICredentialDataDecryptedObject) =>
	await runNode({
		node: new ServiceCombToken(engine),
		credentials: { serviceCombApi },
		items: items(100),
		onError: 'continueErrorOutput',
	});

const selfSigned = (allowUnauthorizedCerts: boolean) => ({
	...sandbox.credentials.serviceCombApi,
	baseUrl: `${sandbox.tlsUrl}/servicecomb`,
	allowUnauthorizedCerts,
});

describe('the node', () => {
	test('gets a token for each item', async () => {
		const { serviceCombApi } = sandbox.credentials;
		const result = await runNode({
			node: new ServiceCombToken(engine),
			credentials: { serviceCombApi },
			items: items(2),
		});

		expect(result.error).toBeNull();
		const { token } = logins()[0] ?? {};
		expect(result.items[0]).toEqual({
			json: {
				token,
				headerName: 'Authorization',
				headerValue: `Bearer ${token}`,
				issuedAt: null,
				expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.000Z$/),
				expiresIn: expect.any(Number),
				claims: { account: 'root', exp: expect.any(Number), roles: ['admin'] },
			},
			pairedItem: { item: 0 },
		});
		expect(logins().map(({ body }) => JSON.parse(body))).toEqual(
			Array(2).fill({ name: 'root', password: 'fake-servicecomb-password-for-tests' }),
		);
	});

	test('asks for the lifetime of each item; one that cannot be right is its own affair', async () => {
		const { serviceCombApi } = sandbox.credentials;
		const result = await runNode({
			node: new ServiceCombToken(engine),
			parameters: { options: { tokenExpirationTime: '={{ $json.lifetime }}' } },
			credentials: { serviceCombApi },
			items: ['1d', '15m', '24h'].map((lifetime) => ({ json: { lifetime } })),
			onError: 'continueErrorOutput',
		});

		expect(result.errorItems).toMatchObject([
			{
				json: {
					error: 'The Token Expiration Time "1d" is not a duration from 15m to 24h',
					details: { advice: expect.any(String) as string, errorCode: null },
				},
				pairedItem: { item: 0 },
			},
		]);
		const seconds = result.items.map(({ json }) => Number(json.expiresIn));
		expect(seconds[0]).toBeGreaterThan(890);
		expect(seconds[0]).toBeLessThanOrEqual(900);
		expect(seconds[1]).toBeGreaterThan(86390);
		expect(seconds[1]).toBeLessThanOrEqual(86400);
		expect(logins()).toHaveLength(2);
	});

	test('with a wrong password makes one login for all items', async () => {
		const serviceCombApi = { ...sandbox.credentials.serviceCombApi, password: 'fake-wrong-one' };
		const result = await runHundredItems(serviceCombApi);

		expect(result.errorItems).toHaveLength(100);
		const told = new Set(result.errorItems.map(({ json }) => JSON.stringify(json)));
		const refused = (advice: string) => ({
			error:
				'ServiceComb refused the name or the password (401202): User name or password is wrong',
			details: {
				errorCode: '401202',
				advice: expect.stringContaining(advice) as string,
				httpStatus: 401,
			},
		});
		expect([...told].map((json) => JSON.parse(json) as unknown)).toEqual([
			refused('Correct the Account Name and the Password'),
			// Of the items that begin when the others are over.
			refused('The same login was refused before'),
		]);
		expect(logins()).toHaveLength(1);
		expect(everythingIn(result.execution)).not.toContain('fake-wrong-one');
	});

	test('with a base URL that leads to no engine makes one login for all items', async () => {
		const serviceCombApi = {
			...sandbox.credentials.serviceCombApi,
			baseUrl: `${sandbox.credentials.serviceCombApi.baseUrl}/elsewhere`,
		};
		const result = await runHundredItems(serviceCombApi);

		expect(result.errorItems).toHaveLength(100);
		expect(result.errorItems[99]?.json.error).toContain(
			'There is no ServiceComb token endpoint at this base URL',
		);
		expect(sandbox.requests).toHaveLength(1);
	});

	test('tells a blocked account from a wrong password', async () => {
		const { serviceCombApi } = sandbox.credentials;
		for (const password of ['fake-wrong-1', 'fake-wrong-2', 'fake-wrong-3']) {
			const credentials = { serviceCombApi: { ...serviceCombApi, password } };
			// Each from a process of its own: one alone does not send so many.
			await runNode({ node: new ServiceCombToken(createEngine()), credentials });
		}
		const { error } = await runNode({
			node: new ServiceCombToken(engine),
			credentials: { serviceCombApi },
		});
		expect(error?.message).toBe(
			'ServiceComb has blocked this account from this address (403201): Account blocked',
		);
		expect(error?.description).toContain('Wait 15 minutes');
	});

	test('does not send a login twice when no answer came', async () => {
		const { serviceCombApi } = sandbox.credentials;
		sandbox.faults.serviceComb.tokenFailures = [{ cut: true }];
		const { error } = await runNode({
			node: new ServiceCombToken(engine),
			credentials: { serviceCombApi },
		});
		expect(error?.message).toContain('closed the connection');
		expect(logins()).toHaveLength(1);
	});

	test("uses a token that was signed with the engine's key", async () => {
		const publicKey = sandbox.serviceCombPublicKey.replaceAll('\n', ' ');
		const serviceCombApi = { ...sandbox.credentials.serviceCombApi, publicKey };
		const result = await runNode({
			node: new ServiceCombToken(engine),
			credentials: { serviceCombApi },
		});
		expect(result.items).toHaveLength(1);
	});

	test('does not use a token that was signed with another key', async () => {
		const publicKey = OTHER_PUBLIC_KEY;
		const serviceCombApi = { ...sandbox.credentials.serviceCombApi, publicKey };
		const result = await runHundredItems(serviceCombApi);
		expect(result.errorItems).toHaveLength(100);
		expect(result.errorItems[99]?.json.error).toBe(
			"The token was not signed with this engine's key, so it is not used",
		);
		expect(logins()).toHaveLength(1);
		expect(everythingIn(result.execution)).not.toContain(logins()[0]?.token);
	});

	test('logs in to an engine with a self-signed certificate, if that is allowed', async () => {
		const allowed = await runNode({
			node: new ServiceCombToken(engine),
			credentials: { serviceCombApi: selfSigned(true) },
		});
		expect(allowed.items).toHaveLength(1);
		const forbidden = await runNode({
			node: new ServiceCombToken(engine),
			credentials: { serviceCombApi: selfSigned(false) },
		});
		expect(forbidden.error?.message).toContain('is not trusted');
		expect(logins()).toHaveLength(1);
	});
});

describe('the credential in the nodes of n8n', () => {
	test('uses one token for many calls', async () => {
		const { serviceCombApi } = sandbox.credentials;
		const result = await runHelpers(
			{ credentials: { serviceCombApi }, items: items(5) },
			async (context) =>
				await context.helpers.httpRequestWithAuthentication.call(context, 'serviceCombApi', {
					url: `${serviceCombApi.baseUrl}/v4/self-perms`,
				}),
		);
		expect(result.items).toHaveLength(5);
		expect(logins()).toHaveLength(1);
		expect(result.credentialWrites).toEqual([]);
	});

	test('reaches an engine with a self-signed certificate on both ways of n8n', async () => {
		const serviceCombApi = selfSigned(true);
		const url = `${serviceCombApi.baseUrl}/v4/self-perms`;
		const result = await runHelpers({ credentials: { serviceCombApi } }, async (context) => {
			const { helpers } = context;
			return {
				now: await helpers.httpRequestWithAuthentication.call(context, 'serviceCombApi', { url }),
				older: await helpers.requestWithAuthentication.call(
					context,
					'serviceCombApi',
					{ uri: url, json: true, rejectUnauthorized: true },
					undefined,
					0,
				),
			};
		});
		expect(result.error).toBeNull();
		expect(businessCalls().map(({ status }) => status)).toEqual([200, 200]);
	});
});

describe('the Test button', () => {
	const OK = { status: 'OK', message: 'Connection successful!' };

	const press = async (more: object = {}) =>
		await pressTest('serviceCombApi', { ...sandbox.credentials.serviceCombApi, ...more });

	test('reads the permissions of the account', async () => {
		expect(await press()).toEqual(OK);
		expect(sandbox.requests.map(({ path, status }) => [path, status])).toEqual([
			['/servicecomb/v4/token', 200],
			['/servicecomb/v4/self-perms', 200],
		]);
	});

	test('accepts an account that may only read', async () => {
		expect(await press(sandbox.credentials.serviceCombApiReader)).toEqual(OK);
	});

	test('trims what was typed', async () => {
		const { baseUrl, name, password } = sandbox.credentials.serviceCombApi;
		const typed = { baseUrl: ` ${baseUrl}/ `, name: ` ${name}`, password: `${password} ` };
		expect(await press(typed)).toEqual(OK);
		expect(businessCalls().map(({ path, status }) => [path, status])).toEqual([
			['/servicecomb/v4/self-perms', 200],
		]);
	});

	test.each([
		[404, '404 page not found'],
		[403, '{"errorCode":"403205","errorMessage":"No permission(s)"}'],
		[500, ''],
		[401, '{"errorCode":"401201","errorMessage":"Unauthorized","detail":"no valid resouce scope"}'],
		[401, '{"errorCode":"401201","errorMessage":"Unauthorized"}'],
		[401, ''],
	])('takes the login for proof when the permissions answer %i', async (status, body) => {
		sandbox.faults.serviceComb.businessFailures = [{ status, body, contentType: 'text/plain' }];
		expect(await press()).toEqual(OK);
		expect(businessCalls().map((call) => call.status)).toEqual([status]);
	});

	test.each([
		['a wrong password', { password: 'fake-wrong-one' }, '(401202)', 1],
		['a bad public key', { publicKey: 'fake' }, 'not an RSA public key in PEM', 0],
		['another public key', { publicKey: OTHER_PUBLIC_KEY }, 'was not signed with', 1],
		['no password', { password: '' }, 'The credential has no Password', 0],
	])('says no to %s', async (_name, more, message, count) => {
		const result = await press(more);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
		expect(logins()).toHaveLength(count);
	});

	test('logs in again when the token in memory is not accepted any more', async () => {
		await press();
		sandbox.expireTokens();
		expect(await press()).toEqual(OK);
		expect(logins()).toHaveLength(2);
	});

	test('notices that an account was deleted though a token is in memory', async () => {
		await press();
		sandbox.faults.serviceCombDeletedAccounts = ['root'];
		const result = await press();
		expect(result.status).toBe('Error');
		expect(result.message).toContain('(401202)');
	});

	const saysNoTo = async (failure: Failure) => {
		sandbox.faults.serviceComb.businessFailures = [{ ...failure, times: 2 }];
		expect(await press()).toEqual({
			status: 'Error',
			message:
				'ServiceComb issued a token but does not accept it. Check that the Base URL leads to one engine only.',
		});
	};

	test.each([401204, 401205, 401206, 401302])(
		'says no when the engine refuses its own token with %i',
		async (code) => {
			await saysNoTo({ refusal: { code } });
		},
	);

	test('accepts a self-signed certificate only if that is allowed', async () => {
		expect(await pressTest('serviceCombApi', selfSigned(true))).toEqual(OK);
		const result = await pressTest('serviceCombApi', selfSigned(false));
		expect(result.message).toContain('is not trusted');
	});
});

describe('a wrong current password', () => {
	const PASSWORD = 'fake-new-password';

	const changePassword = async (currentPassword: string, more: object = {}) =>
		await runNode({
			node: new AuthenticatedRequest(engine),
			credentials: { serviceCombApi: sandbox.credentials.serviceCombApi },
			parameters: {
				provider: 'serviceCombApi',
				tokenUse: 'reuse',
				method: 'POST',
				url: '/v4/accounts/root/password',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: { currentPassword, password: PASSWORD },
				...more,
			},
		});

	test.each([
		['', {}],
		[
			' where refusals are no errors',
			{ options: { response: { response: { neverError: true } } } },
		],
		[' where codes are not looked at', { options: { failOnVendorErrorCode: false } }],
	])('is sent once, and costs no login and no token%s', async (_where, more) => {
		const { error } = await changePassword('fake-wrong-password', more);
		expect(error?.message ?? null).toEqual(
			JSON.stringify(more).includes('neverError')
				? null
				: expect.stringMatching(/^The current password in the call is wrong \(401207\)/),
		);
		expect(businessCalls()).toHaveLength(1);

		const { error: none } = await changePassword(sandbox.credentials.serviceCombApi.password);
		expect(none).toBeNull();
		expect(logins()).toHaveLength(1);
	});

	test('is not hidden by an answer without a code', async () => {
		sandbox.faults.serviceComb.businessFailures = [{ status: 401 }];
		const { error } = await changePassword('fake-wrong-password');
		expect(error?.message).toMatch(/^ServiceComb did not change the password/);
		expect(businessCalls()).toHaveLength(1);
	});
});
