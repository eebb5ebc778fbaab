import axios from 'axios';
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { n8nFolder } from './n8nFolder';
import { findNode, withNode } from './node';
import { freePort, isFree } from './ports';
import { Failure } from './step';

const START_MS = 180_000;
const STOP_MS = 10_000;

/** What to start n8n with. */
export interface N8nOptions {
	userFolder: string;
	/** Any free one by default. */
	port?: number;
	env?: Record<string, string>;
	/** In queue mode: `worker` runs what the main process hands out, and has no editor. */
	role?: 'main' | 'worker';
}

/** An n8n that is up. */
export interface N8n {
	url: string;
	/** Of its main process. */
	pid: number;
	/** Where all it prints goes. */
	logFile: string;
	/** Resolves when it ends by itself. */
	ended: Promise<void>;
	/** Ends it and its children. */
	stop(): Promise<void>;
	/** Ends them at once, as a machine that is switched off does. */
	kill(): Promise<void>;
}

/**
 * Starts n8n on its embedded SQLite and waits until its editor can be used.
 *
 * @example
 * const n8n = await startN8n({ userFolder: '/tmp/n8n' });
 * // … n8n.url …
 * await n8n.stop();
 */
export async function startN8n(options: N8nOptions): Promise<N8n> {
	const port = options.port ?? (await freePort());
	if (!(await isFree(port))) throw new Failure(`Port ${port} is in use.`);
	mkdirSync(options.userFolder, { recursive: true });
	const logFile = join(options.userFolder, 'n8n.log');
	const output = openSync(logFile, 'w');
	const node = findNode();
	const bin = join(n8nFolder(), 'node_modules', 'n8n', 'bin', 'n8n');
	const isWorker = options.role === 'worker';
	const child = spawn(node.bin, [bin, isWorker ? 'worker' : 'start'], {
		cwd: options.userFolder,
		env: {
			...withNode(node, ownEnvironment()),
			...(await settings(options.userFolder, port)),
			...options.env,
		},
		// A group of its own: n8n's task runner is a child, and is to end with it.
		detached: true,
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	const killGroup = () => signalGroup(child, 'SIGKILL');
	process.once('exit', killGroup);
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});

	async function stop() {
		signalGroup(child, 'SIGTERM');
		await Promise.race([ended, wait(STOP_MS, undefined, { ref: false })]);
		await kill();
	}

	async function kill() {
		killGroup();
		await ended;
		process.off('exit', killGroup);
	}

	const pid = child.pid ?? 0;
	const n8n = { url: `http://127.0.0.1:${port}`, pid, logFile, ended, stop, kill };
	const isUp = await Promise.race([n8nIsUp(n8n.url, isWorker), ended.then(() => false)]);
	if (isUp) return n8n;
	await stop();
	throw new Failure(`n8n did not start. ${lastWords(n8n)}`);
}

/** The end of what n8n printed, for a message. */
export function lastWords({ logFile }: Pick<N8n, 'logFile'>): string {
	const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
	return `It said last:\n${tail}\nAll of it: ${relative(process.cwd(), logFile)}`;
}

async function settings(userFolder: string, port: number): Promise<Record<string, string>> {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		// The default would clash with another n8n on this machine.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
	};
}

/** Ours without what would make this another n8n, or another Node.js, than the one meant. */
function ownEnvironment(): NodeJS.ProcessEnv {
	const isForeign = (name: string) => /^(N8N_|DB_|QUEUE_|npm_|NODE_OPTIONS$|NODE_ENV$)/.test(name);
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name)));
}

/**
 * Waits until n8n can be used; gives `false` when it takes too long. While its database is being set up n8n answers
 * every path with a page that says so.
 */
export async function n8nIsUp(url: string, isWorker = false): Promise<boolean> {
	const client = axios.create({ baseURL: url, proxy: false, timeout: 5000 });
	const path = isWorker ? '/healthz/readiness' : '/rest/settings';
	for (const deadline = Date.now() + START_MS; Date.now() < deadline; await wait(200)) {
		const answer = await client.get<{ data?: object }>(path).catch(() => null);
		if (answer && (isWorker || answer.data.data)) return true;
	}
	return false;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// It has ended.
	}
}
