import { detect } from 'detect-port';

/** A port nobody listens on: the first free one from `first` on, or any. */
export const freePort = async (first = 0): Promise<number> =>
	await detect({ port: first, hostname: '127.0.0.1' });

/** Whether a server can listen on this port of the loopback interface. */
export const isFree = async (port: number): Promise<boolean> => (await freePort(port)) === port;
