import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const START_MS = 30_000;

/** A server started by hand. */
export interface Service {
	port: number;
	/** Ends it at once: nothing of it is kept. */
	stop(): Promise<void>;
}

export interface ServiceOptions {
	/** Where all it prints goes. */
	logFile: string;
	port: number;
	/** Whom to run it as. */
	user?: User | undefined;
	env?: NodeJS.ProcessEnv;
	/** How long it may take to start. */
	startMs?: number;
	isUp: () => boolean | Promise<boolean>;
}

export interface User {
	uid: number;
	gid: number;
}

/** Starts a server and waits until it can be used. */
export async function startService(
	command: string,
	args: string[],
	{ logFile, port, user, env, startMs = START_MS, isUp }: ServiceOptions,
): Promise<Service> {
	const output = openSync(logFile, 'a');
	const child = spawn(command, args, {
		...user,
		env,
		cwd: '/',
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	const kill = () => void child.kill('SIGKILL');
	process.once('exit', kill);
	let hasEnded = false;
	const ended = new Promise<void>((resolve) => {
		const end = () => {
			hasEnded = true;
			resolve();
		};
		child.once('error', end);
		child.once('exit', end);
	});

	async function stop() {
		// To PostgreSQL this means not to wait for its clients.
		child.kill('SIGINT');
		await Promise.race([ended, wait(5000, undefined, { ref: false })]);
		kill();
		await ended;
		process.off('exit', kill);
	}

	for (const deadline = Date.now() + startMs; Date.now() < deadline && !hasEnded; await wait(50)) {
		if (await isUp()) return { port, stop };
	}
	await stop();
	throw new Error(`${command} did not start:\n${readFileSync(logFile, 'utf8')}`);
}

/** Whether a command ends well. */
export function succeeds(command: string, args: string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** Where a program is: on the path, or in one of these folders. */
export function findProgram(name: string, folders: string[] = []): string {
	const path = process.env['PATH']?.split(delimiter) ?? [];
	const found = [...path, ...folders].map((folder) => join(folder, name)).find(existsSync);
	if (found) return found;
	throw new Error(`There is no ${name} here. Run test/system/install.sh first.`);
}

/** The folders below one, the last by name first; none if it does not exist. */
export function foldersIn(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
		.map((name) => join(folder, name));
}
