import { chain } from '../../host/chain';
import { outputOf, type Client } from '../../host/client';
import type { N8n } from '../../host/n8n';
import { packPackage } from '../../host/pack';
import { vendorPackages } from '../../host/packages/list';
import { packVendorPackage } from '../../host/packages/pack';
import { startSandbox, type Sandbox } from '../../sandbox';
import { startWith } from './host';

jest.setTimeout(300_000);

let sandbox: Sandbox;
let n8n: N8n;
let client: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	const packed = [await packPackage()];
	for (const one of vendorPackages()) packed.push(await packVendorPackage(one));
	({ n8n, client } = await startWith('side-by-side', packed));
});

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

test('n8n has the nodes of all five', async () => {
	const names = new Set(await client.nodeNames());
	const nodes = [
		'n8n-nodes-token-providers.authenticatedRequest',
		'n8n-nodes-token-providers.agentAuth',
		'n8n-nodes-agent-auth.agentAuth',
		'n8n-nodes-maxus.maxus',
		'n8n-nodes-servicecomb.serviceComb',
		'n8n-nodes-yesapi.yesApi',
	];
	expect(nodes.filter((name) => !names.has(name))).toEqual([]);
});

test('each works with its own credential, and keeps tokens of its own', async () => {
	const data = sandbox.credentials.serviceCombApi;
	const whole = await client.saveCredential('serviceCombApi', 'Of the whole', data);
	const own = await client.saveCredential('serviceCombAccountApi', 'Of the vendor', data);
	for (const [type, reference] of [
		['serviceCombApi', whole],
		['serviceCombAccountApi', own],
	] as const) {
		expect(await client.testCredential(type, reference)).toMatchObject({ status: 'OK' });
		// Two logins within one second give the same token.
		await new Promise((resolve) => setTimeout(resolve, 1100));
	}
	sandbox.requests.length = 0;
	const url = '/v4/default/registry/microservices';
	const workflow = chain('Side by side', [
		{
			name: 'Of the Whole',
			type: 'n8n-nodes-token-providers.authenticatedRequest',
			typeVersion: 1.1,
			parameters: { provider: 'serviceCombApi', tokenUse: 'reuse', method: 'GET', url },
			credentials: { serviceCombApi: whole },
		},
		{
			name: 'Of the Vendor',
			type: 'n8n-nodes-servicecomb.serviceComb',
			parameters: { resource: 'microservice', operation: 'getAll', returnAll: true },
			credentials: { serviceCombAccountApi: own },
		},
	]);
	const execution = await client.runWorkflow(await client.saveWorkflow(workflow));
	expect(execution.data.resultData.error).toBeUndefined();
	expect(outputOf(execution, 'Of the Vendor')).toHaveLength(101);
	const logins = sandbox.requests.filter(({ kind }) => kind === 'token');
	// The tests of both credentials have left a token each, so that no further login is needed.
	expect(logins.length).toBeLessThanOrEqual(2);
	const tokens = sandbox.requests
		.filter(({ kind }) => kind === 'business')
		.map(({ token }) => token);
	expect(new Set(tokens).size).toBe(2);
});
