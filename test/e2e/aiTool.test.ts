import type { Client, CredentialReference, Execution, WorkflowNode } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect, n8nLog } from './n8n';
import { startPlayedModel, type PlayedModel } from './support/playedModel';

const TOOL = 'n8n-nodes-token-providers.authenticatedRequestTool';
const HTTP_REQUEST_TOOL = 'n8n-nodes-base.httpRequestTool';

/** What the editor puts into a field that the model is to fill in. */
const FROM_MODEL =
	"={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('URL', 'The address to call', 'string') }}";

let client: Client;
let sandbox: Sandbox;
let model: PlayedModel;
let maxus: CredentialReference;
let openAi: CredentialReference;

beforeAll(async () => {
	[client, sandbox, model] = await Promise.all([connect(), startSandbox(), startPlayedModel()]);
	maxus = await client.saveCredential('maxusApi', 'Maxus', sandbox.credentials.maxusApi);
	openAi = await client.saveCredential('openAiApi', 'The played model', {
		apiKey: 'fake-key-of-the-played-model',
		url: model.url,
	});
});

beforeEach(() => {
	sandbox.reset();
	model.requests.length = 0;
});

afterAll(() => Promise.all([sandbox.close(), model.close()]));

type Tool = Pick<WorkflowNode, 'name' | 'type'> & { parameters: Record<string, unknown> };

const authenticatedRequest = (name: string, parameters: object): Tool => ({
	name,
	type: TOOL,
	parameters: {
		toolDescription: 'Calls Maxus',
		provider: 'maxusApi',
		method: 'GET',
		...parameters,
	},
});

const httpRequest = (name: string, parameters: object): Tool => ({
	name,
	type: HTTP_REQUEST_TOOL,
	parameters: {
		toolDescription: 'Calls Maxus',
		method: 'GET',
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'maxusApi',
		...parameters,
	},
});

/** Asks an AI Agent that has these tools, and whose model uses each of them once. */
async function ask(
	tools: Tool[],
	argumentsOf: Record<string, unknown> = {},
	agentVersion = 3.1,
): Promise<Execution> {
	model.toolUses = tools.map(({ name }) => ({ name, arguments: argumentsOf }));
	const main = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: agentVersion,
			parameters: { promptType: 'define', text: 'Is FIR-1 closed?', options: {} },
		},
		{
			name: 'Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'played' }, options: {} },
			credentials: { openAiApi: openAi },
		},
	];
	const given = tools.map((tool) => ({
		...tool,
		typeVersion: tool.type === TOOL ? 1 : 4.5,
		credentials: { maxusApi: maxus },
	}));
	const nodes = [...main, ...given].map((node, index) => ({
		...node,
		id: String(index),
		position: [index * 200, 0] as [number, number],
	}));
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	const connections = Object.fromEntries([
		['Start', to('Agent', 'main')],
		['Model', to('Agent', 'ai_languageModel')],
		...tools.map(({ name }) => [name, to('Agent', 'ai_tool')]),
	]);
	const workflow = { name: 'AI Agent', nodes, connections, settings: { executionOrder: 'v1' } };
	return await client.runWorkflow(await client.saveWorkflow(workflow));
}

const tokens = () =>
	sandbox.requests.filter(({ kind }) => kind === 'token').map(({ token }) => token);

test('a model calls the vendor through the node, and never sees a token', async () => {
	const execution = await ask([authenticatedRequest('Maxus_Call', { url: FROM_MODEL })], {
		URL: 'fir/status?firNo=FIR-1',
	});
	expect(execution.data.resultData.error).toBeUndefined();
	expect(execution.status).toBe('success');
	expect(model.requests[0]?.tools).toMatchObject([
		{
			function: {
				name: 'Maxus_Call',
				description: 'Calls Maxus',
				parameters: { properties: { URL: { type: 'string' } } },
			},
		},
	]);
	const call = sandbox.requests.find(({ kind }) => kind === 'business');
	expect(call).toMatchObject({ status: 200, query: 'firNo=FIR-1', token: tokens()[0] });
	expect(model.toldByTools()[0]).toContain('"firNo":"FIR-1"');
	const said = JSON.stringify([model.requests, execution.stored, n8nLog()]);
	expect(said).not.toContain(sandbox.credentials.maxusApi.serviceSecret);
	expect(tokens()).toHaveLength(1);
	expect(said).not.toContain(tokens()[0]);
});

test.each([
	['', 'Maxus tokens must not go to'],
	['@', 'The URL of the call must not hold a user name or password'],
	['.example.com@', 'The URL of the call must not hold a user name or password'],
])('a model that wants a token sent elsewhere ("…%s") is told why not', async (trick, why) => {
	const { host } = new URL(sandbox.strangerUrl);
	const home = new URL(sandbox.url).host;
	const URL_ =
		trick === '' ? `${sandbox.strangerUrl}/steal` : `http://${home}${trick}${host}/steal`;
	await ask([authenticatedRequest('Maxus_Call', { url: FROM_MODEL })], { URL: URL_ });
	expect(sandbox.requests).toEqual([]);
	expect(model.toldByTools()[0]).toContain(why);
});

test('n8n offers Authenticated Request as a tool, and no node that would hand a model a token', async () => {
	const ours = (await client.nodeNames()).filter((name) =>
		name.startsWith('n8n-nodes-token-providers.'),
	);
	expect(ours).toContain('n8n-nodes-token-providers.token');
	expect([...new Set(ours.filter((name) => name.endsWith('Tool')))]).toEqual([TOOL]);
});

test('a model is told what a refusal says, with its fields, and no token', async () => {
	const body = JSON.stringify({
		message: 'Validation stopped',
		errors: [{ field: 'vin', message: 'too short' }],
	});
	sandbox.faults.maxus.businessFailures = [{ status: 422, body, times: Infinity }];
	await ask([authenticatedRequest('Maxus_Call', { url: FROM_MODEL })], { URL: 'fir/status' });
	const [told] = model.toldByTools();
	expect(told).toContain('Validation stopped');
	expect(told).toMatch(/\W+field\W+vin\W+message\W+too short/);
	expect(told).not.toContain(tokens()[0]);
});

test.each([1.9, 2.2, 3.1])('an agent of version %s tells the model why not', async (version) => {
	sandbox.faults.maxus.businessFailures = [
		{ status: 422, body: JSON.stringify({ message: 'Validation stopped' }), times: Infinity },
	];
	const tool = authenticatedRequest('Maxus_Call', { url: FROM_MODEL });
	await ask([tool], { URL: 'fir/status' }, version);
	expect(model.toldByTools()[0]).toContain('Validation stopped');
});

describe('a response trimmed for the model', () => {
	const records = [
		{ id: 1, owner: { name: 'Ann', phone: 'secret' }, notes: 'long '.repeat(200) },
		{ id: 2, owner: { name: 'Bo', phone: 'secret' }, notes: 'long '.repeat(200) },
	];
	const page = `<html><head><title>t</title><style>p{}</style></head><body><script>x()</script>
		<h1>Status</h1><p>FIR-1 is <b>closed</b>. ${'More words. '.repeat(100)}</p></body></html>`;

	/** The same answer to a tool of each kind: what each of them tells the model. */
	async function toldByBoth(optimize: object, contentType: string, body: string) {
		sandbox.faults.maxus.businessFailures = [{ status: 200, contentType, body, times: Infinity }];
		const url = `${sandbox.credentials.maxusApi.baseUrl}/fir`;
		const parameters = { url, optimizeResponse: true, ...optimize };
		const tools = [httpRequest('Theirs', parameters), authenticatedRequest('Ours', parameters)];
		const { status } = await ask(tools);
		expect(status).toBe('success');
		return model.toldByTools();
	}

	const json = { responseType: 'json', dataField: 'records' };

	test.each([
		['one field of the response', json],
		['chosen fields', { ...json, fieldsToInclude: 'selected', fields: 'id, owner.name' }],
		['all but some fields', { ...json, fieldsToInclude: 'except', fields: 'notes,owner.phone' }],
	])('%s: as HTTP Request does it', async (_, optimize) => {
		const body = JSON.stringify({ records, total: 2 });
		const [theirs, ours] = await toldByBoth(optimize, 'application/json', body);
		expect(ours).toEqual(theirs);
		expect(ours).toContain('Ann');
		expect(ours).not.toContain('total');
		if ('fields' in optimize) expect(ours).not.toContain('long');
	});

	test.each([
		['elements of a page', { cssSelector: 'b, title' }, ['t', 'closed']],
		[
			'the text of elements',
			{ cssSelector: 'h1, p', onlyContent: true, elementsToOmit: 'i' },
			['Status: é', 'FIR-1 is closed. & more'],
		],
		['nothing, where no element is meant', { cssSelector: '#none' }, []],
	])('%s: as HTTP Request does it', async (_, optimize, expected) => {
		const short = `<html><head><title>t</title></head><body><h1>Status: &eacute;</h1>
			<p>FIR-1 is <b>closed</b>. <i>x</i>&amp; more</p></body></html>`;
		const [theirs, ours] = await toldByBoth(
			{ responseType: 'html', ...optimize },
			'text/html',
			short,
		);
		expect(ours).toEqual(theirs);
		for (const text of expected) expect(ours).toContain(text);
	});

	test('the text of a page, cut to a length', async () => {
		const optimize = { responseType: 'text', truncateResponse: true, maxLength: 100 };
		const told = await toldByBoth(optimize, 'text/html', page);
		for (const one of told) {
			expect(one.length).toBeLessThan(160);
			expect(one).toContain('FIR-1 is closed.');
			expect(one).not.toMatch(/<|x\(\)/);
		}
	});
});
