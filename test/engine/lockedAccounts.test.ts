import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { ServiceCombToken } from '../../nodes/ServiceCombToken/ServiceCombToken.node';
import type { Engine } from '../../providers';
import { createEngine } from '../../providers/tokens/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { engine, useRuntime } from './engine';
import { runNode } from './harness';

/** How far the time of the test is ahead. */
let passed = 0;
const now = () => Date.now() + passed;
useRuntime({ now, elapsed: () => performance.now() + passed });

const MINUTE_MS = 60_000;

let sandbox: Sandbox;

beforeEach(async () => {
	passed = 0;
	sandbox = await startSandbox({ now });
});
afterEach(async () => await sandbox.close());

const statuses = () =>
	sandbox.requests.filter(({ kind }) => kind === 'token').map(({ status }) => status);

const items = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

const getTokens = async (count = 1, password = sandbox.credentials.serviceCombApi.password) =>
	await runNode({
		node: new ServiceCombToken(engine),
		credentials: { serviceCombApi: { ...sandbox.credentials.serviceCombApi, password } },
		items: items(count),
		onError: 'continueErrorOutput',
	});

const request = async (tokenUse: string) =>
	await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: { provider: 'serviceCombApi', tokenUse, url: '/echo' },
		credentials: { serviceCombApi: { ...sandbox.credentials.serviceCombApi } },
		items: items(50),
		onError: 'continueErrorOutput',
	});

it.each([
	['the token node', async () => await getTokens(50)],
	['fresh tokens', async () => await request('fresh')],
	['a reused token', async () => await request('reuse')],
])('a password that changes after a good login costs one attempt: %s', async (_name, run) => {
	expect((await run()).items).toHaveLength(50);
	const good = statuses().length;
	sandbox.expireTokens();
	sandbox.faults.serviceCombDeletedAccounts = ['root'];
	expect((await run()).errorItems).toHaveLength(50);
	expect(statuses().slice(good)).toEqual([401]);

	// It did not block the account, and is forgiven when it is tried again.
	sandbox.faults.serviceCombDeletedAccounts = [];
	expect((await getTokens()).items).toEqual([]);
	passed += 15 * MINUTE_MS;
	expect((await run()).items).toHaveLength(50);
});

it('a schedule with a wrong password makes one attempt in 15 minutes, and never blocks the account', async () => {
	const descriptions: unknown[] = [];
	for (let minute = 0; minute < 60; minute += 1) {
		const { errorItems } = await getTokens(1, 'fake-wrong-password');
		descriptions.push(errorItems[0]?.json.error);
		passed += MINUTE_MS;
	}
	expect(statuses()).toEqual([401, 401, 401, 401]);
	expect(new Set(descriptions).size).toBe(1);
	expect((await getTokens()).items).toHaveLength(1);
});

it('two processes that say so make two attempts in 30 minutes, and never block the account', async () => {
	const runtime = { now, elapsed: () => performance.now() + passed };
	const processes = [createEngine(runtime), createEngine(runtime)];
	const data = { ...sandbox.credentials.serviceCombApi, password: 'fake-wrong', processes: 2 };
	const getIn = async (process: Engine, password = data.password) =>
		await runNode({
			node: new ServiceCombToken(process),
			credentials: { serviceCombApi: { ...data, password } },
			onError: 'continueErrorOutput',
		});
	const bystander = createEngine(runtime);
	const refused: number[] = [];
	for (let minute = 0; minute < 90; minute += 1) {
		for (const process of processes) await getIn(process);
		if (statuses().includes(401)) refused.push(minute);
		const { items: right } = await getIn(bystander, sandbox.credentials.serviceCombApi.password);
		expect(right).toHaveLength(1);
		sandbox.requests.length = 0;
		passed += MINUTE_MS;
	}
	expect(refused).toEqual([0, 30, 60]);
});

it('says after three wrong passwords that none is sent', async () => {
	for (const password of ['fake-wrong-1', 'fake-wrong-2', 'fake-wrong-3']) {
		await getTokens(1, password);
	}
	const { errorItems } = await getTokens(1, 'fake-wrong-4');
	expect(statuses()).toEqual([401, 401, 401]);
	expect((errorItems[0]?.json.details as { advice: string }).advice).toContain(
		'Wait 15 minutes before the next attempt. There were three wrong logins within 15 minutes, and more may lock the account.',
	);
});

it('says once how long to wait, and that truly', async () => {
	const run = async () =>
		(
			await runNode({
				node: new ServiceCombToken(engine),
				credentials: {
					serviceCombApi: { ...sandbox.credentials.serviceCombApi, password: 'fake-wrong' },
				},
			})
		).error?.description;
	expect(await run()).toBe(
		'Correct the Account Name and the Password of the credential before you run this again. The login was not retried, since wrong logins block the account from this address. Wait 15 minutes before the next attempt. A changed password or key is sent at once. A test that passes ends the wait as well, but not in the workers of queue mode.',
	);
	passed += 10 * MINUTE_MS;
	expect(await run()).toBe(
		'Correct the Account Name and the Password of the credential before you run this again. The login was not retried, since wrong logins block the account from this address. Wait 5 minutes before the next attempt. The same login was refused before, so it was not sent again. A changed password or key is sent at once. A test that passes ends the wait as well, but not in the workers of queue mode.',
	);
});
