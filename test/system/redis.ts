import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../host/ports';
import { findProgram, startService, succeeds, type Service } from './service';

const HOST = '127.0.0.1';

/** An empty Redis. */
export interface Redis extends Service {
	/** How n8n is told to use it. */
	env: Record<string, string>;
	/** All that is in it, as text. */
	dump(): string;
	/** Takes it away for a while; what is in it stays. */
	beAwayFor(ms: number): Promise<void>;
}

/** Starts Redis on the loopback interface, with its data below a folder. */
export async function startRedis(folder: string): Promise<Redis> {
	const data = join(folder, 'redis');
	mkdirSync(data);
	const port = await freePort();
	const cli = (...args: string[]) => ['-h', HOST, '-p', String(port), ...args];
	const client = findProgram('redis-cli');
	// Uncompressed, a text can be found in what it saves.
	const settings = {
		bind: HOST,
		port,
		dir: data,
		save: '',
		rdbcompression: 'no',
		appendonly: 'yes',
		appendfsync: 'always',
	};
	const start = async () =>
		await startService(
			findProgram('redis-server'),
			Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
			{
				logFile: join(folder, 'redis.log'),
				port,
				isUp: () => succeeds(client, cli('-e', 'ping')),
			},
		);
	let service = await start();
	return {
		port,
		stop: async () => await service.stop(),
		async beAwayFor(ms) {
			await service.stop();
			await wait(ms);
			service = await start();
		},
		env: { QUEUE_BULL_REDIS_HOST: HOST, QUEUE_BULL_REDIS_PORT: String(port) },
		dump() {
			execFileSync(client, cli('-e', 'save'), { stdio: 'pipe' });
			return readFileSync(join(data, 'dump.rdb'), 'latin1');
		},
	};
}
