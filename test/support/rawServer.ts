import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, Server as TlsServer, type TlsOptions } from 'node:tls';

import { generate } from 'selfsigned';

const running: Array<() => void> = [];

/** Ends every server of {@link rawServer} and {@link tlsServer}. */
export function closeRawServers(): void {
	for (const close of running.splice(0)) close();
}

/** A server below HTTP: it does with the connection what it likes, once something has come. */
export async function rawServer(onRequest: (socket: Socket) => void): Promise<string> {
	return `http://127.0.0.1:${await listen(createServer(), onRequest)}`;
}

/** A server that answers over TLS. */
export async function tlsServer(options: TlsOptions): Promise<string> {
	const server = createTlsServer(options);
	server.on('tlsClientError', () => {});
	const port = await listen(server, answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
	return `https://127.0.0.1:${port}`;
}

/** Sends these bytes, whatever they are, and closes. */
export const answering = (bytes: string | Buffer) => (socket: Socket) => {
	socket.end(bytes);
};

async function listen(server: Server, onRequest: (socket: Socket) => void): Promise<number> {
	const sockets = new Set<Socket>();
	const event = server instanceof TlsServer ? 'secureConnection' : 'connection';
	server.on(event, (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.once('data', () => onRequest(socket));
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	running.push(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

const DAY_MS = 86_400_000;

/** A self-signed certificate for an address, valid from so many days ahead of now up to so many. */
export async function certificateFor(
	name: { ip: string } | { host: string },
	[from, to]: [days: number, days: number] = [-1, 1],
): Promise<{ key: string; cert: string }> {
	const altName = 'ip' in name ? { type: 7, ip: name.ip } : { type: 2, value: name.host };
	const made = await generate([{ name: 'commonName', value: 'test' }], {
		algorithm: 'sha256',
		notBeforeDate: new Date(Date.now() + from * DAY_MS),
		notAfterDate: new Date(Date.now() + to * DAY_MS),
		extensions: [{ name: 'subjectAltName', altNames: [altName] }],
	} as Parameters<typeof generate>[1]);
	return { key: made.private, cert: made.cert };
}
