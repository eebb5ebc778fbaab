import { chain, items, type NodeGiven } from '../../host/chain';
import { outputOf, type Client, type CredentialReference, type Execution } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect, n8nLog } from './n8n';

const TYPE = 'tokenApi';

let client: Client;
let sandbox: Sandbox;

beforeAll(async () => {
	[client, sandbox] = await Promise.all([connect(), startSandbox()]);
});

// Not `reset`: n8n goes on with the tokens it has.
beforeEach(() => {
	sandbox.requests.length = 0;
});

afterAll(() => sandbox.close());

type Service = keyof Sandbox['tokenApi'];

/** A service, and the fields of a credential for it; the names in `secrets` are those of the sandbox. */
interface Known {
	played: Service;
	secrets: Record<string, string>;
	form: object;
	call?: object;
	testPath?: string;
}

const userAndPassword = { username: 'username', password: 'password' };

const rpcCall = {
	method: 'POST',
	sendBody: true,
	contentType: 'json',
	specifyBody: 'json',
	jsonBody: '{ "jsonrpc": "2.0", "method": "item.get", "params": {}, "id": 7 }',
};

const SERVICES: Known[] = [
	{
		played: 'shopware',
		secrets: { username: 'client_id', password: 'client_secret' },
		form: { service: 'shopware' },
		testPath: '/echo',
	},
	{
		played: 'weChat',
		secrets: { username: 'appid', password: 'secret' },
		form: { service: 'weChat' },
		testPath: '/echo?lang=en',
	},
	{
		played: 'sapBusinessOne',
		secrets: { ...userAndPassword, database: 'companyDb' },
		form: { service: 'sapBusinessOne' },
		testPath: 'echo',
	},
	{
		played: 'proxmox',
		secrets: userAndPassword,
		form: { service: 'proxmox' },
		call: { method: 'POST', url: '/api2/json/nodes' },
		testPath: '/echo',
	},
	{
		played: 'vCenter',
		secrets: userAndPassword,
		form: {
			service: 'custom',
			requestUrl: '/api/session',
			changeRequest: true,
			bodyType: 'none',
			basicAuth: true,
			valueFrom: 'body',
			changeSending: true,
			placements: {
				values: [{ place: 'header', name: 'vmware-api-session-id', value: '{{token}}' }],
			},
			lifetime: 'fixed',
			lifetimeSeconds: 300,
			countedFrom: 'lastUse',
		},
		testPath: '/echo',
	},
	{
		played: 'zabbixBefore64',
		secrets: userAndPassword,
		form: {
			service: 'custom',
			requestUrl: '/api_jsonrpc.php',
			changeRequest: true,
			jsonBody:
				'{ "jsonrpc": "2.0", "method": "user.login", "params": { "username": "{{username}}", "password": "{{password}}" }, "id": 1 }',
			valuePath: 'result',
			changeSending: true,
			placements: { values: [{ place: 'body', name: 'auth', value: '{{token}}' }] },
			lifetime: 'refusal',
			changeExpired: true,
			expiredPath: 'error.data',
			expiredText: 're-login',
		},
		call: { ...rpcCall, url: '/api_jsonrpc.php' },
	},
];

const logins = () => sandbox.requests.filter(({ kind }) => kind === 'token');

const calls = () => sandbox.requests.filter(({ kind }) => kind === 'business');

describe.each(SERVICES.map((known) => [known.played, known] as const))('%s', (played, known) => {
	const { call = { method: 'GET', url: '/echo' } } = known;
	let credential: CredentialReference;

	const service = () => sandbox.tokenApi[played];
	const secret = () => dataOf()['password'] ?? '';
	const base = () => service().baseUrl;

	function dataOf(change: object = {}): Record<string, string> {
		const all: Record<string, string> = service().secrets;
		const secrets = Object.entries(known.secrets).map(([field, name]) => [field, all[name]]);
		const form = { ...known.form, baseUrl: base(), ...change };
		return { ...form, ...(Object.fromEntries(secrets) as object), ...change };
	}

	beforeAll(async () => {
		credential = await client.saveCredential(TYPE, `Token API, ${played}`, dataOf());
	});

	const inNode = () => ({ credentials: { [TYPE]: credential } });

	const authenticatedRequest = (): NodeGiven => ({
		name: 'Node',
		type: 'n8n-nodes-token-providers.authenticatedRequest',
		typeVersion: 1.1,
		...inNode(),
		parameters: { provider: TYPE, ...call },
	});

	const httpRequest = (): NodeGiven => ({
		name: 'Node',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		...inNode(),
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: TYPE,
			...call,
			url: `${base()}${(call as { url: string }).url}`,
		},
	});

	const tokenNode = (): NodeGiven => ({
		name: 'Node',
		type: 'n8n-nodes-token-providers.token',
		...inNode(),
		parameters: {},
	});

	async function run(node: NodeGiven, count = 1): Promise<Execution> {
		const workflow = chain(`Token API, ${played}`, [items(count), node]);
		return await client.runWorkflow(await client.saveWorkflow(workflow));
	}

	async function pressTest(change: object) {
		const name = `Token API, ${played}, under test`;
		const changed = await client.saveCredential(TYPE, name, dataOf(change));
		return await client.testCredential(TYPE, changed);
	}

	test('Authenticated Request, HTTP Request and Token use one login for all', async () => {
		const executions = [
			await run(authenticatedRequest(), 10),
			await run(httpRequest(), 10),
			await run(tokenNode()),
		];
		expect(executions.map(({ data }) => data.resultData.error)).toEqual(Array(3).fill(undefined));
		expect(executions.map((one) => outputOf(one, 'Node').length)).toEqual([10, 10, 1]);
		expect(logins()).toHaveLength(1);
		expect(calls().map(({ status }) => status)).toEqual(Array(20).fill(200));
		const token = logins()[0]?.token;
		expect(new Set(calls().map((one) => one.token))).toEqual(new Set([token]));
		const [item] = executions.flatMap((one) => outputOf(one, 'Node')).slice(-1);
		expect(item?.json['token']).toBe(token);
		for (const stored of [...executions.slice(0, 2).map((one) => one.stored), n8nLog()]) {
			expect(stored).not.toContain(secret());
			// `/echo` shows the call, and so the token; other services here show neither.
			if (played === 'proxmox') expect(stored).not.toContain(token);
		}
	});

	test('Authenticated Request logs in again when the token was refused', async () => {
		service().expireTokens();
		const execution = await run(authenticatedRequest(), 5);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(outputOf(execution, 'Node')).toHaveLength(5);
		expect(logins()).toHaveLength(1);
	});

	test('HTTP Request goes on with the new token', async () => {
		const execution = await run(httpRequest(), 5);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(logins()).toHaveLength(0);
		expect(calls().map(({ status }) => status)).toEqual(Array(5).fill(200));
	});

	test('the Test button logs in', async () => {
		expect(await pressTest({})).toMatchObject({ status: 'OK' });
		expect(logins()).toHaveLength(1);
	});

	// A test is a GET, and this service has none.
	const { testPath } = known;
	const testWithPath = testPath === undefined ? test.skip : test;

	testWithPath('the Test button makes the call that is given', async () => {
		expect(await pressTest({ testPath })).toMatchObject({ status: 'OK' });
		expect(logins()).toHaveLength(1);
		expect(calls()).toHaveLength(1);
		expect(calls()[0]?.token).toBe(logins()[0]?.token);
	});

	test('the Test button says that a secret is wrong, and not the secret', async () => {
		const { status, message } = await pressTest({ password: 'fake-wrong-password' });
		expect(status).toBe('Error');
		expect(message).toMatch(/did not issue a token|cannot issue a token/);
		expect(message).not.toContain('fake-wrong-password');
		expect(logins()).toHaveLength(1);
	});

	test('a test ends no token that is in use', async () => {
		const execution = await run(httpRequest(), 5);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(logins()).toHaveLength(0);
		expect(outputOf(execution, 'Node').filter(({ json }) => 'errcode' in json)).toEqual([]);
	});
});
