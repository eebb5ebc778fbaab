import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain } from '../../host/chain';
import { Client, outputOf, type Execution } from '../../host/client';
import { startN8n, type N8n } from '../../host/n8n';
import { installPackage, packPackage } from '../../host/pack';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect } from './n8n';
import { startForwardProxy, type ForwardProxy } from '../support/forwardProxy';
import { canMeasureMemory, peakGrowth } from './support/memory';

const START_MS = 180_000;
const SIZE = 100 * 1024 * 1024;

let sandbox: Sandbox;
let proxy: ForwardProxy;
/** The n8n that all tests share, without any settings about its network. */
let open: Client;

beforeAll(async () => {
	[open, sandbox, proxy] = await Promise.all([
		connect(),
		startSandbox({ tls: true }),
		startForwardProxy(),
	]);
});

beforeEach(() => {
	sandbox.reset();
	proxy.passed.length = 0;
});

afterAll(() => Promise.all([sandbox.close(), proxy.close()]));

type Node = { name?: string; parameters: object; baseUrl?: string; credential?: object };

/** Runs Authenticated Request nodes, one after the other. */
async function run(client: Client, ...given: Node[]): Promise<Execution> {
	const nodes = [];
	for (const { name = 'Call', parameters, baseUrl, credential } of given) {
		const maxusApi = await client.saveCredential('maxusApi', `Maxus of ${name}`, {
			...sandbox.credentials.maxusApi,
			...(baseUrl !== undefined && { baseUrl }),
			...credential,
		});
		nodes.push({
			name,
			type: 'n8n-nodes-token-providers.authenticatedRequest',
			parameters: { provider: 'maxusApi', method: 'GET', ...parameters },
			credentials: { maxusApi },
		});
	}
	return await client.runWorkflow(await client.saveWorkflow(chain('Network', nodes)));
}

const businessCalls = () =>
	sandbox.requests.filter(({ kind, status }) => kind === 'business' && status === 200);

/** The same place under another name or scheme. */
function elsewhere(change: { hostname?: string; origin?: string | null }): string {
	const url = new URL(sandbox.credentials.maxusApi.baseUrl);
	if (change.hostname !== undefined) url.hostname = change.hostname;
	return typeof change.origin === 'string' ? change.origin + url.pathname : url.href;
}

describe('The proxy of a credential', () => {
	test('takes calls and token requests through it', async () => {
		const execution = await run(open, {
			parameters: { url: 'echo' },
			credential: { proxy: proxy.url },
		});
		expect(execution.status).toBe('success');
		const { baseUrl } = sandbox.credentials.maxusApi;
		expect(proxy.passed).toEqual([
			`POST ${baseUrl}/base/api/token/register`,
			`GET ${baseUrl}/echo`,
		]);
		expect(businessCalls()).toHaveLength(1);
	});

	test('takes HTTPS through it, in tunnels', async () => {
		const baseUrl = elsewhere({ origin: sandbox.tlsUrl });
		const credential = { proxy: proxy.url, allowUnauthorizedCerts: true };
		const execution = await run(open, { baseUrl, parameters: { url: 'echo' }, credential });
		expect(execution.status).toBe('success');
		const { host } = new URL(baseUrl);
		expect(proxy.passed).toEqual([`CONNECT ${host}`, `CONNECT ${host}`]);
		expect(businessCalls()).toHaveLength(1);
	});

	test('is not that of the node, which takes calls alone', async () => {
		const execution = await run(open, {
			parameters: { url: 'echo', options: { proxy: proxy.url } },
		});
		expect(execution.status).toBe('success');
		expect(proxy.passed).toEqual([`GET ${sandbox.credentials.maxusApi.baseUrl}/echo`]);
	});
});

describe('A self-signed certificate', () => {
	const callOverTls = async (credential: object) =>
		await run(open, {
			baseUrl: elsewhere({ origin: sandbox.tlsUrl }),
			parameters: { url: 'echo' },
			credential,
		});

	test('is refused, in words', async () => {
		const { status, data } = await callOverTls({});
		expect(status).toBe('error');
		const { host } = new URL(sandbox.tlsUrl ?? '');
		expect(data.resultData.error?.message).toBe(`The certificate of ${host} is not trusted`);
		expect(data.resultData.error?.description).toContain('Ignore SSL Issues');
		expect(sandbox.requests).toEqual([]);
	});

	test('is accepted with Ignore SSL Issues', async () => {
		const { status } = await callOverTls({ allowUnauthorizedCerts: true });
		expect(status).toBe('success');
		expect(businessCalls()).toHaveLength(1);
	});
});

test('The option Timeout ends a call, in words', async () => {
	const options = { timeout: 300, maxRetries: 0 };
	const { status, data } = await run(open, { parameters: { url: 'slow/5000', options } });
	expect(status).toBe('error');
	const { host } = new URL(sandbox.url);
	expect(data.resultData.error?.message).toBe(`${host} did not respond in time`);
});

describe('An n8n with a proxy and protection against SSRF', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-network-'));
	let n8n: N8n;
	let guarded: Client;

	beforeAll(async () => {
		await installPackage(await packPackage(), userFolder);
		n8n = await startN8n({
			userFolder,
			env: {
				HTTP_PROXY: proxy.url,
				NO_PROXY: '127.0.0.1,127.0.0.2',
				N8N_SSRF_PROTECTION_ENABLED: 'true',
				N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32,::1/128',
			},
		});
		guarded = new Client(n8n.url);
		await guarded.logIn();
	}, START_MS);

	afterAll(async () => {
		await n8n?.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('calls and token requests go through the proxy of the environment', async () => {
		const baseUrl = elsewhere({ hostname: 'localhost' });
		const { status } = await run(guarded, { baseUrl, parameters: { url: 'echo' } });
		expect(status).toBe('success');
		expect(proxy.passed).toEqual([
			`POST ${baseUrl}/base/api/token/register`,
			`GET ${baseUrl}/echo`,
		]);
	});

	test('a host in NO_PROXY is called directly', async () => {
		const { status } = await run(guarded, { parameters: { url: 'echo' } });
		expect(status).toBe('success');
		expect(proxy.passed).toEqual([]);
	});

	test('no token is asked for at an address that the instance blocks', async () => {
		const baseUrl = elsewhere({ hostname: '127.0.0.2' });
		const { data } = await run(guarded, { baseUrl, parameters: { url: 'echo' } });
		expectBlocked(data.resultData.error, baseUrl);
		expect(sandbox.requests).toEqual([]);
	});

	test.each([
		['a call', 'GET', {}],
		['a GET with a body', 'GET', { sendBody: true, specifyBody: 'json', jsonBody: '{"a":1}' }],
	])('%s to an address that the instance blocks is not made', async (_, method, more) => {
		const baseUrl = elsewhere({ hostname: '127.0.0.2' });
		const { data } = await run(guarded, {
			credential: {
				allowedHttpRequestDomains: 'domains',
				allowedDomains: '127.0.0.1, 127.0.0.2',
			},
			parameters: { url: `${baseUrl}/echo`, method, ...more },
		});
		expectBlocked(data.resultData.error, baseUrl);
		expect(sandbox.requests.map(({ kind }) => kind)).toEqual(['token']);
	});

	function expectBlocked(error: Execution['data']['resultData']['error'], url: string) {
		expect(error?.message).toBe(`The request to ${new URL(url).host} was blocked`);
		expect(error?.description).toContain('security settings of this n8n instance block');
	}

	(canMeasureMemory ? describe : describe.skip)('A file of 100 MB', () => {
		const content = createHash('sha256');
		for (let left = SIZE; left > 0; left -= 65536) content.update(Buffer.alloc(65536, 'sandbox.'));
		const sha256 = content.digest('hex');
		const download = { name: 'Download', parameters: { url: `bytes/${SIZE}` } };
		const file = { parameterType: 'formBinaryData', name: 'f', inputDataFieldName: 'data' };

		/** Less than the file twice, with room for what the process needs by itself. */
		const MOST = 150;

		async function growthOf(...nodes: Node[]): Promise<number> {
			let execution: Execution | undefined;
			const growth = await peakGrowth(n8n.pid, async () => {
				execution = await run(guarded, ...nodes);
			});
			expect(execution?.status).toBe('success');
			const [item] = outputOf(execution as Execution, 'Download');
			expect(item?.['binary']).toMatchObject({ data: { bytes: SIZE } });
			console.log(`${nodes.at(-1)?.name}: n8n grew by ${growth.toFixed(0)} MB at most`);
			return growth;
		}

		test('is downloaded', async () => {
			expect(await growthOf(download)).toBeLessThan(MOST);
		});

		test('is uploaded', async () => {
			const upload = { method: 'PUT', url: 'echo', sendBody: true, contentType: 'binaryData' };
			const parameters = { ...upload, inputDataFieldName: 'data' };
			expect(await growthOf(download, { name: 'Upload', parameters })).toBeLessThan(MOST);
			const { bodyBytes, bodySha256 } = businessCalls().at(-1) ?? {};
			expect({ bodyBytes, bodySha256 }).toEqual({ bodyBytes: SIZE, bodySha256: sha256 });
		});

		test('is uploaded in a form', async () => {
			const upload = { method: 'POST', url: 'echo', sendBody: true };
			const parameters = {
				...upload,
				contentType: 'multipart-form-data',
				bodyParameters: { parameters: [file] },
			};
			expect(await growthOf(download, { name: 'Upload form', parameters })).toBeLessThan(MOST);
			const { bodyBytes = 0, headers } = businessCalls().at(-1) ?? {};
			expect(bodyBytes).toBeGreaterThan(SIZE);
			expect(headers?.['content-length']).toBe(String(bodyBytes));
		});
	});
});
