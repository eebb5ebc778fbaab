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
		else if (pathname === '/list')
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
			// Agent Auth encrypts the body that each call has.
			const method = type === 'agentAuthApi' ? 'POST' : 'GET';
			const tool = await toolOf(type, { url: FROM_MODEL, method, options });
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

test('a chat that streams hands no secret to its visitor', async () => {
	const tool = await toolOf('serviceCombApi', { url: FROM_MODEL });
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
		expectNoSecret('serviceCombApi', JSON.stringify([data, model.requests, n8nLog()]));
		expect(model.toldByTools()[0]).toContain('***');
	} finally {
		await client.deactivate(saved);
	}
});

test('an MCP client hears no secret, and its words reach no credential', async () => {
	const good = await toolOf('serviceCombApi', { url: FROM_MODEL });
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
		expect(await call(3, `${echo.url}/refuse`)).toContain('(HTTP 403): No: ');
		expect(await call(4, '/v4/token')).toContain('the tool logs in by itself');
		expect(await call(5, 'http://169.254.169.254/')).not.toContain('Hosts Listed Below');
		// n8n takes no expression that has the word "arguments" in it.
		const baseUrl = '={{ Object.values($json.body.params)[1].URL }}';
		await toolOf('serviceCombApi', {}, { baseUrl });
		sandbox.requests.length = 0;
		expect(await call(6, sandbox.strangerUrl)).toContain("write $('Node').item.json there");
		expect(sandbox.requests).toEqual([]);
		expectNoSecret('serviceCombApi', JSON.stringify([heard, n8nLog()]));
	} finally {
		await client.deactivate(saved);
	}
});
