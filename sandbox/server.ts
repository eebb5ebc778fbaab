import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { receiveBody } from './body';
import { text } from './respond';
import type { Exchange, RecordedRequest } from './types';

const HOST = '127.0.0.1';
const KEEP_ALIVE_MS = 60_000;
const TOKEN_HEADERS = ['maxus_jwt', 'authorization'];

export interface Listening {
	url: string;
	close(): Promise<void>;
}

/** Starts an HTTP server, or an HTTPS one if a certificate is given, on the loopback address. */
export async function listen(
	listener: RequestListener,
	port: number,
	certificate?: { key: string; cert: string },
): Promise<Listening> {
	const server: Server = certificate
		? createTlsServer(certificate, listener)
		: createServer(listener);
	// Longer than a client keeps one idle, so that no request meets a closing connection.
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const scheme = certificate ? 'https' : 'http';
	return {
		url: `${scheme}://${HOST}:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** Makes a self-signed certificate for the loopback address. */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
	const { generate } = await import('selfsigned');
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'sandbox' }], {
		keyType: 'ec',
		extensions: [
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: 'localhost' },
					{ type: 7, ip: HOST },
				],
			},
		],
	});
	return { key, cert };
}

/** Begins the record of a request from its head; the body is added by {@link receive}. */
export function record(
	request: IncomingMessage,
	vendor: RecordedRequest['vendor'],
	at: number,
): RecordedRequest {
	const target = request.url ?? '/';
	const mark = target.indexOf('?');
	return {
		vendor,
		kind: 'business',
		at,
		method: request.method ?? '',
		path: mark < 0 ? target : target.slice(0, mark),
		query: mark < 0 ? '' : target.slice(mark + 1),
		url: `${originOf(request)}${target}`,
		headers: { ...request.headers } as Record<string, string | string[]>,
		rawHeaders: request.rawHeaders,
		body: '',
		rawBody: Buffer.alloc(0),
		bodyBytes: 0,
		bodySha256: '',
		token: carriedToken(request),
		status: 0,
		aborted: false,
	};
}

/** Sees a request as the vendor does whose base URL ends with `prefix`. */
export function exchangeOf(
	request: IncomingMessage,
	requestRecord: RecordedRequest,
	prefix: string,
): Exchange {
	return {
		record: requestRecord,
		headers: request.headers,
		path: requestRecord.path.slice(prefix.length) || '/',
		query: new URLSearchParams(requestRecord.query),
		origin: originOf(request),
		address: request.socket.remoteAddress ?? '',
		content: Buffer.alloc(0),
	};
}

/** Reads the body into the exchange and its record. */
export async function receive(request: IncomingMessage, exchange: Exchange): Promise<void> {
	const body = await receiveBody(request);
	exchange.content = body.content;
	exchange.record.rawBody = body.recorded;
	exchange.record.body = body.recorded.toString('utf8');
	exchange.record.bodyBytes = body.bytes;
	exchange.record.bodySha256 = body.sha256;
}

/** The answer to a path that belongs to no vendor, or that a base URL was joined to wrongly. */
export const unknownPath = () => text(404, 'Not Found');

function originOf(request: IncomingMessage): string {
	const scheme = 'encrypted' in request.socket ? 'https' : 'http';
	return `${scheme}://${request.headers.host ?? HOST}`;
}

function carriedToken({ headers }: IncomingMessage): string | null {
	for (const name of TOKEN_HEADERS) {
		const value = headers[name];
		if (typeof value === 'string') return value.replace(/^Bearer /, '');
	}
	return null;
}
