import { installHost } from './install';
import { jest } from './jest';
import { packPackage } from './pack';

/** Runs the tests that need nothing but npm: the fast ones first, then those in a real n8n. */
export async function main(args: string[]): Promise<number> {
	await packPackage();
	const fast = await jest([...args, '--maxWorkers=100%', '--selectProjects', 'unit', 'engine']);
	await installHost();
	const slow = await jest([...args, '--selectProjects', 'e2e']);
	return fast || slow;
}
