import { createServer, type AddressInfo } from 'node:net';

/** Whether a server can listen on this port of the loopback interface. */
export async function isFree(port: number): Promise<boolean> {
	return (await tryPort(port)) !== null;
}

/** A port nobody listens on: the first free one from `first` on, or any. */
export async function freePort(first = 0): Promise<number> {
	const found = await tryPort(first);
	return found ?? (await freePort(first + 1));
}

function tryPort(port: number): Promise<number | null> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', ({ code, message }: NodeJS.ErrnoException) => {
			if (code === 'EADDRINUSE' || code === 'EACCES') resolve(null);
			else reject(new Error(message));
		});
		server.listen(port, '127.0.0.1', () => {
			const { port: taken } = server.address() as AddressInfo;
			server.close(() => resolve(taken));
		});
	});
}
