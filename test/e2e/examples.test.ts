import axios from 'axios';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import {
	outputOf,
	type Client,
	type CredentialReference,
	type Execution,
	type SavedWorkflow,
	type Workflow,
} from '../../host/client';
import { CREDENTIAL_TYPES, loadExample, type CredentialType } from '../../host/examples';
import { ROOT } from '../../host/step';
import {
	AGENTS,
	operatorCall,
	startSandbox,
	type RecordedRequest,
	type Sandbox,
} from '../../sandbox';
import { connect } from './n8n';
import { startPlayedModel } from './support/playedModel';

let client: Client;
let sandbox: Sandbox;
const references: Partial<Record<CredentialType, CredentialReference>> = {};

beforeAll(async () => {
	[client, sandbox] = await Promise.all([connect(), startSandbox()]);
	for (const { type, vendor } of CREDENTIAL_TYPES) {
		const data = sandbox.credentials[type];
		references[type] = await client.saveCredential(type, `${vendor} of the examples`, data);
	}
});

// Not the tokens: n8n keeps those it has.
beforeEach(() => {
	sandbox.requests.length = 0;
	sandbox.faults.serviceComb = {};
});

afterAll(() => sandbox.close());

/** An example that calls the sandbox, with a channel there, and with `more` for some of its nodes. */
function load(name: string, more: Record<string, object> = {}): Workflow {
	const example = loadExample(name, sandbox.credentials, references);
	const text = JSON.stringify(example)
		.replaceAll('https://chat.example.com', sandbox.strangerUrl)
		// The engine refuses to say anything of a service that it does not have.
		.replaceAll("serviceName: 'REPLACE-", "serviceName: 'service-");
	const workflow = JSON.parse(text) as Workflow;
	return { ...workflow, nodes: workflow.nodes.map((one) => ({ ...one, ...more[one.name] })) };
}

async function run(name: string, more?: Record<string, object>): Promise<Execution> {
	const execution = await client.runWorkflow(await client.saveWorkflow(load(name, more)));
	expect(execution.data.resultData.error).toBeUndefined();
	expect(execution.status).toBe('success');
	return execution;
}

const calls = () =>
	sandbox.requests.filter(({ kind, vendor }) => kind === 'business' && vendor !== 'stranger');
const logins = () => sandbox.requests.filter(({ kind }) => kind === 'token');
const messages = () => sandbox.requests.filter(({ vendor }) => vendor === 'stranger');
const jsonOf = (execution: Execution, node: string, output = 0) =>
	outputOf(execution, node, output).map(({ json }) => json);

/** Waits for a request that is answered, e.g. of a workflow that runs by itself. */
async function waitFor(find: () => RecordedRequest[]): Promise<RecordedRequest> {
	for (;;) {
		const [found] = find();
		if (found !== undefined && found.status !== 0) return found;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** Has an example listen while something is done. */
async function whileActive<T>(workflow: Workflow, work: () => Promise<T>): Promise<T> {
	const saved: SavedWorkflow = await client.saveWorkflow(workflow);
	await client.activate(saved);
	try {
		return await work();
	} finally {
		await client.deactivate(saved);
	}
}

const EVERY_SECOND = { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } };

const ofVendors = readdirSync(join(ROOT, 'examples'))
	.filter((name) => name.endsWith('.json') && !name.startsWith('task-'))
	.map((name) => name.replace('.json', ''));

test.each(ofVendors)('%s', async (name) => {
	await run(name);
	const isOnlyToken = name === 'agent-auth-token';
	const count = name.endsWith('-token') ? 1 : 3;
	expect(calls().map(({ status }) => status)).toEqual(Array(isOnlyToken ? 0 : count).fill(200));
	if (name.startsWith('maxus')) expect(new Set(calls().map(({ token }) => token)).size).toBe(count);
});

test('a fresh token for every row, and each answer beside its row', async () => {
	const execution = await run('task-fresh-token-for-each-row');
	expect(logins()).toHaveLength(3);
	expect(new Set(calls().map(({ token }) => token)).size).toBe(3);
	expect(jsonOf(execution, 'Response Beside Its Row')).toMatchObject([
		{ id: 'REPLACE-1', dealer: 'Example One', firNo: 'FIR-REPLACE-1', state: 'submitted' },
		{ id: 'REPLACE-2', dealer: 'Example Two', firNo: 'FIR-REPLACE-2' },
		{ id: 'REPLACE-3', dealer: 'Example Three', firNo: 'FIR-REPLACE-3' },
	]);
});

test('a sub-workflow calls with the token that is handed to it', async () => {
	const execution = await run('task-token-for-a-sub-workflow');
	expect(logins()).toHaveLength(1);
	expect(calls()).toMatchObject([{ status: 200, token: logins()[0]?.token }]);
	expect(jsonOf(execution, 'Run the Sub-Workflow')).toEqual([
		{ services: expect.any(Array) as unknown },
	]);
});

test('many tenants: one credential, a token for each, and the refused one goes its own way', async () => {
	const { serviceCombApi, serviceCombApiReader } = sandbox.credentials;
	const data = {
		...serviceCombApi,
		baseUrl: '={{ $json.baseUrl }}',
		name: '={{ $json.account }}',
		password: '={{ $json.password }}',
	};
	const credential = await client.saveCredential('serviceCombApi', 'Of each tenant', data);
	const tenant = (name: string, account: { name: string; password: string }) => ({
		tenant: name,
		baseUrl: serviceCombApi.baseUrl,
		account: account.name,
		password: account.password,
	});
	const tenants = [
		tenant('north', serviceCombApi),
		tenant('south', serviceCombApiReader),
		tenant('west', { name: 'nobody', password: 'fake-wrong-password' }),
	];
	const execution = await run('task-many-tenants', {
		Tenants: {
			parameters: { jsCode: `return ${JSON.stringify(tenants)}.map((json) => ({ json }));` },
		},
		'Authenticated Request': { credentials: { serviceCombApi: credential } },
	});
	expect(jsonOf(execution, 'Services of the Tenant')).toEqual([
		{ tenant: 'north', services: expect.any(Number) as unknown },
		{ tenant: 'south', services: expect.any(Number) as unknown },
	]);
	expect(jsonOf(execution, 'Tenants That Were Refused')).toEqual([
		{ tenant: 'west', reason: expect.stringContaining('ServiceComb') as unknown },
	]);
});

test('an export has the entries of all pages in one file', async () => {
	const execution = await run('task-export-to-file');
	expect(calls().map(({ query }) => query)).toEqual(['page=1', 'page=2', 'page=3']);
	expect(jsonOf(execution, 'Entries')).toEqual([1, 2, 3, 4, 5].map((id) => ({ id })));
	const [file] = outputOf(execution, 'File');
	expect(file).toMatchObject({
		binary: { data: { fileName: 'export.csv', mimeType: 'text/csv' } },
	});
});

test('YesApi behind webhooks: a session becomes a JWT, which is then recognised', async () => {
	const { uuid, sessionToken } = sandbox.credentials.yesApiSession;
	const web = axios.create({
		baseURL: `${client.url}/webhook`,
		proxy: false,
		validateStatus: () => true,
	});
	await whileActive(load('task-yes-api-login-behind-a-webhook'), async () => {
		const logIn = async () => await web.post('/yes-api-login', { uuid, token: sessionToken });
		let loggedIn = await logIn();
		// n8n says that it is active before it listens.
		while (loggedIn.status === 404) loggedIn = await logIn();
		expect(loggedIn).toMatchObject({ status: 200, data: { jwt: expect.any(String) as unknown } });
		const { jwt, expiresAt } = loggedIn.data as { jwt: string; expiresAt: string };
		expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
		const profile = async (Authorization: string) =>
			await web.get('/yes-api-profile', { headers: { Authorization } });
		expect(await profile(`Bearer ${jwt}`)).toMatchObject({ status: 200, data: { uid: uuid } });
		expect((await profile('Bearer fake.wrong.token')).status).toBe(401);
		expect((await web.get('/yes-api-profile')).status).toBe(401);
		const wrong = { uuid, token: sessionToken.replace(/./g, '0') };
		expect((await web.post('/yes-api-login', wrong)).status).toBe(401);
		expect((await web.post('/yes-api-login', {})).status).toBe(401);
	});
});

test('Agent Auth behind a webhook: a balance request of the vendor is answered, once', async () => {
	const call = async (json: object, change: object = {}) => {
		const { headers, body } = operatorCall(AGENTS.delimited, json, change);
		return async () =>
			await axios.post(`${client.url}/webhook/agent-auth-wallet`, body, {
				headers,
				proxy: false,
				validateStatus: () => true,
			});
	};
	await whileActive(load('task-agent-auth-answers-a-balance-request'), async () => {
		const ask = await call({ action: 'balance', username: 'REPLACE-1' });
		let answer = await ask();
		// n8n says that it is active before it listens.
		while (answer.status === 404) answer = await ask();
		expect(answer).toMatchObject({ status: 200, data: { status: '0000', balance: 100.5 } });
		expect(await ask()).toMatchObject({ status: 401, data: { balance: 0 } });
		const others: Array<[object, object, number, string]> = [
			[{ action: 'balance', username: 'nobody' }, {}, 200, 'Unknown member'],
			[{ action: 'rollback' }, {}, 200, 'This action is not offered'],
			[{ action: 'balance' }, { at: 0 }, 401, 'The request is not accepted'],
			[{ action: 'balance' }, { isSigned: false }, 401, 'The request is not accepted'],
		];
		for (const [json, change, status, errText] of others) {
			expect(await (await call(json, change))()).toMatchObject({ status, data: { errText } });
		}
	});
});

test('an AI agent reads from the vendor through the tool', async () => {
	const model = await startPlayedModel();
	const data = { apiKey: 'fake-key-of-the-played-model', url: model.url };
	const openAiApi = await client.saveCredential('openAiApi', 'The played model', data);
	model.toolUses = [{ name: 'Read_a_FIR', arguments: { id: 'REPLACE-1' } }];
	await run('task-ai-agent', { 'OpenAI Chat Model': loadModel(openAiApi) }).finally(model.close);
	expect(calls()).toMatchObject([{ status: 200, query: 'id=REPLACE-1' }]);
	const [told] = model.toldByTools();
	expect(told).toContain('FIR-REPLACE-1');
	expect(told).not.toContain('errMsg');
	for (const { token } of logins()) expect(JSON.stringify(model.requests)).not.toContain(token);
});

const loadModel = (openAiApi: CredentialReference) => ({
	credentials: { openAiApi },
	parameters: { model: { __rl: true, mode: 'id', value: 'played' }, options: {} },
});

test('an alert when a service center is locked, and none when it is only down', async () => {
	const more = { 'Every 10 Minutes': { parameters: EVERY_SECOND } };
	const workflow = load('task-alert-when-service-center-is-locked', more);
	sandbox.faults.serviceComb.tokenFailures = [
		{ status: 500, body: 'down' },
		{ refusal: { code: 403201 }, times: Infinity },
	];
	const message = await whileActive(workflow, () => waitFor(messages));
	expect(messages()).toHaveLength(1);
	expect(message).toMatchObject({ method: 'POST', path: '/hooks/REPLACE' });
	expect((JSON.parse(message.body) as { text: string }).text).toMatch(
		/has blocked this account.* Check who else uses the account/,
	);
	expect(logins().map(({ status }) => status)).toEqual([500, 403]);
});

test('a scheduled job tells the channel what went wrong', async () => {
	sandbox.faults.serviceComb.businessFailures = [{ status: 500, body: 'down', times: Infinity }];
	// Another account: the one of the other examples is taken for blocked by now.
	const { serviceCombApiReader } = sandbox.credentials;
	const serviceCombApi = await client.saveCredential(
		'serviceCombApi',
		'Reader',
		serviceCombApiReader,
	);
	const workflow = load('task-scheduled-job-with-error-workflow', {
		'Every Hour': { parameters: EVERY_SECOND },
		'Authenticated Request': { credentials: { serviceCombApi } },
	});
	const message = await whileActive(workflow, () =>
		waitFor(() => messages().filter(({ body }) => body.includes('A scheduled job'))),
	);
	expect(message).toMatchObject({ method: 'POST', path: '/hooks/REPLACE' });
	const { text } = JSON.parse(message.body) as { text: string };
	expect(text).toMatch(
		/^"A scheduled job that reports failures" stopped at "Authenticated Request": ./,
	);
	// What to do, which n8n keeps beside the message.
	expect(text).toContain('The service has a fault of its own');
	for (const { token } of logins()) expect(text).not.toContain(token);
});

test('a report of the last day has the logins, refusals and waits of each node', async () => {
	const { serviceCombApi } = sandbox.credentials;
	const wrong = await client.saveCredential('serviceCombApi', 'Of the report', {
		...serviceCombApi,
		name: 'nobody-of-the-report',
		password: 'fake-wrong-password',
	});
	const counted = { ...load('maxus-authenticated-request'), name: 'Counted by the report' };
	const refused = {
		...load('service-comb-authenticated-request', {
			'Authenticated Request': { credentials: { serviceCombApi: wrong } },
		}),
		name: 'Refused in the report',
	};
	for (const workflow of [counted, refused]) {
		await client.runWorkflow(await client.saveWorkflow(workflow));
	}
	sandbox.requests.length = 0;
	const n8nApi = await client.saveCredential('n8nApi', 'This n8n', {
		apiKey: await client.createApiKey(['execution:list', 'execution:read']),
		baseUrl: `${client.url}/api/v1`,
	});
	const execution = await run('task-report-of-logins-and-waits', {
		Executions: {
			credentials: { n8nApi },
			parameters: {
				resource: 'execution',
				operation: 'getAll',
				limit: 10,
				options: { activeWorkflows: true },
			},
		},
	});
	const sums = jsonOf(execution, 'Sums for Each Node');
	expect(sums.find(({ workflow }) => workflow === 'Counted by the report')).toMatchObject({
		node: 'Authenticated Request',
		sum_calls: 3,
		sum_logins: 3,
		sum_refusals: 0,
		sum_waitSeconds: 0,
	});
	expect(sums.find(({ workflow }) => workflow === 'Refused in the report')).toMatchObject({
		sum_calls: 0,
		sum_logins: 1,
		sum_refusals: 1,
	});
	const [message] = messages();
	const { text } = JSON.parse(message?.body ?? '') as { text: string };
	expect(text).toContain(
		'"Refused in the report", Authenticated Request: 0 calls, 1 logins, 1 refused logins, 0 s of waiting',
	);
});
