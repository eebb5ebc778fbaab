import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installHost } from './install';
import { packPackage } from './pack';
import { ROOT } from './step';

/** Runs the tests that need nothing but npm: the fast ones first, then those in a real n8n. */
export async function main(args: string[]): Promise<number> {
	await packPackage();
	const fast = await jest([...args, '--maxWorkers=100%', '--selectProjects', 'unit', 'engine']);
	await installHost();
	const slow = await jest([...args, '--selectProjects', 'e2e']);
	return fast || slow;
}

function jest(args: string[]): Promise<number> {
	const bin = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [bin, ...args], { cwd: ROOT, stdio: 'inherit' })
			.on('error', () => resolve(1))
			.on('close', (code) => resolve(code ?? 1));
		process.once('SIGTERM', () => {
			child.kill();
			process.exit(143);
		});
	});
}
