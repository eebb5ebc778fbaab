import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chain } from '../../host/chain';
import {
	outputOf,
	type Client,
	type CredentialReference,
	type Execution,
	type Workflow,
} from '../../host/client';
import type { N8n } from '../../host/n8n';
import { packVendorPackage } from '../../host/packages/pack';
import { vendorPackages } from '../../host/packages/list';
import { startSandbox, type Sandbox } from '../../sandbox';
import { startPlayedModel } from '../e2e/support/playedModel';
import { startWith } from './host';

// A real n8n for each package.
jest.setTimeout(240_000);

interface Alone {
	/** The names that n8n knows. */
	node: string;
	credential: string;
	/** The sandbox's credential data for it. */
	data: (sandbox: Sandbox) => Record<string, unknown>;
	/** A call for n8n's own HTTP Request node, below the base URL. */
	call: { method: string; path: string };
	/** What an AI agent asks of the node. */
	asked: { resource: string; operation: string };
	/** What n8n tells it of that operation. */
	offered: string;
	/** What it is told by the vendor. */
	told: string;
}

const PACKAGES: Record<string, Alone> = {
	servicecomb: {
		node: 'n8n-nodes-servicecomb.serviceComb',
		credential: 'serviceCombAccountApi',
		data: ({ credentials }) => credentials.serviceCombApi,
		call: { method: 'GET', path: '/v4/default/registry/microservices' },
		asked: { resource: 'microservice', operation: 'getAll' },
		offered:
			'ServiceComb: Retrieve a list of microservices. A microservice is registered by its name and version, and has a service ID.',
		told: 'SERVICECENTER',
	},
	maxus: {
		node: 'n8n-nodes-maxus.maxus',
		credential: 'maxusAccountApi',
		data: ({ credentials }) => credentials.maxusApi,
		call: { method: 'GET', path: '/fir/option/all/query' },
		asked: { resource: 'dictionary', operation: 'getOptions' },
		offered:
			'Maxus: Retrieve a list of the options that reports are filled in with. A dictionary holds the codes that the fields of reports take.',
		told: 'AC failure',
	},
	yesapi: {
		node: 'n8n-nodes-yesapi.yesApi',
		credential: 'yesApiAccountApi',
		data: ({ credentials }) => credentials.yesApi,
		call: { method: 'GET', path: '/echo' },
		asked: { resource: 'record', operation: 'getAll' },
		offered:
			'YesApi: Retrieve a list of records, which may be filtered and sorted. A record is a row of a table of this account, with an ID.',
		told: 'Record 1',
	},
	'agent-auth': {
		node: 'n8n-nodes-agent-auth.agentAuth',
		credential: 'agentAuthAccountApi',
		data: ({ credentials }) => credentials.agentAuthApi,
		call: { method: 'POST', path: '/v2/games' },
		asked: { resource: 'game', operation: 'getAll' },
		offered: 'Agent Auth: Retrieve a list of the available games.',
		told: 'Fake Dice',
	},
};

const chosen = process.env['E2E_PACKAGES']?.split(',');

const packages = vendorPackages().filter(({ folder }) => chosen?.includes(folder) ?? true);

describe.each(packages.map((one) => [one.folder, one] as const))('%s alone', (folder, one) => {
	const alone = PACKAGES[folder] as Alone;
	let sandbox: Sandbox;
	let n8n: N8n;
	let client: Client;
	let reference: CredentialReference;

	beforeAll(async () => {
		sandbox = await startSandbox();
		({ n8n, client } = await startWith(folder, [await packVendorPackage(one)]));
		reference = await client.saveCredential(alone.credential, 'The account', alone.data(sandbox));
	});

	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	/** The workflow with the account chosen in the nodes of the vendor. */
	const withAccount = (workflow: Workflow): Workflow => ({
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type.startsWith(alone.node) || node.parameters['nodeCredentialType'] === alone.credential
				? { ...node, credentials: { [alone.credential]: reference } }
				: node,
		),
	});

	async function run(workflow: Workflow): Promise<Execution> {
		const saved = await client.saveWorkflow(withAccount(workflow));
		const execution = await client.runWorkflow(saved);
		expect(execution.data.resultData.error).toBeUndefined();
		return execution;
	}

	test('n8n has its node, and the same as a tool', async () => {
		const names = (await client.nodeNames()).filter((name) => name.startsWith(one.manifest.name));
		expect([...new Set(names)].sort()).toEqual([alone.node, `${alone.node}Tool`]);
	});

	test('the Test of the credential says yes, and no to a wrong one', async () => {
		expect(await client.testCredential(alone.credential, reference)).toMatchObject({
			status: 'OK',
		});
		const data = alone.data(sandbox);
		const wrong = Object.fromEntries(
			Object.entries(data).map(([name, value]) => [
				name,
				/secret|password/i.test(name) ? 'fake-wrong-secret' : value,
			]),
		);
		const other = await client.saveCredential(alone.credential, 'A wrong one', wrong);
		expect((await client.testCredential(alone.credential, other)).status).toBe('Error');
	});

	const examples = readdirSync(join(one.path, 'examples'));

	test.each(examples)('the example %s runs', async (file) => {
		const text = readFileSync(join(one.path, 'examples', file), 'utf8')
			.replaceAll('"REPLACE-1"', folder === 'servicecomb' ? '"service-1"' : '"7"')
			.replaceAll('"latest"', '"1.0.0"');
		const workflow = JSON.parse(text) as Workflow;
		const execution = await run(workflow);
		const last = workflow.nodes.at(-1)?.name ?? '';
		expect(Object.keys(execution.data.resultData.runData)).toContain(last);
		const calls = sandbox.requests.filter(({ vendor }) => vendor !== 'stranger');
		expect(calls.length).toBeGreaterThan(0);
		for (const { token } of calls) if (token) expect(execution.stored).not.toContain(`"${token}x`);
	});

	test("n8n's own HTTP Request node makes a call with the credential", async () => {
		const { method, path } = alone.call;
		const parameters = {
			method,
			url: `${String(alone.data(sandbox)['baseUrl'])}${path}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: alone.credential,
			...(method === 'POST' && { sendBody: true, specifyBody: 'json', jsonBody: '{}' }),
		};
		sandbox.requests.length = 0;
		const name = 'HTTP Request';
		const node = { name, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters };
		const execution = await run(chain(`${folder}: HTTP Request`, [node]));
		expect(outputOf(execution, name).length).toBeGreaterThan(0);
		expect(sandbox.requests.at(-1)).toMatchObject({ kind: 'business', status: 200 });
		expect(sandbox.requests.at(-1)?.token).toBeTruthy();
	});

	test('API → Call makes any call', async () => {
		const { method, path } = alone.call;
		const parameters = {
			resource: 'api',
			operation: 'call',
			method,
			url: folder === 'yesapi' ? `${String(alone.data(sandbox)['baseUrl'])}${path}` : path,
			options: { response: { response: { fullResponse: true } } },
		};
		const execution = await run(
			chain(`${folder}: API`, [{ name: 'Call', type: alone.node, parameters }]),
		);
		expect(outputOf(execution, 'Call')[0]?.json).toMatchObject({ statusCode: 200 });
	});

	test('an AI agent uses it, and gets no token', async () => {
		const model = await startPlayedModel();
		try {
			const data = { apiKey: 'fake-key-of-the-played-model', url: model.url };
			const openAiApi = await client.saveCredential('openAiApi', 'The played model', data);
			const asked = { ...alone.asked, limit: 3, ...(folder === 'yesapi' && { table: 'demo' }) };
			const tools = [
				{ name: 'Ask', parameters: asked },
				{ name: 'Take_a_token', parameters: { resource: 'token', operation: 'get' } },
			];
			model.toolUses = tools.map(({ name }) => ({ name, arguments: {} }));
			const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
			const nodes = [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
				{
					name: 'Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3.1,
					parameters: { promptType: 'define', text: 'What is there?', options: {} },
				},
				{
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.2,
					parameters: { model: { __rl: true, mode: 'id', value: 'played' }, options: {} },
					credentials: { openAiApi },
				},
				...tools.map((tool) => ({ ...tool, type: `${alone.node}Tool`, typeVersion: 1 })),
			].map((node, index) => ({
				...node,
				id: String(index),
				position: [index * 200, 0] as [number, number],
			}));
			await run({
				name: `${folder}: AI agent`,
				nodes,
				connections: Object.fromEntries([
					['Start', to('Agent', 'main')],
					['Model', to('Agent', 'ai_languageModel')],
					...tools.map(({ name }) => [name, to('Agent', 'ai_tool')]),
				]),
				settings: { executionOrder: 'v1' },
			});
			const offered = model.requests[0]?.tools?.map((tool) => tool.function.description);
			expect(offered).toContain(alone.offered);
			const [answer, refused] = model.toldByTools();
			expect(answer).toContain(alone.told);
			expect(refused).toContain('This operation is not for an AI agent');
			const tokens = sandbox.requests.flatMap(({ token }) => token ?? []);
			for (const token of tokens) expect(JSON.stringify(model.requests)).not.toContain(token);
		} finally {
			await model.close();
		}
	});
});
