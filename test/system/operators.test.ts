import { readFileSync } from 'node:fs';

import { chain, items, type NodeGiven } from '../../host/chain';
import { Client, type CredentialReference, type Execution } from '../../host/client';
import { CREDENTIAL_TYPES, TOKEN_NODES, type CredentialType } from '../../host/examples';
import { startSandbox, type Sandbox } from '../../sandbox';
import { secretsIn } from '../support/published';
import { authenticatedRequest, httpRequest } from './calls';
import { startCollector, type Collector } from './collector';
import { startQueue, type Queue } from './queue';
import { spellings } from './spellings';

/** Of the answers of an operator the slowest takes a minute: that of a limit of requests a minute. */
jest.setTimeout(600_000);

let queue: Queue;
let client: Client;
let sandbox: Sandbox;
let collector: Collector;

beforeAll(async () => {
	collector = await startCollector();
	const settings = {
		N8N_LOG_LEVEL: 'debug',
		N8N_LOG_FORMAT: 'json',
		N8N_OTEL_ENABLED: 'true',
		N8N_OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
		N8N_OTEL_TRACES_INCLUDE_NODE_SPANS: 'true',
		N8N_OTEL_TRACES_INJECT_OUTBOUND: 'true',
		N8N_OTEL_TRACES_PRODUCTION_ONLY: 'false',
	};
	[queue, sandbox] = await Promise.all([startQueue(settings), startSandbox()]);
	await queue.startWorker();
	client = new Client(queue.url);
	await client.logIn();
});

afterAll(async () => {
	await sandbox?.close();
	await queue?.stop();
	await collector?.close();
});

/** A line of n8n's log in JSON. */
interface Line {
	level: string;
	message: string;
	metadata: Record<string, unknown> & { timestamp: string };
}

const logsOfWorkers = () => queue.workers.map(({ logFile }) => readFileSync(logFile, 'utf8'));

/** The lines of this package in the logs of all workers, the earliest first. */
function ourLines(): Line[] {
	return logsOfWorkers()
		.flatMap((log) => log.split('\n'))
		.filter((line) => line.includes('Token providers: '))
		.map((line) => JSON.parse(line) as Line)
		.sort((a, b) => a.metadata.timestamp.localeCompare(b.metadata.timestamp));
}

const linesOf = (text: string) =>
	ourLines().filter(({ message }) => message === `Token providers: ${text}`);

/** How many lines of a kind there are for each credential. */
function countByCredential(lines: Line[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { metadata } of lines) {
		const name = String(metadata['credential']);
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

async function run(name: string, nodes: NodeGiven[]): Promise<Execution> {
	const workflow = await client.saveWorkflow(chain(name, nodes));
	return await client.waitForExecution(await client.startWorkflow(workflow));
}

const call = (
	type: CredentialType,
	credential: CredentialReference,
	path: string,
	parameters: object = {},
): NodeGiven => {
	const url = `${sandbox.credentials[type].baseUrl}/${path}`;
	const node = authenticatedRequest(type, credential, url);
	return {
		...node,
		typeVersion: 1.1,
		onError: 'continueRegularOutput',
		parameters: { ...node.parameters, ...parameters },
	};
};

test('an operator who was not there reads from the log what became of logins, calls and waits', async () => {
	const { maxusApi, serviceCombApi } = sandbox.credentials;
	const password = 'fake-wrong-password-of-the-operator';
	const [dealers, engine, wrong] = await Promise.all([
		client.saveCredential('maxusApi', 'Dealers', maxusApi),
		client.saveCredential('serviceCombApi', 'Engine', serviceCombApi),
		client.saveCredential('serviceCombApi', 'Engine, old password', {
			...serviceCombApi,
			password,
		}),
	]);
	const limit = { options: { requestsPerMinute: 20 } };
	const [limited] = await Promise.all([
		run('Dealers', [items(15), call('maxusApi', dealers, 'fir/1', limit)]),
		run('Engine', [items(30), call('serviceCombApi', engine, 'echo', { tokenUse: 'reuse' })]),
		run('Old password', [items(5), call('serviceCombApi', wrong, 'echo')]),
		run('No such page', [items(4), call('serviceCombApi', engine, 'status/404')]),
	]);

	// Which credential logged in how often?
	const logins = sandbox.requests.filter(({ kind, status }) => kind === 'token' && status === 200);
	const told = countByCredential(linesOf('Token received'));
	expect(told['Dealers']).toBe(15);
	expect((told['Dealers'] ?? 0) + (told['Engine'] ?? 0)).toBe(logins.length);
	expect(told).not.toHaveProperty('Engine, old password');

	// What was refused, and why? In which run?
	expect(linesOf('Login refused').map(({ level, metadata }) => [level, metadata])).toEqual([
		[
			'warn',
			expect.objectContaining({
				vendor: 'ServiceComb',
				credential: 'Engine, old password',
				credentialId: wrong.id,
				code: '401202',
				httpStatus: 401,
				nodeName: 'Call',
				workflowId: expect.any(String) as string,
				executionId: expect.any(String) as string,
			}),
		],
	]);
	expect(linesOf('Call refused').map(({ metadata }) => metadata)).toEqual([
		expect.objectContaining({ credential: 'Engine', code: '404', httpStatus: 404 }),
	]);

	// How long did calls wait, and for what?
	const ended = linesOf('Run ended').map(({ metadata }) => metadata);
	const ofDealers = ended.find(({ executionId }) => executionId === limited.id);
	expect(ofDealers).toMatchObject({ items: 15, failed: 0, calls: 15, logins: 15 });
	expect(ofDealers?.['limitWaits']).toBeGreaterThan(0);
	expect(ofDealers?.['limitWaitMs']).toBeGreaterThan(10_000);
	expect(linesOf('Run will take long at this limit of requests a minute')).toHaveLength(1);
	const goesOn = linesOf('Run goes on').map(({ metadata }) => metadata);
	expect(goesOn.length).toBeGreaterThanOrEqual(4);
	expect(goesOn[0]).toMatchObject({ credential: 'Dealers', total: 15 });
	expect(ended.reduce((sum, { failed }) => sum + Number(failed), 0)).toBe(9);

	// The same numbers are stored with the execution.
	expect(limited.stored).toContain('wait.rate_limit_ms');
});

/** Spans are sent in groups, every five seconds. */
async function waitFor<T>(find: () => T | undefined): Promise<T> {
	for (;;) {
		const found = find();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

test('each login and call carries the trace of its execution, and the collector has its spans', async () => {
	const { maxusApi } = sandbox.credentials;
	const credential = await client.saveCredential('maxusApi', 'Traced', maxusApi);
	sandbox.requests.length = 0;
	const { id } = await run('Traced', [items(2), call('maxusApi', credential, 'fir/1')]);
	const parents = sandbox.requests.map(({ kind, headers }) => [kind, headers['traceparent']]);
	expect(parents.map(([kind]) => kind).sort()).toEqual(['business', 'business', 'token', 'token']);
	const [, traceId] = String(parents[0]?.[1]).split('-');
	const spanOf = (name: string, attribute: string) =>
		collector.spans.find(
			(span) => span.traceId === traceId && span.name === name && attribute in span.attributes,
		);
	const node = await waitFor(() =>
		collector.spans.find(
			(span) => span.traceId === traceId && span.attributes['n8n.node.name'] === 'Call',
		),
	);
	expect(node.attributes).toMatchObject({
		'n8n.node.type': 'n8n-nodes-token-providers.authenticatedRequest',
		'n8n.node.items.input': 2,
		'n8n.node.items.output': 2,
	});
	const workflow = await waitFor(() => spanOf('workflow.execute', 'n8n.execution.id'));
	expect(String(workflow.attributes['n8n.execution.id'])).toBe(id);
	// Attributes of one's own take a licence.
	expect(Object.keys(node.attributes)).not.toContain('n8n.node.custom.calls');
	const expected = `00-${traceId}-${node.spanId}-01`;
	expect(parents.map(([, parent]) => parent)).toEqual(Array(4).fill(expected));
});

test('no secret and no token is in a log at level debug, in a span, in the database or in Redis', async () => {
	sandbox.reset();
	const wrongs: string[] = [];
	for (const { type } of CREDENTIAL_TYPES) {
		const data: object = sandbox.credentials[type];
		const [secret = ''] = Object.keys(secretsIn(type, data));
		const wrongSecret = `fake-wrong-${type}-of-the-operator`;
		wrongs.push(wrongSecret);
		const right = await client.saveCredential(type, `Right ${type}`, data);
		const wrong = await client.saveCredential(type, `Wrong ${type}`, {
			...data,
			[secret]: wrongSecret,
		});
		const { baseUrl } = sandbox.credentials[type];
		for (const [index, credential] of [right, wrong].entries()) {
			const ways = [authenticatedRequest, httpRequest].flatMap((way) =>
				['echo', 'status/401', 'cut'].map((path) => way(type, credential, `${baseUrl}/${path}`)),
			);
			const posts = ways.map((node, number) => ({
				...node,
				name: `Call ${number}`,
				onError: 'continueRegularOutput',
				parameters: { ...node.parameters, method: 'POST' },
			}));
			await run(`Search ${type} ${index}`, [items(1), ...posts]);
		}
		const token = { name: 'Token', type: TOKEN_NODES[type] ?? '', credentials: { [type]: wrong } };
		await run(`Search ${type} token`, [items(1), token]);
		const faults = sandbox.faultsOf(type);
		const said = JSON.stringify({ message: Object.entries(data).join(' ') });
		faults.tokenFailures = [{ status: 400, body: said, times: Infinity }];
		const cold = { ...data, allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' };
		const echoed = await client.saveCredential(type, `Echoed ${type}`, cold);
		await run(`Search ${type} echoed`, [items(1), call(type, echoed, 'echo', { method: 'POST' })]);
		delete faults.tokenFailures;
	}
	const tokens = sandbox.requests.flatMap(({ token }) => (token === null ? [] : [token]));
	expect(new Set(tokens).size).toBeGreaterThan(10);
	expect(linesOf('Login refused').length).toBeGreaterThanOrEqual(4);

	const secrets = CREDENTIAL_TYPES.flatMap(({ type }) =>
		Object.values(secretsIn(type, sandbox.credentials[type])),
	);
	const [main, ...workers] = [queue.log('main'), ...logsOfWorkers()];
	const places = {
		...queue.dump(),
		main,
		workers: workers.join('\n'),
		spans: collector.received(),
	};
	// It shows that what is in a span would be found.
	expect(places.spans).toContain('n8n-nodes-token-providers.authenticatedRequest');
	for (const [place, text = ''] of Object.entries(places)) {
		const found = [
			...[...secrets, ...wrongs].flatMap(spellings),
			...[...new Set(tokens)].flatMap((token) => spellings(token.split('.').at(-1) ?? '')),
		].filter((one) => text.includes(one));
		expect({ place, found }).toEqual({ place, found: [] });
	}
});
