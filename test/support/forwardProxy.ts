import {
	createServer,
	request as send,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** An HTTP proxy that notes what goes through it. */
export interface ForwardProxy {
	url: string;
	/** Method and target of each request and tunnel, e.g. `CONNECT 127.0.0.1:443`. */
	passed: string[];
	close(): Promise<void>;
}

/** Starts a proxy that passes on plain requests, and opens tunnels for HTTPS. */
export async function startForwardProxy(): Promise<ForwardProxy> {
	const passed: string[] = [];

	function passOn(request: IncomingMessage, response: ServerResponse): void {
		passed.push(`${request.method} ${request.url}`);
		const { method, headers } = request;
		const onward = send(request.url ?? '', { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.writeHead(502).end());
		request.pipe(onward);
	}

	function openTunnel(request: IncomingMessage, client: Duplex): void {
		passed.push(`${request.method} ${request.url}`);
		const [host, port] = (request.url ?? '').split(':');
		const server = connect(Number(port), host, () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			client.pipe(server).pipe(client);
		});
		server.on('error', () => client.destroy());
		client.on('error', () => server.destroy());
		client.on('close', () => server.destroy());
	}

	const sockets = new Set<Socket>();
	const server = createServer(passOn)
		.on('connect', openTunnel)
		.on('connection', (socket) => {
			sockets.add(socket);
			socket.on('close', () => sockets.delete(socket));
		});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		passed,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				// A server forgets the connections it has made tunnels of.
				for (const socket of sockets) socket.destroy();
			}),
	};
}
