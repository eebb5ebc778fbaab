import { chain, items, type NodeGiven } from '../../host/chain';
import { Client, outputOf, type CredentialReference, type Execution } from '../../host/client';
import { startSandbox, type RecordedRequest, type Sandbox } from '../../sandbox';
import { startQueue, type Queue } from './queue';

// A real n8n, and real waiting between attempts.
jest.setTimeout(60_000);

const PACKAGE = 'n8n-nodes-token-providers';
const WRONG_PASSWORDS = ['fake-wrong-password-1', 'fake-wrong-password-2'];
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let queue: Queue;
let client: Client;
let sandbox: Sandbox;
let maxus: CredentialReference;
/** Every token that went through a node that must not show it. */
const tokens = new Set<string>();

beforeAll(async () => {
	[queue, sandbox] = await Promise.all([startQueue(), startSandbox()]);
	client = new Client(queue.url);
	await client.logIn();
	maxus = await client.saveCredential('maxusApi', 'Maxus', sandbox.credentials.maxusApi);
}, 300_000);

beforeEach(() => sandbox.reset());

afterEach(() => {
	for (const { token } of sandbox.requests) if (token !== null) tokens.add(token);
});

afterAll(async () => {
	await sandbox?.close();
	await queue?.stop();
});

const ofKind = (kind: RecordedRequest['kind']) =>
	sandbox.requests.filter((request) => request.kind === kind);

type Way = (type: string, credential: CredentialReference, url: string) => NodeGiven;

const authenticatedRequest: Way = (provider, credential, url) => ({
	name: 'Call',
	type: `${PACKAGE}.authenticatedRequest`,
	credentials: { [provider]: credential },
	parameters: { provider, url, options: { maxRetries: 0 } },
});

const httpRequest: Way = (type, credential, url) => ({
	name: 'Call',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	credentials: { [type]: credential },
	parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: type },
});

async function start(nodes: NodeGiven[]): Promise<string> {
	return await client.startWorkflow(await client.saveWorkflow(chain('Queue mode', nodes)));
}

async function run(nodes: NodeGiven[]): Promise<Execution> {
	return await client.waitForExecution(await start(nodes));
}

describe.each([
	{ name: 'Authenticated Request', way: authenticatedRequest, password: WRONG_PASSWORDS[0] },
	{ name: 'HTTP Request', way: httpRequest, password: WRONG_PASSWORDS[1] },
])('$name in a worker', ({ name, way, password }) => {
	const maxusUrl = (path: string) => `${sandbox.credentials.maxusApi.baseUrl}/${path}`;
	const paths = (execution: Execution) =>
		outputOf(execution, 'Call').map(({ json }) => json['path']);

	test('Maxus: 100 items are 100 calls with 100 tokens', async () => {
		const execution = await run([
			items(100),
			way('maxusApi', maxus, `=${maxusUrl('fir/{{ $json.n }}')}`),
		]);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(queue.log('worker')).toContain(`Worker finished execution ${execution.id} `);
		expect(ofKind('token')).toHaveLength(100);
		expect(ofKind('business').map(({ status }) => status)).toEqual(Array(100).fill(200));
		expect(new Set(ofKind('business').map(({ token }) => token)).size).toBe(100);
		const { pathname } = new URL(maxusUrl('fir'));
		expect(paths(execution)).toEqual(
			Array.from({ length: 100 }, (_, index) => `${pathname}/${index + 1}`),
		);
	});

	test('ServiceComb: a wrong password is one login, not one for each of 50 items', async () => {
		const data = { ...sandbox.credentials.serviceCombApi, password };
		const wrong = await client.saveCredential('serviceCombApi', `Wrong, ${name}`, data);
		const call = way('serviceCombApi', wrong, `${data.baseUrl}/v4/self-perms`);
		const execution = await run([items(50), { ...call, onError: 'continueRegularOutput' }]);
		const said = outputOf(execution, 'Call').map(({ json }) => JSON.stringify(json['error']));
		expect(said).toHaveLength(50);
		expect(said.filter((message) => /User name or password is wrong/.test(message))).toEqual(said);
		expect(ofKind('token')).toHaveLength(1);
		expect(ofKind('business')).toEqual([]);
	});

	test.each(['status/500', 'status/401', 'cut'])('%s fails the execution', async (path) => {
		const execution = await run([items(1), way('maxusApi', maxus, maxusUrl(path))]);
		expect(execution.status).toBe('error');
		expect(ofKind('business').length).toBeGreaterThan(0);
	});
});

test('stopping an execution stops its calls', async () => {
	const url = `${sandbox.credentials.maxusApi.baseUrl}/slow/1000`;
	const id = await start([items(300), authenticatedRequest('maxusApi', maxus, url)]);
	while (ofKind('business').length === 0) await wait(20);
	await client.stopExecution(id);
	const { status } = await client.waitForExecution(id);
	expect(status).toBe('canceled');
	const soon = sandbox.requests.length;
	await wait(2000);
	expect(sandbox.requests.length - soon).toBeLessThanOrEqual(20);
});

test('no secret and no token is in the database, in Redis or in a log', async () => {
	// What a token node puts out n8n stores by design: it shows that a token would be found.
	const maxusToken = { name: 'Token', type: `${PACKAGE}.maxusToken` };
	const shown = await run([{ ...maxusToken, credentials: { maxusApi: maxus } }]);
	const token = String(outputOf(shown, 'Token')[0]?.json['token']);
	const { postgres, redis } = queue.dump();
	expect(postgres.includes(token)).toBe(true);
	expect(tokens.size).toBeGreaterThan(200);

	const { maxusApi, serviceCombApi } = sandbox.credentials;
	const secrets = [maxusApi.serviceSecret, serviceCombApi.password, ...WRONG_PASSWORDS];
	const places = { postgres, redis, main: queue.log('main'), worker: queue.log('worker') };
	for (const [place, text] of Object.entries(places)) {
		const words = new Set(text.match(/[\w-]{20,}/g));
		const found = [
			...secrets.filter((secret) => text.includes(secret)),
			// Its payload stands between two points: a search for each of them would take a minute.
			...[...tokens].filter((one) => words.has(one.split('.')[1] ?? '')),
		];
		expect({ place, found }).toEqual({ place, found: [] });
	}
});
