import { readFileSync } from 'node:fs';
import { chain, items, type NodeGiven } from '../../host/chain';
import { Client, type CredentialReference, type SavedWorkflow } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { authenticatedRequest } from './calls';
import { startQueue, type Queue } from './queue';

/** How soon n8n takes a worker for gone; the defaults are 60 s and 30 s. */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '1000',
	// By default n8n ends itself when Redis has been away for 10 s.
	QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '60000',
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let queue: Queue;
let client: Client;
let sandbox: Sandbox;
let maxus: CredentialReference;

beforeAll(async () => {
	[queue, sandbox] = await Promise.all([startQueue(SOON), startSandbox()]);
	client = new Client(queue.url);
	await client.logIn();
	maxus = await client.saveCredential('maxusApi', 'Maxus', sandbox.credentials.maxusApi);
});

beforeEach(() => sandbox.reset());

afterAll(async () => {
	await sandbox?.close();
	await queue?.stop();
});

const maxusUrl = (path: string) => `${sandbox.credentials.maxusApi.baseUrl}/${path}`;
const calls = () => sandbox.requests.filter(({ kind }) => kind === 'business');

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await isSo())) await wait(50);
}

async function start(nodes: NodeGiven[], name = 'Queue with faults'): Promise<string> {
	return await client.startWorkflow(await client.saveWorkflow(chain(name, nodes)));
}

const fiveCalls = () => [items(5), authenticatedRequest('maxusApi', maxus, maxusUrl('echo'))];

/** A workflow that its trigger starts, once it is active. */
function triggered(name: string, trigger: Partial<NodeGiven>, nodes: NodeGiven[]) {
	const workflow = chain(name, nodes);
	Object.assign(workflow.nodes[0] ?? {}, trigger);
	return workflow;
}

const everySecond = {
	type: 'n8n-nodes-base.scheduleTrigger',
	typeVersion: 1.2,
	parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
};

async function succeeds(id: string): Promise<void> {
	const { status, data } = await client.waitForExecution(id);
	expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
}

test('a worker that is killed in the middle ends its execution, repeats no call and holds nothing up', async () => {
	const url = maxusUrl('slow/3000');
	const id = await start([items(20), authenticatedRequest('maxusApi', maxus, url)]);
	await until(() => calls().length === 20);
	await queue.workers.shift()?.kill();
	await queue.startWorker();
	const { status } = await client.waitForExecution(id);
	expect(['crashed', 'error']).toContain(status);
	expect(calls()).toHaveLength(20);

	await succeeds(await start(fiveCalls()));
	expect(calls()).toHaveLength(25);
});

test('an execution goes on while Redis is away for 10 s, and the next one runs', async () => {
	// 12 s of calls, one after the other.
	const call = authenticatedRequest('maxusApi', maxus, maxusUrl('slow/1000'));
	const slowly = { ...call, parameters: { ...call.parameters, options: { concurrency: 1 } } };
	const id = await start([items(12), slowly]);
	await until(() => calls().length > 0);
	await queue.loseRedisFor(10_000);
	const { status } = await client.waitForExecution(id);
	expect(status).toBe('success');
	expect(calls()).toHaveLength(12);

	await succeeds(await start(fiveCalls()));
	expect(calls()).toHaveLength(17);
});

test('a schedule goes on after the main process was killed, each run with a token of its own', async () => {
	const saved: SavedWorkflow = await client.saveWorkflow(
		triggered('Every second', everySecond, [
			authenticatedRequest('maxusApi', maxus, maxusUrl('echo')),
		]),
	);
	await client.activate(saved);
	await until(() => calls().length >= 8);
	await queue.restartMain();
	await client.logIn();
	const before = calls().length;
	await until(() => calls().length >= before + 8);
	await client.deactivate(saved);
	for (const id of await client.executionsOf(saved)) await succeeds(id);
	const tokens = calls().map(({ token }) => token);
	expect(new Set(tokens).size).toBe(tokens.length);
	expect(calls().every(({ status }) => status === 200)).toBe(true);
});

test('the error workflow gets a message that says what to do', async () => {
	const errorTrigger = { type: 'n8n-nodes-base.errorTrigger' };
	const note: NodeGiven = { name: 'Note', type: 'n8n-nodes-base.noOp' };
	const told = await client.saveWorkflow(triggered('Tell the operator', errorTrigger, [note]));
	await client.activate(told);
	const wrong = await client.saveCredential('maxusApi', 'Wrong', {
		...sandbox.credentials.maxusApi,
		serviceSecret: 'fake-wrong-secret',
	});
	const failing = triggered('Fails', everySecond, [
		authenticatedRequest('maxusApi', wrong, maxusUrl('echo')),
	]);
	Object.assign(failing.settings ?? {}, { errorWorkflow: told.id });
	const saved = await client.saveWorkflow(failing);
	await client.activate(saved);
	await until(async () => (await client.executionsOf(told)).length > 0);
	await client.deactivate(saved);
	const [id = ''] = await client.executionsOf(told);
	const { stored } = await client.waitForExecution(id);
	expect(stored).toContain('Maxus did not issue a token: serviceSecret is wrong');
	expect(stored).toContain('Check the Service Code, the Service Secret and the Environment');
	expect(stored).not.toContain('fake-wrong-secret');
});

test('two workers keep to one limit when the credential says that they share it', async () => {
	await queue.startWorker();
	const PER_MINUTE = 60;

	/** Has executions in both workers go to the limit, and beyond it if they could. */
	async function meetLimit(processes: number, expected: number): Promise<void> {
		sandbox.reset();
		const name = `Shared by ${processes}`;
		const data = { ...sandbox.credentials.maxusApi, processes };
		const credential = await client.saveCredential('maxusApi', name, data);
		const call = authenticatedRequest('maxusApi', credential, maxusUrl('echo'));
		const options = { requestsPerMinute: PER_MINUTE };
		const limited = { ...call, parameters: { ...call.parameters, options } };
		const workflow = await client.saveWorkflow(chain(name, [items(50), limited]));
		const ids = await Promise.all(
			Array.from({ length: 8 }, async () => await client.startWorkflow(workflow)),
		);
		await until(() => sandbox.requests.length >= expected);
		await wait(5000);
		expect(sandbox.requests).toHaveLength(expected);
		const logs = queue.workers.map(({ logFile }) => readFileSync(logFile, 'utf8'));
		const taken = logs.map((log) => ids.filter((id) => log.includes(`execution ${id} `)).length);
		expect(Math.min(...taken)).toBeGreaterThan(0);
		await Promise.all(ids.map(async (id) => await client.stopExecution(id)));
		await Promise.all(ids.map(async (id) => await client.waitForExecution(id)));
	}

	await meetLimit(1, 2 * PER_MINUTE);
	await meetLimit(2, PER_MINUTE);
});
