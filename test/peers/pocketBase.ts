import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../host/ports';
import { CACHE, run, step } from '../../host/step';
import { startService, type Service } from '../system/service';
import { answers } from './directus';

const VERSION = 'v0.36.0';
const FOLDER = join(CACHE, 'peers', 'pocketbase');
const BINARY = join(FOLDER, 'base');

/** A running PocketBase, and who logs in to it. */
export interface PocketBase extends Service {
	baseUrl: string;
	email: string;
	password: string;
}

/** Builds the pinned PocketBase by way of the proxy of Go, unless it is there already. It takes Go 1.24. */
export async function installPocketBase(): Promise<void> {
	if (existsSync(BINARY)) return;
	mkdirSync(FOLDER, { recursive: true });
	await step('Building PocketBase (the first time only)', () =>
		run('go', ['install', `github.com/pocketbase/pocketbase/examples/base@${VERSION}`], {
			cwd: FOLDER,
			env: { ...process.env, GOBIN: FOLDER, GOFLAGS: '-mod=mod' },
			log: 'peers-pocketbase',
		}),
	);
}

/** Starts a new PocketBase on the loopback interface. */
export async function startPocketBase(): Promise<PocketBase> {
	const data = join(FOLDER, 'data');
	rmSync(data, { recursive: true, force: true });
	mkdirSync(data);
	const port = await freePort();
	const baseUrl = `http://127.0.0.1:${port}`;
	const email = 'admin@example.com';
	const password = 'fake-pocketbase-"q"&a=b+c%25 $& {{username}} \\é';
	const dir = `--dir=${data}`;
	const cwd = FOLDER;
	await run(BINARY, ['superuser', 'upsert', email, password, dir], {
		cwd,
		log: 'peers-pocketbase-user',
	});
	const service = await startService(BINARY, ['serve', `--http=127.0.0.1:${port}`, dir], {
		logFile: join(data, 'log'),
		port,
		isUp: () => answers(`${baseUrl}/api/health`),
	});
	return { ...service, baseUrl, email, password };
}
