import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installHost } from '../../host/install';
import { claimFolder } from '../../host/lock';
import { startN8n, type N8n } from '../../host/n8n';
import { installPackage, packPackage } from '../../host/pack';
import { CACHE } from '../../host/step';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

/** An n8n in queue mode: a main process, and workers that run all executions. */
export interface Queue {
	/** Of the main process. */
	url: string;
	/** All that the main process, or the first worker, has printed since it started. */
	log(role: 'main' | 'worker'): string;
	/** All that is in PostgreSQL, and in Redis. */
	dump(): { postgres: string; redis: string };
	/** The workers that run, the first one first. */
	workers: N8n[];
	startWorker(): Promise<N8n>;
	/** Ends the main process at once, and starts it again. */
	restartMain(): Promise<void>;
	/** Takes Redis away for a while. */
	loseRedisFor(ms: number): Promise<void>;
	stop(): Promise<void>;
}

/** Starts PostgreSQL, Redis, a main process and a worker with the packed package in each. */
export async function startQueue(settings: Record<string, string> = {}): Promise<Queue> {
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
			...settings,
		};
		const start = async (role: 'main' | 'worker', name: string, port?: number) => {
			const userFolder = join(home, name);
			await installPackage(packed, userFolder);
			const n8n = await startN8n({ userFolder, env, role, ...(port && { port }) });
			stops.push(() => n8n.stop());
			return n8n;
		};
		// One after the other: both would set up the empty database.
		let main = await start('main', 'main');
		const workers: N8n[] = [];
		let started = 0;
		const startWorker = async () => {
			started += 1;
			const worker = await start('worker', started === 1 ? 'worker' : `worker-${started}`);
			workers.push(worker);
			return worker;
		};
		const first = await startWorker();
		return {
			url: main.url,
			log: (role) => readFileSync({ main, worker: first }[role].logFile, 'utf8'),
			dump: () => ({ postgres: postgres.dump(), redis: redis.dump() }),
			workers,
			startWorker,
			async restartMain() {
				await main.kill();
				main = await start('main', 'main', Number(new URL(main.url).port));
			},
			loseRedisFor: redis.beAwayFor,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
