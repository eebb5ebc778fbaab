import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { findNode24, withNode24 } from './node24';
import { Failure, installLocked, isInstalled, run, step } from './step';

const NEEDED_BYTES = 3.5e9;
const SQLITE = join(__dirname, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** Installs the pinned n8n into this folder, unless it is there already. */
export async function installHost(): Promise<void> {
	if (!isInstalled(__dirname)) {
		refuseFullDisk();
		await step(`Installing n8n ${pinnedVersion()} (2.8 GB, minutes, the first time only)`, () =>
			installLocked(__dirname, 'host-npm-ci'),
		);
	}
	if (!existsSync(SQLITE)) {
		await step('Building SQLite for n8n (about a minute, the first time only)', buildSqlite);
	}
}

/**
 * Runs the install scripts of the two packages that have native code n8n cannot do without. The
 * others' are left out: some fail to build, and none is needed.
 */
async function buildSqlite(): Promise<void> {
	const node24 = findNode24();
	const env = withNode24(node24, process.env);
	// A user's own `nodedir` would be that of another Node.js.
	if (node24.headers) env['npm_config_nodedir'] = node24.headers;
	const args = ['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'];
	await run('npm', args, { cwd: __dirname, env, log: 'host-npm-rebuild' });
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

function pinnedVersion(): string {
	const text = readFileSync(join(__dirname, 'package.json'), 'utf8');
	const { dependencies } = JSON.parse(text) as { dependencies: { n8n: string } };
	return dependencies.n8n;
}
