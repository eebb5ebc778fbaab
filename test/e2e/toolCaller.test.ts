import axios from 'axios';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import type { Client, CredentialReference, WorkflowNode } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect, n8nLog } from './n8n';
import { startPlayedModel, type PlayedModel } from './support/playedModel';

const TOOL = 'n8n-nodes-token-providers.authenticatedRequestTool';
const TYPES = ['maxusApi', 'agentAuthApi', 'serviceCombApi', 'yesApi', 'tokenApi'] as const;
type Type = (typeof TYPES)[number];

/** The header that carries a token of each. */
const HEADER: Record<Type, string> = {
	maxusApi: 'maxus_jwt',
	agentAuthApi: 'authorization',
	serviceCombApi: 'authorization',
	yesApi: 'authorization',
	tokenApi: 'authorization',
};

let client: Client;
let sandbox: Sandbox;
let model: PlayedModel;
let openAi: CredentialReference;
/** A service that says all it was sent. */
let echo: { url: string; asked: IncomingHttpHeaders[]; server: Server };

beforeAll(async () => {
	[client, sandbox, model] = await Promise.all([connect(), startSandbox(), startPlayedModel()]);
	openAi = await client.saveCredential('openAiApi', 'The model of a caller', {
		apiKey: 'fake-key-of-the-played-model',
		url: model.url,
	});
	const asked: IncomingHttpHeaders[] = [];
	const server = createServer(({ url, headers }, answer) => {
		asked.push(headers);
		const { pathname } = new URL(url ?? '', 'http://echo');
		const said = Object.values(headers).join(' ');
		if (pathname === '/busy') answer.writeHead(429, { 'Retry-After': '20' }).end();
		else if (pathname === '/expired') answer.writeHead(401).end();
		else if (pathname === '/reason') {
			answer.writeHead(422, { 'Content-Type': 'application/json' });
			answer.end('{"message":"The VIN is too short"}');
		} else if (pathname === '/list')
			answer.setHeader('Content-Type', 'application/json').end('[1,2,3]');
		else if (pathname === '/refuse')
			answer
				.writeHead(403, { 'Content-Type': 'application/json' })
				.end(JSON.stringify({ message: `No: ${said}` }));
		else if (pathname === '/file') {
			answer.writeHead(200, {
				'Content-Type': 'application/pdf',
				'Content-Disposition': `attachment; filename="${said.slice(-300)}.pdf"`,
			});
			answer.end(said);
		} else if (pathname === '/text') answer.setHeader('Content-Type', 'text/plain').end(said);
		else
			answer
				.setHeader('Content-Type', 'application/json')
				.end(JSON.stringify({ headers, self: `/x?t=${said}` }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	echo = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
});

beforeEach(() => {
	sandbox.reset();
	model.requests.length = 0;
	echo.asked.length = 0;
});

afterAll(async () => {
	echo.server.close();
	echo.server.closeAllConnections();
	await Promise.all([sandbox.close(), model.close()]);
});

/** Agent Auth encrypts the body that each call has. */
const methodOf = (type: Type) => (type === 'agentAuthApi' ? 'POST' : 'GET');

const FROM_MODEL = "={{ $fromAI('URL', 'The address to call', 'string') }}";

/** A tool of this provider, with a credential whose tokens may go to any port here. */
async function toolOf(type: Type, parameters: object, credential: object = {}, more: object = {}) {
	const data = {
		...sandbox.credentials[type],
		allowedHttpRequestDomains: 'domains',
		allowedDomains: '127.0.0.1, localhost',
		...credential,
	};
	const reference = await client.saveCredential(type, `${type} of a caller`, data);
	return {
		name: 'Call_it',
		type: TOOL,
		typeVersion: 1.1,
		parameters: { provider: type, method: 'GET', ...parameters },
		credentials: { [type]: reference },
		...more,
	};
}

type Tool = Awaited<ReturnType<typeof toolOf>>;

/** n8n listens a while after a workflow was activated. */
async function post(url: string, body: object, headers: Record<string, string> = {}) {
	for (let tries = 0; ; tries += 1) {
		const validateStatus = (status: number) => status < 300 || (status === 404 && tries < 50);
		const how = { headers, responseType: 'text', proxy: false, validateStatus } as const;
		const response = await axios.post<string>(url, body, how);
		if (response.status !== 404) return response;
		await wait(100);
	}
}

const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });

const placed = (nodes: object[]) =>
	nodes.map(
		(node, index) => ({ ...node, id: String(index), position: [index * 200, 0] }) as WorkflowNode,
	);

/** What an agent of this version tells its model of one use of the tool, and what n8n stored. */
async function ask(typeVersion: number, tool: Tool, given: Record<string, unknown>) {
	model.toolUses = [{ name: tool.name, arguments: given }];
	const workflow = {
		name: `Caller ${typeVersion}`,
		nodes: placed([
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
			{
				name: 'Webhook',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					mode: 'raw',
					jsonOutput: JSON.stringify({
						headers: { authorization: 'Bearer fake-of-the-caller', cookie: 'fake-cookie=1' },
						body: { base: sandbox.credentials.serviceCombApi.baseUrl },
					}),
				},
			},
			{
				name: 'Agent',
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion,
				parameters: { promptType: 'define', text: 'Call it', options: {} },
				onError: 'continueRegularOutput',
			},
			{
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.2,
				parameters: { model: { __rl: true, mode: 'id', value: 'played' }, options: {} },
				credentials: { openAiApi: openAi },
			},
			tool,
		]),
		connections: {
			Start: to('Webhook', 'main'),
			Webhook: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			[tool.name]: to('Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
	const execution = await client.runWorkflow(await client.saveWorkflow(workflow));
	const said = JSON.stringify([model.requests, execution.stored, n8nLog()]);
	return { told: model.toldByTools()[0] ?? '', said, execution };
}

/** What no model, no stored execution and no log may hold. */
function secretsOf(type: Type): string[] {
	const issued = sandbox.requests.flatMap(({ kind, token }) =>
		kind === 'token' && token !== null ? [token] : [],
	);
	const carried = echo.asked.map((headers) =>
		String(headers[HEADER[type]] ?? '').replace(/^Bearer /, ''),
	);
	const { serviceSecret, secret, apiKey, password, appSecret } = sandbox.credentials[
		type
	] as Record<string, string>;
	return [...issued, ...carried, serviceSecret, secret, apiKey, password, appSecret].filter(
		(one): one is string => one !== undefined && one.length > 5,
	);
}

function expectNoSecret(type: Type, said: string) {
	const secrets = secretsOf(type);
	expect(secrets.length).toBeGreaterThan(1);
	for (const secret of secrets) expect(said.includes(secret)).toBe(false);
}

describe.each([2.2, 3.1])('Agent %d', (version) => {
	describe.each(TYPES)('%s', (type) => {
		test.each(['/', '/text', '/file', '/refuse'])('no secret comes back by %s', async (path) => {
			const options = { response: { response: { fullResponse: path === '/' } } };
			const tool = await toolOf(type, { url: FROM_MODEL, method: methodOf(type), options });
			const { told, said } = await ask(version, tool, { URL: `${echo.url}${path}` });
			expect(echo.asked).toHaveLength(1);
			expectNoSecret(type, said);
			if (path === '/file') {
				expect(told).toContain('"mimeType":"application/pdf"');
				expect(told).not.toMatch(/fake-of-the-caller|fake-cookie/);
			} else if (version > 3 || path !== '/refuse') expect(told).toContain('***');
		});
	});

	test('the login is no address to call', async () => {
		const tool = await toolOf('serviceCombApi', { url: FROM_MODEL });
		const { told } = await ask(version, tool, { URL: '//v4/%74oken/' });
		if (version > 3) expect(told).toContain('the tool logs in by itself');
		expect(sandbox.requests).toEqual([]);
	});

	test('a value stays in its part of the path', async () => {
		const tool = await toolOf('serviceCombApi', { url: "=/items/{{ $fromAI('id') }}" });
		const { told } = await ask(version, tool, { id: '../v4/token' });
		if (version > 3) expect(told).toContain('The argument \\"id\\" cannot hold');
		expect(sandbox.requests).toEqual([]);
	});

	test('what a model says reaches no credential', async () => {
		const { serviceCombApi } = sandbox.credentials;
		const given = { URL: '/y', body: { base: sandbox.strangerUrl } };
		const reading = await toolOf(
			'serviceCombApi',
			{ url: FROM_MODEL },
			{ baseUrl: '={{ $json.body.base }}' },
		);
		const refused = await ask(version, reading, given);
		if (version > 3) expect(refused.told).toContain("write $('Node').item.json there");
		expect(sandbox.requests).toEqual([]);
		const before = await toolOf(
			'serviceCombApi',
			{ url: FROM_MODEL },
			{ baseUrl: "={{ $('Webhook').item.json.body.base }}" },
		);
		await ask(version, before, given);
		expect(sandbox.requests.map(({ url }) => new URL(url).origin)).toEqual(
			Array.from({ length: 2 }, () => new URL(serviceCombApi.baseUrl).origin),
		);
	});

	test('it waits for seconds only, and the owner finds the advice in the log', async () => {
		const tool = await toolOf('serviceCombApi', { url: FROM_MODEL });
		const startedAt = Date.now();
		const { told } = await ask(version, tool, { URL: `${echo.url}/busy` });
		expect(Date.now() - startedAt).toBeLessThan(15_000);
		if (version > 3) expect(told).toContain('Try again in 20 s.');
		if (version > 3) expect(told).not.toContain('Concurrency');
		expect(n8nLog()).toContain('Set "Requests per Minute"');
	});

	test('a list reaches it as one, and errors, too, where the tool goes on', async () => {
		const list = await toolOf('serviceCombApi', { url: FROM_MODEL });
		expect((await ask(version, list, { URL: `${echo.url}/list` })).told).toContain('[1,2,3]');
		const goingOn = await toolOf(
			'serviceCombApi',
			{ url: FROM_MODEL },
			{},
			{ onError: 'continueRegularOutput' },
		);
		const { told } = await ask(version, goingOn, { URL: 'http://169.254.169.254/latest' });
		expect(told).toContain(
			'ServiceComb tokens must not go to 169.254.169.254. Call the service that this tool is for.',
		);
		expect(told).not.toMatch(/Hosts Listed Below/);
	});

	test('a refused login is made once for many calls', async () => {
		const tool = await toolOf(
			'serviceCombApi',
			{ url: FROM_MODEL },
			{ password: `fake-wrong-password-${version}` },
		);
		for (let turn = 0; turn < 4; turn += 1) await ask(version, tool, { URL: '/y' });
		expect(sandbox.requests).toHaveLength(1);
	});

	test('its description names the provider, and no other', async () => {
		await ask(version, await toolOf('yesApi', { url: FROM_MODEL }), { URL: '/' });
		const { description = '' } = model.requests[0]?.tools?.[0]?.function ?? {};
		expect(description).toContain('HTTP call to YesApi');
		expect(description).not.toMatch(/Maxus|ServiceComb/);
	});
});

describe.each([1.9, 3])('Agent %d, too', (version) => {
	test('is told no secret, and calls no login', async () => {
		const tool = await toolOf('serviceCombApi', { url: FROM_MODEL });
		const { told, said } = await ask(version, tool, { URL: `${echo.url}/` });
		expect(echo.asked).toHaveLength(1);
		expect(told).toContain('***');
		expectNoSecret('serviceCombApi', said);
		sandbox.requests.length = 0;
		await ask(version, tool, { URL: '/v4/%74oken' });
		expect(sandbox.requests).toEqual([]);
	});

	test('says nothing that reaches a credential', async () => {
		const baseUrl = '={{ $json.body.base }}';
		const tool = await toolOf('serviceCombApi', { url: FROM_MODEL }, { baseUrl });
		await ask(version, tool, { URL: '/y', body: { base: sandbox.strangerUrl } });
		expect(sandbox.requests).toEqual([]);
	});
});

describe('whatever a model sends', () => {
	test.each<[string, Record<string, unknown>]>([
		['nothing', {}],
		['null', { URL: null }],
		['an object', { URL: { a: 1 } }],
		['a list', { URL: ['/y'] }],
		['an empty text', { URL: '' }],
		['1 MB', { URL: `/${'x'.repeat(1024 * 1024)}` }],
		['braces', { URL: '/{{ $env.HOME }}' }],
		['a line break', { URL: '/y\r\nHost: other.example' }],
		['another protocol', { URL: 'file:///etc/passwd' }],
		['dots, encoded twice', { URL: '/x/%252e%252e/v4/token' }],
		['a zero width space', { URL: '/v4/tok\u200ben' }],
		['wide letters', { URL: '/v4/ｔｏｋｅｎ' }],
		['a mark, encoded', { URL: '/v4/token%3F' }],
	])('%s ends before a login, with a reason', async (_, given) => {
		const tool = await toolOf('serviceCombApi', { url: FROM_MODEL });
		const { told } = await ask(3.1, tool, given);
		expect(sandbox.requests).toEqual([]);
		expect(told).toMatch(
			/The argument \\"URL\\"|The URL |the tool logs in by itself|did not match expected schema|received|Required/,
		);
	});

	test('text of any kind goes out as it is, where it may', async () => {
		const note = '"}, {{ 1 + 1 }}\r\n<x>&\u0000';
		const parameters = { parameters: [{ name: 'note', value: "={{ $fromAI('note') }}" }] };
		const body = { method: 'POST', sendBody: true, bodyParameters: parameters };
		const tool = await toolOf('serviceCombApi', { url: '/echo', ...body });
		await ask(3.1, tool, { note });
		const [, sent] = sandbox.requests;
		expect(JSON.parse(sent?.rawBody.toString() ?? '')).toEqual({ note });
	});
});

test('a loop of refused calls is no loop of logins', async () => {
	const tool = await toolOf('serviceCombApi', { url: FROM_MODEL, tokenUse: 'reuse' });
	for (let turn = 0; turn < 10; turn += 1) {
		await ask(3.1, tool, { URL: `${echo.url}/expired` });
	}
	expect(echo.asked.length).toBeGreaterThanOrEqual(10);
	expect(sandbox.requests.filter(({ kind }) => kind === 'token')).toHaveLength(2);
});

test('a sub-workflow as a tool tells why the service refused a call', async () => {
	const { type, ...node } = await toolOf('serviceCombApi', { url: '={{ $json.URL }}' });
	const call = { ...node, name: 'Call', type: type.replace(/Tool$/, '') };
	const inner = await client.saveWorkflow({
		name: 'Sub-workflow of a caller',
		nodes: placed([
			{
				name: 'Start',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				parameters: { workflowInputs: { values: [{ name: 'URL' }] } },
			},
			call,
		]),
		connections: { Start: to('Call', 'main') },
		settings: { executionOrder: 'v1' },
	});
	await client.activate(inner);
	const schema = [
		{ id: 'URL', displayName: 'URL', type: 'string', display: true, required: false },
	];
	const tool = {
		name: 'Call_it',
		type: '@n8n/n8n-nodes-langchain.toolWorkflow',
		typeVersion: 2.2,
		parameters: {
			description: 'Calls it',
			workflowId: { __rl: true, mode: 'id', value: inner.id },
			workflowInputs: { mappingMode: 'defineBelow', value: { URL: FROM_MODEL }, schema },
		},
	} as unknown as Tool;
	try {
		const { told, said } = await ask(3.1, tool, { URL: `${echo.url}/reason` });
		expect(echo.asked).toHaveLength(1);
		expect(told).toContain('The VIN is too short');
		expectNoSecret('serviceCombApi', said);
	} finally {
		await client.deactivate(inner);
	}
});

test.each(TYPES)('a chat that streams hands no secret of %s to its visitor', async (type) => {
	const tool = await toolOf(type, { url: FROM_MODEL, method: methodOf(type) });
	model.toolUses = [{ name: tool.name, arguments: { URL: `${echo.url}/` } }];
	const webhookId = 'b6a3d0d2-6f3e-4a5c-9d57-0a4f2b1c9e10';
	const saved = await client.saveWorkflow({
		name: 'Streaming chat',
		nodes: placed([
			{
				name: 'Chat',
				type: '@n8n/n8n-nodes-langchain.chatTrigger',
				typeVersion: 1.4,
				webhookId,
				parameters: {
					public: true,
					availableInChat: false,
					options: { responseMode: 'streaming' },
				},
			},
			{
				name: 'Agent',
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion: 3.1,
				parameters: { options: { enableStreaming: true } },
			},
			{
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.2,
				parameters: { model: { __rl: true, mode: 'id', value: 'played' }, options: {} },
				credentials: { openAiApi: openAi },
			},
			tool,
		]),
		connections: {
			Chat: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			[tool.name]: to('Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	});
	await client.activate(saved);
	try {
		const { data } = await post(`${client.url}/webhook/${webhookId}/chat`, {
			action: 'sendMessage',
			sessionId: 'one',
			chatInput: 'Call it',
		});
		expect(data).toContain('Done.');
		expect(model.requests.some(({ stream }) => stream === true)).toBe(true);
		expect(echo.asked).toHaveLength(1);
		expectNoSecret(type, JSON.stringify([data, model.requests, n8nLog()]));
		expect(model.toldByTools()[0]).toContain('***');
	} finally {
		await client.deactivate(saved);
	}
});

test.each(TYPES)('an MCP client hears no secret of %s', async (type) => {
	const good = await toolOf(type, { url: FROM_MODEL, method: methodOf(type) });
	const saved = await client.saveWorkflow({
		name: 'MCP server',
		nodes: placed([
			{
				name: 'MCP',
				type: '@n8n/n8n-nodes-langchain.mcpTrigger',
				typeVersion: 2.1,
				webhookId: '3b0d6e0c-3d5e-4f0a-8c19-0f7a5f1f7c11',
				parameters: { path: 'token-providers-mcp', authentication: 'none' },
			},
			good,
		]),
		connections: { [good.name]: to('MCP', 'ai_tool') },
		settings: { executionOrder: 'v1' },
	});
	await client.activate(saved);
	const heard: string[] = [];
	const headers: Record<string, string> = { Accept: 'application/json, text/event-stream' };
	const send = async (method: string, params: object, id?: number) => {
		const response = await post(
			`${client.url}/mcp/token-providers-mcp`,
			{ jsonrpc: '2.0', method, params, id },
			headers,
		);
		headers['mcp-session-id'] ??= String(response.headers['mcp-session-id']);
		heard.push(response.data);
		return response.data;
	};
	const call = async (id: number, URL: string) =>
		await send('tools/call', { name: good.name, arguments: { URL } }, id);
	try {
		const clientInfo = { name: 'test', version: '1' };
		await send('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo }, 1);
		await send('notifications/initialized', {});
		expect(await call(2, `${echo.url}/`)).toContain('***');
		expect(await call(3, `${echo.url}/refuse`)).toMatch(/HTTP 403(?:\)| Forbidden): No: /);
		expect(await call(5, 'http://169.254.169.254/')).not.toContain('Hosts Listed Below');
		expectNoSecret(type, JSON.stringify([heard, n8nLog()]));
		if (type !== 'serviceCombApi') return;
		expect(await call(4, '/v4/token')).toContain('the tool logs in by itself');
		// n8n takes no expression that has the word "arguments" in it.
		const baseUrl = '={{ Object.values($json.body.params)[1].URL }}';
		await toolOf(type, {}, { baseUrl });
		sandbox.requests.length = 0;
		expect(await call(6, sandbox.strangerUrl)).toContain("write $('Node').item.json there");
		expect(sandbox.requests).toEqual([]);
	} finally {
		await client.deactivate(saved);
	}
});
