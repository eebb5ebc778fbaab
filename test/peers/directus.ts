import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNode24, withNode } from '../../host/node';
import { freePort } from '../../host/ports';
import { CACHE, installLocked, isInstalled, run, step } from '../../host/step';
import { startService, type Service } from '../system/service';

const FOLDER = join(CACHE, 'peers', 'directus');
const SQLITE = join(FOLDER, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
const CLI = join(FOLDER, 'node_modules', 'directus', 'cli.js');

const START_MS = 120_000;
/** How long its tokens are good for. */
const LIFETIME_SECONDS = 5;

/** A running Directus, and what logs in to it. */
export interface Directus extends Service {
	baseUrl: string;
	email: string;
	password: string;
	lifetimeSeconds: number;
}

/** Installs the pinned Directus below `.cache`, unless it is there already. */
export async function installDirectus(): Promise<void> {
	// Not where its lock file is: jest would look through its packages.
	cpSync(join(__dirname, 'directus'), FOLDER, { recursive: true });
	if (!isInstalled(FOLDER)) {
		await step('Installing Directus (700 MB, the first time only)', () =>
			installLocked(FOLDER, 'peers-directus'),
		);
	}
	if (existsSync(SQLITE)) return;
	await step('Building SQLite for Directus (the first time only)', () => {
		const node = findNode24();
		const env = withNode(node, process.env);
		if (node.headers) env['npm_config_nodedir'] = node.headers;
		const args = ['rebuild', 'sqlite3', '--ignore-scripts=false'];
		return run('npm', args, { cwd: FOLDER, env, log: 'peers-sqlite' });
	});
}

/** Starts a new Directus on the loopback interface. */
export async function startDirectus(): Promise<Directus> {
	const data = join(FOLDER, 'data');
	rmSync(data, { recursive: true, force: true });
	mkdirSync(data);
	const port = await freePort();
	const baseUrl = `http://127.0.0.1:${port}`;
	const email = 'admin@example.com';
	const password = 'fake-directus-"quoted"&a=b+c%25 $& {{username}} \\é';
	const node = findNode24();
	const env = withNode(node, {
		...process.env,
		HOST: '127.0.0.1',
		PORT: String(port),
		PUBLIC_URL: baseUrl,
		SECRET: 'fake-directus-secret-for-tests',
		ADMIN_EMAIL: email,
		ADMIN_PASSWORD: password,
		ACCESS_TOKEN_TTL: `${LIFETIME_SECONDS}s`,
		DB_CLIENT: 'sqlite3',
		DB_FILENAME: join(data, 'data.db'),
		STORAGE_LOCAL_ROOT: data,
		EXTENSIONS_PATH: data,
		SERVE_APP: 'false',
		TELEMETRY: 'false',
		NO_UPDATE_NOTIFIER: '1',
		LOG_LEVEL: 'warn',
	});
	await run(node.bin, [CLI, 'bootstrap'], { cwd: FOLDER, env, log: 'peers-directus-bootstrap' });
	const service = await startService(node.bin, [CLI, 'start'], {
		logFile: join(data, 'log'),
		port,
		env,
		startMs: START_MS,
		isUp: () => answers(`${baseUrl}/server/ping`),
	});
	return { ...service, baseUrl, email, password, lifetimeSeconds: LIFETIME_SECONDS };
}

/** Whether a URL answers with success. */
export async function answers(url: string): Promise<boolean> {
	return await fetch(url).then(
		({ ok }) => ok,
		() => false,
	);
}
