import { connect } from 'node:tls';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { MaxusToken } from '../../nodes/MaxusToken/MaxusToken.node';
import { providers } from '../../providers';
import type { ProviderType } from '../../providers/registry';
import { startSandbox, vendorOf, type Sandbox } from '../../sandbox';
import { startForwardProxy, type ForwardProxy } from '../support/forwardProxy';
import { itNeeds } from './abilities';
import { pressTest } from './credentialTest';
import { engine } from './engine';
import { runHelpers, runNode } from './harness';

let sandbox: Sandbox;
let proxy: ForwardProxy;
beforeAll(async () => {
	[sandbox, proxy] = await Promise.all([startSandbox({ tls: true }), startForwardProxy()]);
});
beforeEach(() => {
	sandbox.reset();
	proxy.passed.length = 0;
});
afterAll(async () => await Promise.all([sandbox.close(), proxy.close()]));

const types = Object.keys(providers) as ProviderType[];

/** The credential of the sandbox, for the same service over TLS, with `more`. */
function overTls(type: ProviderType, more: object = {}) {
	const credential = sandbox.credentials[type];
	const baseUrl = credential.baseUrl.replace(sandbox.url, sandbox.tlsUrl ?? '');
	return { ...credential, baseUrl, ...more };
}

const IGNORING = { allowUnauthorizedCerts: true };

const REFUSED = /^The certificate of 127\.0\.0\.1:\d+ is not trusted/;

/** A call of n8n's HTTP Request node. */
async function fromHttpRequest(type: ProviderType, credential: object, options: object = {}) {
	const { path, ...call } = vendorOf(type).sample('1');
	const { baseUrl } = credential as { baseUrl: string };
	return await runHelpers({ credentials: { [type]: credential as never } }, async (context) => {
		const { requestWithAuthentication } = context.helpers as IExecuteFunctions['helpers'];
		const request = { uri: baseUrl + path, json: true, ...call, ...options } as never;
		await requestWithAuthentication.call(context, type, request, undefined, 0);
		return {};
	});
}

/** A call of Authenticated Request. */
async function fromOurs(
	type: ProviderType,
	credential: object,
	options: IDataObject = {},
	url = vendorOf(type).sample('1').path,
) {
	const { method } = vendorOf(type).sample('1');
	return await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: { provider: type, method, url, options: { maxRetries: 0, ...options } },
		credentials: { [type]: credential as never },
	});
}

const kinds = () => sandbox.requests.map(({ kind }) => kind);

describe.each(types)('a self-signed service of %s', (type) => {
	it('is reached by Test, HTTP Request and Authenticated Request, if its credential allows it', async () => {
		const credential = overTls(type, IGNORING);
		expect(await pressTest(type, credential)).toMatchObject({ status: 'OK' });
		expect((await fromHttpRequest(type, credential)).error).toBeNull();
		expect((await fromOurs(type, credential)).error).toBeNull();
		expect(sandbox.requests.every(({ url }) => url.startsWith('https:'))).toBe(true);
		expect(kinds().filter((kind) => kind === 'business').length).toBeGreaterThanOrEqual(2);
	});

	it('gets no secret by the switch of a node alone', async () => {
		const credential = overTls(type);
		const answers = [
			(await pressTest(type, credential)).message,
			(await fromHttpRequest(type, credential, { rejectUnauthorized: false })).error?.message,
			(await fromOurs(type, credential, IGNORING)).error?.message,
		];
		expect(answers).toEqual(Array(3).fill(expect.stringMatching(REFUSED)));
		expect(sandbox.requests).toEqual([]);
	});
});

/** The certificate of the sandbox, as a workflow may bring it as its own authority. */
async function authorityOf(url: string): Promise<string> {
	const { hostname, port } = new URL(url);
	return await new Promise((resolve, reject) => {
		const socket = connect(
			{ host: hostname, port: Number(port), rejectUnauthorized: false },
			() => {
				const { raw } = socket.getPeerCertificate();
				socket.destroy();
				const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
				resolve(['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n'));
			},
		);
		socket.on('error', reject);
	});
}

describe.each(types)('the certificate authority that a workflow brings, %s', (type) => {
	const { path, method } = vendorOf(type).sample('1');
	const run = async (credential: object, ca: string, url = path) =>
		await runNode({
			node: new AuthenticatedRequest(engine),
			parameters: {
				provider: type,
				method,
				url,
				provideSslCertificates: true,
				options: { maxRetries: 0 },
			},
			credentials: { [type]: credential as never, httpSslAuth: { ca } },
		});

	it('is not trusted with a login', async () => {
		const ca = await authorityOf(sandbox.tlsUrl ?? '');
		const { error } = await run(overTls(type), ca);
		expect(error?.message).toMatch(REFUSED);
		expect(error?.description).toContain(
			'The certificate authority of "SSL Certificates" counts for the calls of the node alone. For the login, n8n itself has to trust it (NODE_EXTRA_CA_CERTS), or the credential has to ignore SSL issues.',
		);
		expect(sandbox.requests).toEqual([]);
	});

	itNeeds.certificates('is trusted with a call', async () => {
		const tls = sandbox.tlsUrl ?? '';
		const hosts = { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' };
		const { baseUrl } = sandbox.credentials[type];
		const url = `${baseUrl.replace(sandbox.url, tls)}${path}`;
		const credential = { ...sandbox.credentials[type], ...hosts };
		const { error } = await run(credential, await authorityOf(tls), url);
		expect(error).toBeNull();
		expect(sandbox.requests.map((one) => one.url.split(':')[0])).toEqual(['http', 'https']);
		const { error: without } = await fromOurs(type, credential, {}, url);
		expect(without?.message).toMatch(REFUSED);
	});
});

it('an untrusted certificate is told with the switch that helps', async () => {
	const { error } = await fromOurs('maxusApi', overTls('maxusApi'), IGNORING);
	expect(error?.description).toBe(
		'Check the address. If the service uses a self-signed certificate that you trust, switch on "Ignore SSL Issues" in the credential (that of a node is for its calls alone).',
	);
});

describe.each(types)('the proxy of %s', (type) => {
	const targets = () => proxy.passed.map((passed) => passed.replace(/\?.*/, ''));

	it('takes token requests and calls, if it is that of the credential', async () => {
		const credential = { ...sandbox.credentials[type], proxy: ` ${proxy.url} ` };
		expect(await pressTest(type, credential)).toMatchObject({ status: 'OK' });
		expect((await fromHttpRequest(type, credential)).error).toBeNull();
		expect((await fromOurs(type, credential)).error).toBeNull();
		expect(targets()).toHaveLength(sandbox.requests.length);
	});

	it('takes calls alone, if it is that of the node', async () => {
		const credential = sandbox.credentials[type];
		expect((await fromOurs(type, credential, { proxy: proxy.url })).error).toBeNull();
		expect(kinds()).toEqual(['token', 'business']);
		expect(targets()).toEqual([
			`${sandbox.requests[1]?.method} ${sandbox.requests[1]?.url.replace(/\?.*/, '')}`,
		]);
	});
});

describe('a limit that several processes share', () => {
	// Maxus allows 600 requests a minute.
	it('is refused by name where it is too low for all of them, in every consumer', async () => {
		const credential = { ...sandbox.credentials.maxusApi, processes: 601 };
		const getToken = await runNode({
			node: new MaxusToken(engine),
			credentials: { maxusApi: credential as never },
		});
		const answers = [
			(await pressTest('maxusApi', credential)).message,
			(await fromHttpRequest('maxusApi', credential)).error?.message,
			(await fromOurs('maxusApi', credential)).error?.message,
			getToken.error?.message,
		];
		const refused = /^600 requests a minute are too few for the 601 processes that share them/;
		expect(answers).toEqual(Array(4).fill(expect.stringMatching(refused)));
		expect(sandbox.requests).toEqual([]);
	});

	it('is none where the vendor names none', async () => {
		const credential = { ...sandbox.credentials.serviceCombApi, processes: 601 };
		expect((await fromOurs('serviceCombApi', credential)).error).toBeNull();
	});
});

it('the proxy of a node goes before that of the credential, for calls', async () => {
	const nobody = 'http://user:fake-proxy-secret@127.0.0.1:1';
	const credential = { ...sandbox.credentials.maxusApi, proxy: proxy.url };
	const { error } = await fromOurs('maxusApi', credential, { proxy: nobody });
	expect(error?.message).toMatch(/^The proxy 127\.0\.0\.1:1 could not be used/);
	expect(kinds()).toEqual(['token']);
	expect(proxy.passed).toHaveLength(1);
});

it('says of a login that did not get through without the proxy of the node where to set it', async () => {
	const credential = { ...sandbox.credentials.maxusApi, baseUrl: 'http://127.0.0.1:1' };
	const { error } = await fromOurs('maxusApi', credential, { proxy: proxy.url });
	expect(error?.message).toBe('127.0.0.1:1 refused the connection');
	expect(error?.description).toMatch(
		/The token request was not sent by way of the "Proxy" of the node: where it needs one, set "Proxy" in the credential\.$/,
	);
	expect(proxy.passed).toEqual([]);
});
