import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './step';

/**
 * Makes this process the only one that uses a folder, as two n8n on one SQLite file would break
 * each other, and gives the function that lets go of it.
 */
export function claimFolder(folder: string): () => void {
	mkdirSync(folder, { recursive: true });
	const path = join(folder, 'pid');
	const owner = readOwner(path);
	if (owner !== null && isRunning(owner)) {
		throw new Failure(`This is running already, as process ${owner}. End that one first.`);
	}
	writeFileSync(path, String(process.pid));
	const release = () => rmSync(path, { force: true });
	process.once('exit', release);
	return release;
}

function readOwner(path: string): number | null {
	try {
		return Number(readFileSync(path, 'utf8'));
	} catch {
		return null;
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
