import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { n8nFolder } from './n8nFolder';
import { findNode, withNode } from './node';
import { Failure, installLocked, isInstalled, run, step } from './step';

const NEEDED_BYTES = 3.5e9;
const SQLITE = join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** Installs the n8n that is to run into its folder, unless it is there already. */
export async function installHost(): Promise<void> {
	const folder = n8nFolder();
	if (!isInstalled(folder)) {
		refuseFullDisk();
		const version = pinnedVersion(folder);
		await step(`Installing n8n ${version} (up to 2.8 GB, minutes, the first time only)`, () =>
			installLocked(folder, 'host-npm-ci'),
		);
	}
	if (!existsSync(join(folder, SQLITE))) {
		await step('Building SQLite for n8n (about a minute, the first time only)', () =>
			buildSqlite(folder),
		);
	}
}

/**
 * Runs the install scripts of the two packages that have native code n8n cannot do without. The
 * others' are left out: some fail to build, and none is needed.
 */
async function buildSqlite(folder: string): Promise<void> {
	const node = findNode();
	const env = withNode(node, process.env);
	// A user's own `nodedir` would be that of another Node.js.
	if (node.headers) env['npm_config_nodedir'] = node.headers;
	const args = ['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'];
	await run('npm', args, { cwd: folder, env, log: 'host-npm-rebuild' });
}

function refuseFullDisk(): void {
	const { bavail, bsize } = statfsSync(__dirname);
	const free = bavail * bsize;
	if (free >= NEEDED_BYTES) return;
	throw new Failure(
		`n8n needs about ${gigabytes(NEEDED_BYTES)} on this disk, and ${gigabytes(free)} are free.`,
	);
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

function pinnedVersion(folder: string): string {
	const text = readFileSync(join(folder, 'package.json'), 'utf8');
	const { dependencies } = JSON.parse(text) as { dependencies: { n8n: string } };
	return dependencies.n8n;
}
