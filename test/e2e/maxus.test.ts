import { chain, items } from '../../host/chain';
import { outputOf, type Client, type CredentialReference, type Execution } from '../../host/client';
import { loadExample } from '../../host/examples';
import { freePort } from '../../host/ports';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect, n8nLog } from './n8n';

const TYPE = 'maxusApi';
const AUTHENTICATED_REQUEST = 'n8n-nodes-token-providers.authenticatedRequest';

let client: Client;
let sandbox: Sandbox;
let credential: CredentialReference;

beforeAll(async () => {
	[client, sandbox] = await Promise.all([connect(), startSandbox()]);
	credential = await client.saveCredential(TYPE, 'Maxus', sandbox.credentials.maxusApi);
});

beforeEach(() => sandbox.reset());

afterAll(() => sandbox.close());

const business = () => sandbox.requests.filter(({ kind }) => kind === 'business');
const tokenCalls = () => sandbox.requests.filter(({ kind }) => kind === 'token');
const distinct = () => new Set(business().map(({ token }) => token)).size;

/** @param rows in the place of the few that the example has */
async function runExample(name: string, rows?: object[]): Promise<Execution> {
	const example = loadExample(name, sandbox.credentials, { [TYPE]: credential });
	const list = example.nodes.find(({ type }) => type === 'n8n-nodes-base.code');
	if (rows && list) {
		list.parameters['jsCode'] = `return ${JSON.stringify(rows)}.map((json) => ({ json }))`;
	}
	return await client.runWorkflow(await client.saveWorkflow(example));
}

const httpRequest = (url: string) => ({
	name: 'Call',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	credentials: { [TYPE]: credential },
	parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: TYPE },
});

const authenticatedRequest = (url: string) => ({
	name: 'Call',
	type: AUTHENTICATED_REQUEST,
	credentials: { [TYPE]: credential },
	parameters: { provider: TYPE, method: 'GET', url },
});

describe('The Test button', () => {
	async function testWith(change: object) {
		const data = { ...sandbox.credentials.maxusApi, ...change };
		const changed = await client.saveCredential(TYPE, 'Maxus under test', data);
		return await client.testCredential(TYPE, changed);
	}

	test('says that a good credential works', async () => {
		expect(await testWith({})).toMatchObject({ status: 'OK' });
	});

	test('says what the vendor says of a wrong secret, and not the secret', async () => {
		const { status, message } = await testWith({ serviceSecret: 'not-the-secret' });
		expect(status).toBe('Error');
		expect(message).toContain('serviceSecret is wrong');
		expect(message).not.toContain('not-the-secret');
	});

	test('says that a host is unknown', async () => {
		const { status, message } = await testWith({ baseUrl: 'http://maxus.invalid' });
		expect(status).toBe('Error');
		expect(message).toContain('maxus.invalid could not be found');
	});

	test('says that the vendor is down', async () => {
		const { status, message } = await testWith({ baseUrl: `http://127.0.0.1:${await freePort()}` });
		expect(status).toBe('Error');
		expect(message).toContain('refused the connection');
	});

	test('says that a web page came instead of JSON', async () => {
		const page = { status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' };
		sandbox.faults.maxus.tokenFailures = [{ ...page, times: Infinity }];
		const { status, message } = await testWith({});
		expect(status).toBe('Error');
		expect(message).toContain('web page instead of JSON');
	});
});

describe('The examples', () => {
	test('a token goes from the token node into a header', async () => {
		const execution = await runExample('maxus-token');
		expect(execution.status).toBe('success');
		const [item] = outputOf(execution, 'Maxus Token');
		expect(item?.json).toMatchObject({
			headerName: 'maxus_jwt',
			claims: { serviceCode: sandbox.credentials.maxusApi.serviceCode },
		});
		expect(JSON.stringify(item?.json['claims'])).not.toMatch(/rsaPrivateExponent/i);
		expect(item?.json['headerValue']).toBe(item?.json['token']);
		expect(item?.json['expiresIn']).toBeGreaterThan(170);
		expect(item?.json['expiresIn']).toBeLessThanOrEqual(180);
		expect(business().map(({ token }) => token)).toEqual([item?.json['token']]);
	});

	test.each(['maxus-authenticated-request', 'maxus-http-request'])(
		'%s: 100 items are 100 calls with 100 tokens',
		async (name) => {
			const ids = Array.from({ length: 100 }, (_, index) => String(index + 1));
			const execution = await runExample(
				name,
				ids.map((id) => ({ id })),
			);
			expect(execution.data.resultData.error).toBeUndefined();
			expect(business()).toHaveLength(100);
			expect(tokenCalls()).toHaveLength(100);
			expect(distinct()).toBe(100);
			expect(business().map(({ status }) => status)).toEqual(Array(100).fill(200));
			const last = execution.data.resultData.runData;
			const node = Object.keys(last).at(-1) ?? '';
			const numbers = outputOf(execution, node).map(({ json }) => json['data']);
			expect(numbers).toEqual(ids.map((id) => ({ id, firNo: `FIR-${id}`, state: 'submitted' })));
		},
	);
});

describe.each([
	['Authenticated Request', authenticatedRequest],
	['HTTP Request', httpRequest],
])('%s', (way, node) => {
	const base = () => sandbox.credentials.maxusApi.baseUrl;

	async function run(url: string, count = 1): Promise<Execution> {
		const workflow = chain(`Maxus, ${way}`, [items(count), node(url)]);
		return await client.runWorkflow(await client.saveWorkflow(workflow));
	}

	test('no redirect takes the token to another host', async () => {
		await run(`${base()}/redirect/302?to=${sandbox.strangerUrl}/elsewhere`);
		const stranger = sandbox.requests.filter(({ vendor }) => vendor === 'stranger');
		const token = tokenCalls()[0]?.token ?? 'none';
		expect(tokenCalls()).toHaveLength(1);
		expect(JSON.stringify(stranger)).not.toContain(token);
		expect(stranger.flatMap(({ headers }) => Object.keys(headers))).not.toContain('maxus_jwt');
	});

	test('no token goes to a host that is not the credential’s', async () => {
		const execution = await run(`${sandbox.strangerUrl}/elsewhere`);
		expect(execution.status).toBe('error');
		expect(sandbox.requests.filter(({ vendor }) => vendor === 'stranger')).toEqual([]);
	});

	test.each(['status/500', 'status/401', 'status/404', 'cut'])(
		'after %s no secret and no token is in the execution or the log',
		async (path) => {
			const execution = await run(`${base()}/${path}`);
			expect(execution.status).toBe('error');
			expect(business().length).toBeGreaterThan(0);
			const { serviceSecret } = sandbox.credentials.maxusApi;
			const tokens = tokenCalls().map(({ token }) => token ?? '');
			expect(tokens.length).toBeGreaterThan(0);
			for (const text of [execution.stored, n8nLog()]) {
				for (const secret of [serviceSecret, ...tokens]) expect(text).not.toContain(secret);
			}
		},
	);
});

test('stopping an execution stops its calls', async () => {
	const url = `${sandbox.credentials.maxusApi.baseUrl}/slow/200`;
	const workflow = chain('Maxus, stopped', [items(300), authenticatedRequest(url)]);
	const id = await client.startWorkflow(await client.saveWorkflow(workflow));
	while (business().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
	await client.stopExecution(id);
	const { status } = await client.waitForExecution(id);
	expect(status).toBe('canceled');
	const soon = sandbox.requests.length;
	await new Promise((resolve) => setTimeout(resolve, 1000));
	expect(sandbox.requests.length - soon).toBeLessThanOrEqual(20);
});
