import axios from 'axios';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { chain } from '../../host/chain';
import type { Client, CredentialReference, Execution } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect } from './n8n';

const TYPE = 'maxusApi';

let client: Client;
let sandbox: Sandbox;
let credential: CredentialReference;
/** A service that breaks off its answers. */
let breaking: Server;

beforeAll(async () => {
	[client, sandbox] = await Promise.all([connect(), startSandbox()]);
	credential = await client.saveCredential(TYPE, 'Maxus of files', {
		...sandbox.credentials.maxusApi,
		allowedHttpRequestDomains: 'domains',
		allowedDomains: '127.0.0.1',
	});
	breaking = createServer((_request, response) => {
		response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 });
		response.write('{"a":');
		setTimeout(() => response.destroy(), 50);
	});
	await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve));
});

beforeEach(() => sandbox.reset());

afterAll(async () => {
	breaking.close();
	await sandbox.close();
});

const base = () => sandbox.credentials.maxusApi.baseUrl;

/** What n8n's HTTP Request node leaves the request in the execution for. */
const answers: Array<[what: string, url: () => string]> = [
	['a file', () => `${base()}/bytes/1000`],
	['JSON that is not valid', () => `${base()}/invalid-json`],
	[
		'an answer that breaks off',
		() => `http://127.0.0.1:${(breaking.address() as AddressInfo).port}/`,
	],
];

const httpRequest = (url: string) => ({
	name: 'Call',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	onError: 'continueRegularOutput',
	credentials: { [TYPE]: credential },
	parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: TYPE },
});

const authenticatedRequest = (url: string) => ({
	name: 'Call',
	type: 'n8n-nodes-token-providers.authenticatedRequest',
	onError: 'continueRegularOutput',
	credentials: { [TYPE]: credential },
	parameters: { provider: TYPE, method: 'GET', url, options: { maxRetries: 0 } },
});

type Call = ReturnType<typeof httpRequest> | ReturnType<typeof authenticatedRequest>;

/** As the button of the editor does. */
async function runByHand(call: Call): Promise<Execution> {
	return await client.runWorkflow(await client.saveWorkflow(chain('Stored tokens', [call])));
}

/** As a trigger does. */
async function runByTrigger(call: Call): Promise<Execution> {
	const path = `stored-tokens-${Math.random().toString(36).slice(2)}`;
	const workflow = chain(`Stored tokens of ${path}`, [
		call,
		{
			name: 'Which',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: 'return [{ json: { id: $execution.id } }]' },
		},
	]);
	Object.assign(workflow.nodes[0] ?? {}, {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, responseMode: 'lastNode' },
	});
	await client.activate(await client.saveWorkflow(workflow));
	return await client.waitForExecution(await triggered(`${client.url}/webhook/${path}`));
}

/** The execution that a webhook starts; n8n listens to it a while after the workflow was activated. */
async function triggered(url: string): Promise<string> {
	for (;;) {
		const { status, data } = await axios.get<{ id: string }>(url, {
			proxy: false,
			validateStatus: (code) => code === 200 || code === 404,
		});
		if (status === 200) return data.id;
		await wait(100);
	}
}

/** Whether what n8n stored of a run holds a token of it. */
function holdsToken({ stored }: Execution): boolean {
	const tokens = sandbox.requests.flatMap(({ token }) => token ?? []);
	expect(tokens).not.toEqual([]);
	return tokens.some((token) => stored.includes(token));
}

describe.each(answers)('%s', (what, urlOf) => {
	beforeEach(() => {
		if (what === 'JSON that is not valid') {
			const body = { status: 200, body: '{"a":', contentType: 'application/json' };
			sandbox.faults.maxus.businessFailures = [body];
		}
	});

	test('leaves no token in an execution of Authenticated Request', async () => {
		expect(holdsToken(await runByHand(authenticatedRequest(urlOf())))).toBe(false);
		expect(holdsToken(await runByTrigger(authenticatedRequest(urlOf())))).toBe(false);
	});

	// n8n keeps the raw answer of a run by hand, and with it the request: no credential sees either.
	test('leaves one in an execution of HTTP Request by hand, as documented, and by trigger none', async () => {
		expect(holdsToken(await runByHand(httpRequest(urlOf())))).toBe(true);
		expect(holdsToken(await runByTrigger(httpRequest(urlOf())))).toBe(false);
	});
});

test('HTTP Request follows no redirect with a credential, and says so by the status alone', async () => {
	const url = `${base()}/redirect/302?to=${encodeURIComponent(`${base()}/echo`)}`;
	const { stored } = await runByHand(httpRequest(url));
	expect(stored).toContain('302 - ');
	expect(sandbox.requests.map(({ path }) => path)).not.toContain('/maxus/australia/echo');
});
