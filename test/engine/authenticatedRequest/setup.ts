import { engine } from '../engine';
import { readBinary, runNode, type NodeRun, type NodeRunResult } from '../harness';

import { createServer, request as sendOn, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import type { ProviderType } from '../../../providers/registry';
import { startSandbox, type RecordedRequest, type Sandbox } from '../../../sandbox';
import { now } from './skippedTime';

/** The vendors of this test file; as new before each test. */
export let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ now, tls: true });
});

beforeEach(() => sandbox.reset());

let servers: Server[] = [];

afterEach(() => {
	for (const server of servers) {
		server.close();
		server.closeAllConnections();
	}
	servers = [];
});

afterAll(async () => await sandbox.close());

export interface RequestRun extends Omit<Partial<NodeRun>, 'node' | 'credentials' | 'parameters'> {
	/** Default `maxusApi`. */
	provider?: ProviderType;
	/** What differs from the sandbox's good credential. */
	credential?: Record<string, string | boolean>;
}

/** Runs the node against the sandbox; without parameters it gets `/echo`. */
export async function request(
	parameters: object = {},
	{ provider = 'maxusApi', credential = {}, ...run }: RequestRun = {},
): Promise<NodeRunResult> {
	return await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: { provider, url: '/echo', ...parameters },
		credentials: { [provider]: { ...sandbox.credentials[provider], ...credential } },
		...run,
	});
}

/** Like {@link request}, for runs that must succeed: the `json` of each item. */
export async function jsonOf(parameters?: object, run?: RequestRun): Promise<IDataObject[]> {
	const { error, items } = await request(parameters, run);
	if (error !== null) throw error;
	return items.map(({ json }) => json);
}

/** The one item that a run gave. */
export async function onlyJson(parameters?: object, run?: RequestRun): Promise<IDataObject> {
	const all = await jsonOf(parameters, run);
	expect(all).toHaveLength(1);
	return all[0] as IDataObject;
}

/** The content of a binary field of an item. */
export async function contentOf(item: INodeExecutionData | undefined, field = 'data') {
	return await readBinary(item?.binary?.[field] as IBinaryData);
}

/** What the service received, from a run of `/echo`. */
export async function echoOf(parameters?: object, run?: RequestRun): Promise<RecordedRequest> {
	await onlyJson(parameters, run);
	return calls().at(-1) as RecordedRequest;
}

/** As many input items, numbered. */
export const numbered = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, id) => ({ json: { id } }));

/** The business calls received so far. */
export const calls = (): RecordedRequest[] =>
	sandbox.requests.filter(
		({ kind, url }) => kind === 'business' && new URL(url).origin !== sandbox.strangerUrl,
	);

/** The token requests received so far. */
export const logins = (): RecordedRequest[] =>
	sandbox.requests.filter(({ kind }) => kind === 'token');

/** What another origin received. */
export const strangers = (): RecordedRequest[] =>
	sandbox.requests.filter(({ url }) => new URL(url).origin === sandbox.strangerUrl);

/** Every token issued or carried so far. */
export const tokens = (): string[] => [
	...new Set(sandbox.requests.flatMap(({ token }) => (token === null ? [] : [token]))),
];

/** Starts a server that lives as long as the test; tokens may go there with {@link anyLocalPort}. */
export async function serve(listener: RequestListener, port = 0): Promise<string> {
	const server = createServer(listener);
	servers.push(server);
	await new Promise<void>((resolve) => {
		server.listen(port, '127.0.0.1', resolve);
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A proxy for HTTP that hands on what it is sent, and what it gets for it. */
export async function passingProxy(): Promise<string> {
	return await serve((asked, answer) => {
		const { method, headers } = asked;
		const handedOn = sendOn(asked.url ?? '', { method, headers }, (got) => {
			answer.writeHead(got.statusCode ?? 502, got.headers);
			got.pipe(answer);
		});
		asked.pipe(handedOn);
	});
}

/** A port nobody listens on. */
export async function unusedPort(): Promise<number> {
	const url = await serve(() => {});
	await new Promise((resolve) => {
		servers.pop()?.close(resolve);
	});
	return Number(new URL(url).port);
}

/** The fields of a multipart form, as a browser or another server reads it. */
export async function readForm({ rawBody, headers }: RecordedRequest) {
	const form = await new Response(new Uint8Array(rawBody), {
		headers: { 'Content-Type': String(headers['content-type']) },
	}).formData();
	const all: Array<[name: string, value: string | File]> = [];
	form.forEach((value, name) => all.push([name, value]));
	return all;
}

/** Credential data that allow tokens to any port of this machine. */
export const anyLocalPort = {
	allowedHttpRequestDomains: 'domains',
	allowedDomains: '127.0.0.1',
};

/** The same for another credential. */
export const otherCredential = { ...anyLocalPort, allowedDomains: '127.0.0.1, other.invalid' };

/** Parameters by fields. */
export const fields = (...pairs: Array<[name: string, value: unknown]>) => ({
	parameters: pairs.map(([name, value]) => ({ name, value })),
});

/** The parameters of a run whose answers are read as `response` says. */
export const responseOption = (response: object) => ({ response: { response } });
