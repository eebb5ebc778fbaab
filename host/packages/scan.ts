import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT, run, step } from '../step';
import type { VendorPackage } from './list';

/** Under the NODE_ENV of a test run n8n's rules take every file for one of their own tests. */
const env = { ...process.env, NODE_ENV: 'production' };

/**
 * Checks the package of one vendor as n8n does before it verifies one: `n8n-node lint` in strict mode over
 * its sources, then the rules of `@n8n/scan-community-package` over its sources and over the tarball.
 */
export async function scanVendorPackage(
	{ folder, path, manifest }: VendorPackage,
	tarball: string,
): Promise<void> {
	await step(`n8n-node lint of ${manifest.name}`, () =>
		run('npx', ['n8n-node', 'lint'], { cwd: path, env, log: `lint-${folder}` }),
	);
	const unpacked = join(CACHE, 'unpacked', folder);
	rmSync(unpacked, { recursive: true, force: true });
	mkdirSync(unpacked, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], {
		cwd: ROOT,
		log: `unpack-${folder}`,
	});
	await step(`n8n's scanner over ${manifest.name}`, () =>
		run(process.execPath, [join(ROOT, 'test/package/scan.mjs'), unpacked, path], {
			cwd: ROOT,
			env,
			log: `scan-${folder}`,
		}),
	);
}
