import { AgentAuth } from '../../../packages/agent-auth/nodes/AgentAuth/AgentAuth.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { engine } from '../../engine/engine';
import { outputOf, runOperation, type VendorRun } from '../run';

let sandbox: Sandbox;
let run: VendorRun;

beforeEach(async () => {
	sandbox = await startSandbox();
	run = { node: new AgentAuth(engine), credential: sandbox.credentials.agentAuthApi };
});
afterEach(async () => await sandbox.close());

const calls = () => sandbox.requests.filter(({ kind }) => kind === 'business');

const decrypted = () => calls().map((call) => call.decrypted);

test('Game: a list of them, and the address that starts one', async () => {
	expect(await outputOf(run, 'game', 'getAll', { limit: 2 })).toEqual([
		{ gameCode: 'VP_230001_1', brand: 'VP', status: 1, name: { en: 'Fake Dice' } },
		{ gameCode: 'VP_230002_1', brand: 'VP', status: 1, name: { en: 'Fake Fortune' } },
	]);
	const opening = {
		gameCode: 'VP_230001_1',
		launchType: 1,
		ipAddress: '203.0.113.7',
		language: 'en',
		deviceType: 1,
	};
	expect(await outputOf(run, 'game', 'open', opening)).toEqual([
		{ gameLaunchHtml: null, gameLaunchUrl: 'https://game.invalid/VP_230001_1' },
	]);
	expect(decrypted()).toEqual([
		{},
		{ gameCode: 'VP_230001_1', launchType: 1, ipaddress: '203.0.113.7', lang: 'en', deviceType: 1 },
	]);
});

test('Player: created, asked about, given funds and kicked', async () => {
	const player = { username: 'player001' };
	expect(await outputOf(run, 'player', 'create', { ...player, siteId: 's1' })).toEqual([
		{ success: true },
	]);
	expect(await outputOf(run, 'player', 'getBalance', player)).toEqual([
		{ username: 'player001', balance: 12.5 },
	]);
	const transfer = { ...player, amount: -2.25, transactionId: 'fake-transaction-1' };
	expect(await outputOf(run, 'player', 'transfer', transfer)).toEqual([
		{ amount: -2.25, balance: 10.25 },
	]);
	expect(await outputOf(run, 'player', 'kick', player)).toEqual([{ success: true }]);
	expect(decrypted()).toEqual([
		{ username: 'player001', siteId: 's1' },
		{ username: 'player001' },
		{ username: 'player001', amount: -2.25, transId: 'fake-transaction-1' },
		{ username: 'player001' },
	]);
});

test('a transfer is not sent again when the service breaks down', async () => {
	sandbox.faults.agentAuth.businessFailures = [{ status: 503, body: 'down', times: Infinity }];
	const transfer = { username: 'player001', amount: 1, transactionId: 'fake-transaction-2' };
	const { error } = await runOperation(run, 'player', 'transfer', transfer);
	expect(error?.message).toBe('The service responded with HTTP 503 Service Unavailable');
	expect(calls()).toHaveLength(1);
});

describe('Bet Log', () => {
	const time = { startDate: '2026-01-21T09:20:00+02:00', endDate: '2026-01-21T08:00:00Z' };

	test('is read in pages of 5,000, from a time in UTC, and simplified', async () => {
		const logs = await outputOf(run, 'betLog', 'getAll', { ...time, returnAll: true });
		expect(logs).toHaveLength(5002);
		expect(logs[5001]).toEqual({
			betId: '5001',
			roundId: '5001',
			betTime: '2026-01-21T08:43:21.000Z',
			txTime: '2026-01-21T07:20:00.000Z',
			username: 'player001',
			gameCode: 'VP_230001_1',
			currency: 'THB',
			betStatus: 2,
			actualBetAmt: '0.500000',
			winAmt: '0.360000',
		});
		expect(decrypted()).toEqual(
			[0, 5000].map((offset) => ({
				startDate: '2026-01-21T07:20:00.000Z',
				endDate: '2026-01-21T08:00:00.000Z',
				offset,
			})),
		);
	});

	test('has as many as Limit says, whole where it is not simplified', async () => {
		const logs = await outputOf(run, 'betLog', 'getAll', { ...time, limit: 3, simplify: false });
		expect(logs).toHaveLength(3);
		expect(Object.keys(logs[0] ?? {})).toHaveLength(16);
		expect(calls()).toHaveLength(1);
	});

	test('is not asked for with a time that is none', async () => {
		const { error } = await runOperation(run, 'betLog', 'getAll', { ...time, endDate: '}} x' });
		expect(error?.message).toBe('"To" is not a date and time');
		expect(sandbox.requests).toEqual([]);
	});
});

test('many items log in once', async () => {
	const many = { ...run, items: Array.from({ length: 20 }, () => ({ json: {} })) };
	await outputOf(many, 'game', 'getAll');
	expect(sandbox.requests.filter(({ kind }) => kind === 'token')).toHaveLength(1);
	expect(calls()).toHaveLength(20);
});
