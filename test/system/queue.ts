import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installHost } from '../../host/install';
import { claimFolder } from '../../host/lock';
import { startN8n } from '../../host/n8n';
import { installPackage, packPackage } from '../../host/pack';
import { CACHE } from '../../host/step';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

/** An n8n in queue mode: a main process, and one worker that runs all executions. */
export interface Queue {
	/** Of the main process. */
	url: string;
	/** All that either process has printed so far. */
	log(role: 'main' | 'worker'): string;
	/** All that is in PostgreSQL, and in Redis. */
	dump(): { postgres: string; redis: string };
	stop(): Promise<void>;
}

/** Starts PostgreSQL, Redis and both processes of n8n with the packed package in each. */
export async function startQueue(): Promise<Queue> {
	const stops: Array<() => unknown> = [];
	const stop = async () => {
		for (const each of stops.splice(0).reverse()) await each();
	};
	try {
		const home = join(CACHE, 'queue');
		stops.push(claimFolder(home));
		await installHost();
		const packed = await packPackage();
		const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
		stops.push(() => rmSync(folder, { recursive: true, force: true }));
		const postgres = await startPostgres(folder);
		stops.push(postgres.stop);
		const redis = await startRedis(folder);
		stops.push(redis.stop);
		const env = {
			...postgres.env,
			...redis.env,
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_ENCRYPTION_KEY: 'fake-encryption-key-for-tests',
		};
		const start = async (role: 'main' | 'worker') => {
			const userFolder = join(home, role);
			await installPackage(packed, userFolder);
			const n8n = await startN8n({ userFolder, env, role });
			stops.push(() => n8n.stop());
			return n8n;
		};
		// One after the other: both would set up the empty database.
		const processes = { main: await start('main'), worker: await start('worker') };
		return {
			url: processes.main.url,
			log: (role) => readFileSync(processes[role].logFile, 'utf8'),
			dump: () => ({ postgres: postgres.dump(), redis: redis.dump() }),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
