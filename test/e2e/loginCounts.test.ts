import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chain, items, type NodeGiven } from '../../host/chain';
import type { Client } from '../../host/client';
import { connect } from './n8n';

// How many logins reach a service for 50 items in a real n8n. The table in docs/reliability.md has these numbers.

const TYPE = 'tokenApi';

/** What a service answers to its logins and calls, given how long ago it gave out its last token. */
interface Row {
	name: string;
	login?: number;
	call: (tokenAgeMs: number) => number;
}

const ROWS: Array<Row & { logins: Record<string, number[]> }> = [
	{
		name: 'all 500',
		call: () => 500,
		logins: { 'at once': [1, 1], 'one by one': [1, 1], 'Authenticated Request': [1, 1] },
	},
	{
		name: 'all 409',
		call: () => 409,
		logins: { 'at once': [1, 1], 'one by one': [1, 1], 'Authenticated Request': [1, 1] },
	},
	{
		name: 'a lasting 401',
		call: () => 401,
		logins: { 'at once': [1, 1], 'one by one': [1, 1], 'Authenticated Request': [2, 2] },
	},
	{
		name: 'a new token is refused for 2.5 s',
		call: (age) => (age < 2500 ? 401 : 200),
		logins: { 'at once': [1, 1], 'one by one': [1, 1], 'Authenticated Request': [1, 1] },
	},
	{
		name: 'the login is down (503, Retry-After: 120)',
		login: 503,
		call: () => 200,
		logins: { 'at once': [1, 1], 'one by one': [1, 1], 'Authenticated Request': [1, 1] },
	},
	{
		name: 'a wrong password',
		login: 401,
		call: () => 200,
		logins: { 'at once': [1, 1], 'one by one': [1, 1], 'Authenticated Request': [1, 1] },
	},
];

let client: Client;
let server: Server;
/** Logins by the first part of their path, which names row and way. */
const logins = new Map<string, number>();
const issuedAt = new Map<string, number>();
const rowOf = new Map<string, Row>();

beforeAll(async () => {
	client = await connect();
	server = createServer((request, response) => {
		request.resume();
		const [, id = '', path] = (request.url ?? '').split('/');
		const row = rowOf.get(id);
		if (path === 'login') {
			logins.set(id, (logins.get(id) ?? 0) + 1);
			issuedAt.set(id, Date.now());
			response.writeHead(row?.login ?? 200, { 'retry-after': '120' });
			response.end(row?.login === undefined ? `{"token":"fake-token-${logins.get(id)}"}` : '{}');
			return;
		}
		response.writeHead(row?.call(Date.now() - (issuedAt.get(id) ?? 0)) ?? 404);
		response.end('{}');
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => {
		server.close(resolve);
	});
});

const WAYS: Record<string, (url: string) => NodeGiven> = {
	'at once': (url) => httpRequest(url, {}),
	'one by one': (url) =>
		httpRequest(url, { batching: { batch: { batchSize: 1, batchInterval: 1 } } }),
	'Authenticated Request': (url) => ({
		name: 'Call',
		type: 'n8n-nodes-token-providers.authenticatedRequest',
		parameters: { provider: TYPE, url, options: { maxRetries: 0 } },
	}),
};

const httpRequest = (url: string, options: object): NodeGiven => ({
	name: 'Call',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: TYPE,
		options,
	},
});

const cases = ROWS.flatMap(({ logins: expected, ...row }) =>
	Object.entries(expected).map(([way, count]) => ({ ...row, way, count })),
);

test.each(cases)('50 items, $name, $way: $count logins', async ({ count, way, ...row }) => {
	const id = `row-${rowOf.size + 1}`;
	rowOf.set(id, row);
	const { port } = server.address() as AddressInfo;
	const baseUrl = `http://127.0.0.1:${port}/${id}`;
	const credential = await client.saveCredential(TYPE, `Counts ${id}`, {
		service: 'custom',
		baseUrl,
		requestUrl: '/login',
		username: `fake-user-${id}`,
		password: 'fake-password',
	});
	const call = WAYS[way]?.(`${baseUrl}/x`);
	if (call === undefined) throw new Error(way);
	const node = {
		...call,
		credentials: { [TYPE]: credential },
		onError: 'continueRegularOutput',
	};
	const workflow = await client.saveWorkflow(chain(`Counts ${id}`, [items(50), node]));
	const seen: number[] = [];
	for (let run = 0; run < count.length; run += 1) {
		const { status } = await client.runWorkflow(workflow);
		expect(status).toBe('success');
		seen.push(logins.get(id) ?? 0);
	}
	expect(seen).toEqual(count);
});
