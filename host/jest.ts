import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './step';

/** Runs tests, and gives the exit status. */
export function jest(args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
	const bin = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const options = { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } } as const;
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [bin, ...args], options)
			.on('error', () => resolve(1))
			.on('close', (code) => resolve(code ?? 1));
		process.once('SIGTERM', () => {
			child.kill();
			process.exit(143);
		});
	});
}
