import { readFileSync } from 'node:fs';
import { chain } from '../../host/chain';
import { Client, type CredentialReference, type Execution } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { authenticatedRequest, httpRequest, type Way } from './calls';
import { startQueue, type Queue } from './queue';

/** Each worker takes one execution at a time, so that executions at once are in different ones. */
const ONE_BY_ONE = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' };

const WORKERS = 3;

let queue: Queue;
let client: Client;
let sandbox: Sandbox;

beforeAll(async () => {
	[queue, sandbox] = await Promise.all([startQueue(ONE_BY_ONE), startSandbox()]);
	while (queue.workers.length < WORKERS) await queue.startWorker();
	client = new Client(queue.url);
	await client.logIn();
});

beforeEach(() => sandbox.reset());

afterAll(async () => {
	await sandbox?.close();
	await queue?.stop();
});

const logins = () =>
	sandbox.requests.filter(({ kind }) => kind === 'token').map(({ status }) => status);

const saveCredential = async (name: string, data: object) =>
	await client.saveCredential('serviceCombApi', name, {
		...sandbox.credentials.serviceCombApi,
		processes: WORKERS,
		...data,
	});

/** Calls until each worker has made a call, and gives one execution of each. */
async function callInEachWorker(way: Way, credential: CredentialReference): Promise<Execution[]> {
	const url = `${sandbox.credentials.serviceCombApi.baseUrl}/echo`;
	const pause = {
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { resume: 'timeInterval', amount: 1, unit: 'seconds' },
	};
	const nodes = [pause, way('serviceCombApi', credential, url)];
	const workflow = await client.saveWorkflow(chain('Logins of workers', nodes));
	const byWorker = new Map<number, Execution>();
	while (byWorker.size < WORKERS) {
		const started = Array.from({ length: WORKERS }, async () => await client.runWorkflow(workflow));
		for (const execution of await Promise.all(started)) {
			const isIn = ({ logFile }: { logFile: string }) =>
				readFileSync(logFile, 'utf8').includes(`Worker finished execution ${execution.id} `);
			byWorker.set(queue.workers.findIndex(isIn), execution);
		}
	}
	return [...byWorker.values()];
}

describe.each([
	{ name: 'HTTP Request', way: httpRequest, account: 'root' },
	{ name: 'Authenticated Request', way: authenticatedRequest, account: 'reader' },
])('$name in three workers', ({ name, way, account }) => {
	test('a wrong password is three logins, however often it is called', async () => {
		const wrong = await saveCredential(`Wrong, ${name}`, { name: account, password: 'fake-wrong' });
		await callInEachWorker(way, wrong);
		const executions = await callInEachWorker(way, wrong);
		expect(executions.map(({ status }) => status)).toEqual(['error', 'error', 'error']);
		expect(logins()).toEqual([401, 401, 401]);
		for (const { stored } of executions) {
			expect(stored).toContain(
				'Wait 45 minutes before the next attempt. The same login was refused',
			);
		}
	});

	test('what a message says ends the wait in every worker: another password, and no test', async () => {
		const roles = ['admin'];
		const save = async (password: string) =>
			await saveCredential(`Changed, ${name}`, { name: account, password });
		const credential = await save('fake-before');
		await callInEachWorker(way, credential);
		expect(logins()).toEqual([401, 401, 401]);

		// The account is unlocked, and the password is right again.
		sandbox.reset();
		sandbox.serviceCombAccounts[account] = { password: 'fake-before', roles };
		expect(await client.testCredential('serviceCombApi', credential)).toMatchObject({
			status: 'OK',
		});
		await save('fake-before');
		for (const { stored } of await callInEachWorker(way, credential)) {
			expect(stored).toContain(
				'A changed password or key is sent at once. A test that passes ends the wait as well, but not in the workers of queue mode.',
			);
		}
		expect(logins()).toEqual([200]);

		sandbox.serviceCombAccounts[account] = { password: 'fake-after', roles };
		await save('fake-after');
		const executions = await callInEachWorker(way, credential);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
	});
});
