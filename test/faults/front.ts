import {
	createServer as createHttpServer,
	request as sendOn,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import type { Sandbox } from '../../sandbox';

/** Which of a vendor's two kinds of requests. */
export type Kind = 'token' | 'business';

/** What stands in front of the vendor, and does what it likes with a request. */
export interface Front {
	url: string;
	/** How many requests of each kind have come. */
	counts: Record<Kind, number>;
	/** What became of faults that could not be done. */
	undone: unknown[];
	close: () => void;
}

/** One request that has come whole. */
export interface Arrival {
	request: IncomingMessage;
	body: Buffer;
	response: ServerResponse;
	/** Sends these bytes below HTTP, and closes. */
	raw: (bytes: string | Buffer) => void;
	/** What the vendor answers. */
	vendor: () => Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>;
	/** Every token that the vendors have issued so far. */
	issued: () => string[];
}

/** What a request meets; business requests for the second item meet nothing. */
export type Fault = (arrival: Arrival) => unknown;

/** Whether a request is for the item that must not be harmed. */
const isOther = (path: string) => path.includes('other');

/** Starts a front for the vendors of the sandbox. */
export async function startFront(
	sandbox: Sandbox,
	faulty: { kind: Kind; fault: Fault },
	tls?: { key: string; cert: string },
): Promise<Front> {
	const counts = { token: 0, business: 0 };
	const undone: unknown[] = [];
	const issued = () => sandbox.requests.flatMap(({ token }) => token ?? []);
	const sockets = new Set<Socket>();
	const listener = (request: IncomingMessage, response: ServerResponse) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('error', () => {});
		response.on('error', () => {});
		request.on('end', () => {
			const path = request.url ?? '';
			const body = Buffer.concat(chunks);
			const kind = sandbox.kindOf(request, body);
			const vendor = async () => await askVendor(sandbox.url, request, body);
			const raw = (bytes: string | Buffer) => void request.socket.end(bytes);
			if (!isOther(path) && kind !== 'logout') counts[kind] += 1;
			if (kind === faulty.kind && !isOther(path)) {
				const arrival = { request, body, response, raw, vendor, issued };
				void Promise.resolve(faulty.fault(arrival)).catch((error: unknown) => {
					undone.push(error);
					response.destroy();
				});
				return;
			}
			void vendor().then(({ status, headers, body: answer }) => {
				response.writeHead(status, headers).end(answer);
			});
		});
	};
	const server: Server = tls ? createTlsServer(tls, listener) : createHttpServer(listener);
	server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		counts,
		undone,
		close: () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}

async function askVendor(vendorUrl: string, request: IncomingMessage, body: Buffer) {
	const { method, headers, url } = request;
	return await new Promise<Awaited<ReturnType<Arrival['vendor']>>>((resolve, reject) => {
		const asked = sendOn(`${vendorUrl}${url}`, { method, headers }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () =>
				resolve({
					status: answer.statusCode ?? 0,
					headers: withoutFraming(answer.headers),
					body: Buffer.concat(chunks),
				}),
			);
		});
		asked.on('error', reject);
		asked.end(body);
	});
}

/** The body is sent whole, whatever its parts were. */
function withoutFraming({ 'transfer-encoding': _, ...others }: IncomingMessage['headers']) {
	return others;
}
