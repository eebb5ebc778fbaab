import { brotliCompressSync, gzipSync } from 'node:zlib';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { NetworkError } from '../../providers/kit/errors';
import { explainNetworkFault } from '../../providers/http/networkFault';
import {
	answering,
	certificateFor,
	closeRawServers,
	rawServer,
	tlsServer,
} from '../support/rawServer';
import { itNeeds } from './abilities';
import { runHelpers } from './harness';

afterEach(closeRawServers);

/** The type asks for an object as proxy; the helper takes the address, too. */
type Options = Omit<Partial<IHttpRequestOptions>, 'proxy'> & { proxy?: string };

/** What is said of a POST that n8n's helper sends there. */
async function explained(url: string, options: Options = {}): Promise<NetworkError> {
	let fault: unknown = null;
	await runHelpers({}, async ({ helpers }) => {
		let isResponding = false;
		try {
			const sent = { method: 'POST', url, body: '{}', encoding: 'stream', timeout: 1000 } as const;
			const { body } = (await helpers.httpRequest({
				...sent,
				...(options as object),
				returnFullResponse: true,
			})) as { body: AsyncIterable<Buffer> };
			isResponding = true;
			for await (const part of body) expect(part).toBeInstanceOf(Buffer);
		} catch (error) {
			fault = explainNetworkFault(error, url, { proxy: options.proxy, isResponding });
		}
		return {};
	});
	expect(fault).toBeInstanceOf(NetworkError);
	return fault as NetworkError;
}

const hostOf = (url: string) => new URL(url).host;

const OK = 'HTTP/1.1 200 OK\r\n';

const MAY_BE_DONE = /The call may still have been carried out\.$/;

describe('an answer that is not HTTP', () => {
	it.each([
		['two lengths', `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
		['a length and chunks', `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`],
		['a length that is no number', `${OK}Content-Length: two\r\n\r\n{}`],
		['a negative length', `${OK}Content-Length: -1\r\n\r\n{}`],
		['a bare line feed', 'HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'],
		['a bare carriage return', `${OK}A: b\rContent-Length: 2\r\n\r\n{}`],
		['a blank in the name of a header', `${OK}A b: c\r\n\r\n{}`],
		['a control character in a header', `${OK}A: \x01\r\n\r\n{}`],
		['a status that is no number', 'HTTP/1.1 abc OK\r\n\r\n'],
	])('%s', async (_what, bytes) => {
		const url = await rawServer(answering(bytes));
		expect(await explained(url)).toMatchObject({
			message: `The response of ${hostOf(url)} is not valid HTTP`,
			description: expect.stringMatching(MAY_BE_DONE),
			vendorCode: expect.stringMatching(/^HPE_[A-Z_]+$/),
			isTransient: false,
			wasNotSent: false,
		});
	});

	it.each([
		['one header', `${OK}A: ${'x'.repeat(100_000)}\r\n\r\n{}`],
		['many headers', `${OK}${'Name: value\r\n'.repeat(5000)}\r\n{}`],
	])('headers that are too large: %s', async (_what, bytes) => {
		const url = await rawServer(answering(bytes));
		expect(await explained(url)).toMatchObject({
			message: `The headers of the response of ${hostOf(url)} are too large`,
			description: expect.stringMatching(MAY_BE_DONE),
			vendorCode: 'HPE_HEADER_OVERFLOW',
		});
	});

	it.each([
		['SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
		['a page without a head', '<html>hello</html>'],
		['a version there is not', 'HTTP/9.9 200 OK\r\n\r\n'],
	])('%s', async (_what, bytes) => {
		const url = await rawServer(answering(bytes));
		expect((await explained(url)).message).toBe(`${hostOf(url)} does not respond in HTTP`);
	});
});

describe('an answer that breaks off', () => {
	it.each([
		['in its length', `${OK}Content-Length: 20\r\n\r\n{"a":`],
		['in a chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n9\r\n{"a":`],
		['between two chunks', `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`],
		['with a chunk that is none', `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`],
	])('%s', async (_what, bytes) => {
		const url = await rawServer(answering(bytes));
		expect(await explained(url)).toMatchObject({
			message: `${hostOf(url)} broke off its response`,
			description: expect.stringMatching(MAY_BE_DONE),
			isTransient: true,
			wasNotSent: false,
		});
	});

	it('by a reset', async () => {
		const url = await rawServer((socket) => {
			socket.write(`${OK}Content-Length: 20\r\n\r\n{"a":`, () =>
				setImmediate(() => socket.resetAndDestroy()),
			);
		});
		expect((await explained(url)).message).toBe(`${hostOf(url)} broke off its response`);
	});

	it.each([
		['nothing', answering('')],
		['half a head', answering('HTTP/1.1 200 OK\r\nConte')],
		['a reset', (socket: { resetAndDestroy(): unknown }) => void socket.resetAndDestroy()],
	])('before it began: %s', async (_what, onRequest) => {
		const url = await rawServer(onRequest);
		expect(await explained(url)).toMatchObject({
			message: `${hostOf(url)} closed the connection before it responded`,
			description: expect.stringMatching(MAY_BE_DONE),
			vendorCode: 'ECONNRESET',
		});
	});
});

it('no answer at all', async () => {
	const url = await rawServer(() => {});
	expect(await explained(url, { timeout: 50 })).toMatchObject({
		message: `${hostOf(url)} did not respond in time`,
		description: expect.stringMatching(MAY_BE_DONE),
	});
});

describe('an answer whose compression is damaged', () => {
	const page = Buffer.from('All is well. '.repeat(500));
	/** The same bytes with some in the middle turned over. */
	const damaged = (bytes: Buffer) =>
		Buffer.from(bytes.map((byte, index) => (index > 20 && index < 30 ? byte ^ 0xff : byte)));

	it.each([
		['gzip', Buffer.from('hello')],
		['gzip', damaged(gzipSync(page))],
		['deflate', Buffer.from('hello')],
		['br', damaged(brotliCompressSync(page))],
	])('%s', async (encoding, bytes) => {
		const head = `${OK}Content-Encoding: ${encoding}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
		const url = await rawServer(answering(Buffer.concat([Buffer.from(head), bytes])));
		expect(await explained(url)).toMatchObject({
			message: `The compressed response of ${hostOf(url)} is damaged`,
			description: expect.stringMatching(MAY_BE_DONE),
			isTransient: false,
			wasNotSent: false,
		});
	});
});

describe('TLS', () => {
	it('a certificate that nobody signed', async () => {
		const url = await tlsServer(await certificateFor({ ip: '127.0.0.1' }));
		const { message, description } = await explained(url);
		expect(message).toBe(`The certificate of ${hostOf(url)} is not trusted`);
		expect(description).toContain('"Ignore SSL Issues"');
	});

	itNeeds.certificates.each([
		[
			'for another host',
			{ host: 'other.example' },
			[-1, 1] as [number, number],
			(host: string) => `The certificate is not made for ${host}`,
			/belongs to another host/,
		],
		[
			'that has expired',
			{ ip: '127.0.0.1' },
			[-9, -1] as [number, number],
			(host: string) => `The certificate of ${host} has expired`,
			/has to renew it/,
		],
		[
			'of tomorrow',
			{ ip: '127.0.0.1' },
			[1, 2] as [number, number],
			(host: string) => `The certificate of ${host} is not valid yet`,
			/clock of the machine/,
		],
	])('a certificate %s', async (_what, name, validity, message, advice) => {
		const made = await certificateFor(name, validity);
		const url = await tlsServer(made);
		const fault = await explained(url, { agentOptions: { ca: made.cert } });
		expect(fault).toMatchObject({ message: message(hostOf(url)), wasNotSent: true });
		expect(fault.description).toMatch(advice);
	});

	itNeeds.certificates.each(['TLSv1.2', 'TLSv1.3'] as const)(
		'a client certificate is wanted (%s)',
		async (version) => {
			const made = await certificateFor({ ip: '127.0.0.1' });
			const wanted = { requestCert: true, rejectUnauthorized: true, maxVersion: version } as const;
			const url = await tlsServer({ ...made, ...wanted });
			const { message, description } = await explained(url, { agentOptions: { ca: made.cert } });
			expect(message).toMatch(/wants a client certificate|broke off the TLS handshake/);
			expect(description).toContain('"SSL Certificates"');
		},
	);

	itNeeds.certificates('a client certificate and a key that do not belong together', async () => {
		const [one, other] = await Promise.all(
			[1, 2].map(async () => await certificateFor({ ip: '127.0.0.1' })),
		);
		const url = await tlsServer(one as { key: string; cert: string });
		const agentOptions = { ca: one?.cert, cert: one?.cert, key: other?.key };
		expect((await explained(url, { agentOptions })).message).toBe(
			'The client certificate, its key or the passphrase cannot be used',
		);
	});

	it('https to a port of plain HTTP', async () => {
		const url = (await rawServer(answering(`${OK}\r\n`))).replace('http', 'https');
		const { message, description } = await explained(url);
		expect(message).toBe(`${hostOf(url)} does not speak HTTPS`);
		expect(description).toContain('http://');
	});

	it('http to a port of HTTPS', async () => {
		const url = await tlsServer(await certificateFor({ ip: '127.0.0.1' }));
		const { description } = await explained(url.replace('https', 'http'));
		expect(description).toContain('https://');
	});

	it('a connection that ends while it is secured', async () => {
		const url = (await rawServer(answering(''))).replace('http', 'https');
		expect(await explained(url)).toMatchObject({
			message: `${hostOf(url)} closed the connection before it was secured`,
			isTransient: true,
			wasNotSent: true,
		});
	});

	it('an old version', async () => {
		const made = await certificateFor({ ip: '127.0.0.1' });
		const old = {
			ciphers: 'DEFAULT@SECLEVEL=0',
			minVersion: 'TLSv1',
			maxVersion: 'TLSv1',
		} as const;
		const url = await tlsServer({ ...made, ...old });
		expect((await explained(url, { agentOptions: { ca: made.cert } })).message).toBe(
			`${hostOf(url)} speaks another version of TLS`,
		);
	});
});

describe('a proxy', () => {
	const targets = ['http://vendor.example/x', 'https://vendor.example/x'];

	it.each(targets)('that nobody runs, for %s', async (url) => {
		const { message, description } = await explained(url, { proxy: 'http://127.0.0.1:1' });
		expect(message).toBe(
			'The proxy 127.0.0.1:1 could not be used: 127.0.0.1:1 refused the connection',
		);
		expect(description).toMatch(/^The service itself was not reached\. Check "Proxy"/);
	});

	it.each(targets)('that is not known, for %s', async (url) => {
		const proxy = 'http://fake-user:fake-password@no-such-proxy.invalid:3128';
		const { message } = await explained(url, { proxy });
		expect(message).toBe(
			'The proxy no-such-proxy.invalid could not be used: The host no-such-proxy.invalid could not be found',
		);
	});

	it.each(targets)('whose certificate nobody signed, for %s', async (url) => {
		const proxy = await tlsServer(await certificateFor({ ip: '127.0.0.1' }));
		const { message } = await explained(url, { proxy });
		const host = hostOf(proxy);
		expect(message).toBe(
			url.startsWith('http:')
				? `The proxy ${host} could not be used: The certificate of ${host} is not trusted`
				: `The certificate of vendor.example (or of the proxy ${host}) is not trusted`,
		);
	});

	it('that closes the connection instead of opening a tunnel', async () => {
		const proxy = await rawServer(answering(''));
		const { message } = await explained('https://vendor.example/x', { proxy });
		expect(message).toBe(
			`The proxy ${hostOf(proxy)} could not be used: ${hostOf(proxy)} closed the connection before it was secured`,
		);
	});

	it('is not blamed when it does its work', async () => {
		const proxy = await rawServer(answering(`${OK}Content-Length: 9\r\n\r\n{}`));
		const { message } = await explained('http://vendor.example/x', { proxy });
		expect(message).toBe('vendor.example broke off its response');
	});
});

it('of the instance is told from the service by the port that was not reached', async () => {
	const before = process.env.HTTP_PROXY;
	process.env.HTTP_PROXY = 'http://127.0.0.1:1';
	try {
		expect((await explained('http://vendor.example/x')).message).toBe(
			'The proxy 127.0.0.1:1 could not be used: 127.0.0.1:1 refused the connection',
		);
	} finally {
		if (before === undefined) delete process.env.HTTP_PROXY;
		else process.env.HTTP_PROXY = before;
	}
});
