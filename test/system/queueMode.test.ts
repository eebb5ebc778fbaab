import { chain, items, type NodeGiven } from '../../host/chain';
import { Client, outputOf, type CredentialReference, type Execution } from '../../host/client';
import { CREDENTIAL_TYPES, type CredentialType } from '../../host/examples';
import {
	startSandbox,
	type RecordedRequest,
	type Sandbox,
	type SandboxCredentials,
} from '../../sandbox';
import { secretsIn } from '../support/published';
import { PACKAGE, authenticatedRequest, httpRequest } from './calls';
import { startQueue, type Queue } from './queue';
import { spellings } from './spellings';

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
});

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

async function start(nodes: NodeGiven[], name = 'Queue mode'): Promise<string> {
	return await client.startWorkflow(await client.saveWorkflow(chain(name, nodes)));
}

async function run(nodes: NodeGiven[], name?: string): Promise<Execution> {
	return await client.waitForExecution(await start(nodes, name));
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

	test.each(CREDENTIAL_TYPES)('$vendor: what is refused fails the execution', async ({ type }) => {
		const data: SandboxCredentials[CredentialType] = sandbox.credentials[type];
		const [secret = ''] = Object.keys(secretsIn(type, data));
		const wrongData = { ...data, [secret]: `fake-wrong-${type}-for-tests` };
		const wrong = await client.saveCredential(type, `Wrong ${type}, ${name}`, wrongData);
		const right = await client.saveCredential(type, `${type}, ${name}`, data);
		const runOf = async (credential: CredentialReference, path: string) => {
			const call = way(type, credential, `${data.baseUrl}/${path}`);
			// Agent Auth takes no other.
			const parameters = { ...call.parameters, method: 'POST' };
			return await run([items(1), { ...call, parameters }], `${type}, ${name}, ${path}`);
		};
		const refused = await runOf(wrong, 'echo');
		const executions = await Promise.all(
			['status/500', 'status/401', 'cut'].map(async (path) => await runOf(right, path)),
		);
		expect([refused, ...executions].map(({ status }) => status)).toEqual(Array(4).fill('error'));
		expect(ofKind('business').length).toBeGreaterThanOrEqual(3);

		// A service that says the secret back.
		const faults = sandbox.faultsOf(type);
		const said = { message: Object.entries(data).join(' ') };
		faults.tokenFailures = [{ status: 400, body: JSON.stringify(said), times: Infinity }];
		const cold = { ...data, allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' };
		const echoed = await client.saveCredential(type, `Cold ${type}, ${name}`, cold);
		await runOf(echoed, 'echo');
	});
});

test('stopping an execution stops its calls', async () => {
	const url = `${sandbox.credentials.maxusApi.baseUrl}/slow/1000`;
	const call = authenticatedRequest('maxusApi', maxus, url);
	const slowly = { ...call, parameters: { ...call.parameters, options: { concurrency: 10 } } };
	const id = await start([items(300), slowly]);
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
	const type = 'serviceCombApi';
	const account = await client.saveCredential(type, 'Shown', sandbox.credentials[type]);
	const node = { name: 'Token', type: `${PACKAGE}.serviceCombToken` };
	const shown = await run([{ ...node, credentials: { [type]: account } }]);
	const token = String(outputOf(shown, 'Token')[0]?.json['token']);
	const { postgres, redis } = queue.dump();
	expect(postgres.includes(token)).toBe(true);
	expect(tokens.size).toBeGreaterThan(200);

	const secrets = CREDENTIAL_TYPES.flatMap(({ type }) => [
		...Object.values(secretsIn(type, sandbox.credentials[type])),
		`fake-wrong-${type}-for-tests`,
	]);
	const spelled = [...secrets, ...WRONG_PASSWORDS].flatMap(spellings);
	const places = { postgres, redis, main: queue.log('main'), worker: queue.log('worker') };
	for (const [place, text] of Object.entries(places)) {
		const words = new Set(text.match(/[\w-]{20,}/g));
		const found = [
			...spelled.filter((one) => text.includes(one)),
			// Its payload stands between two points: a search for each of them would take a minute.
			...[...tokens].filter((one) => words.has(one.split('.')[1] ?? '')),
			...[...tokens]
				.slice(-50)
				.flatMap((one) => spellings(one.split('.').at(-1) ?? ''))
				.filter((one) => text.includes(one)),
		];
		expect({ place, found }).toEqual({ place, found: [] });
	}
});
