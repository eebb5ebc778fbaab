import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { findNode24 } from '../host/node';
import { ROOT } from '../host/step';
import { markdownTable, milliseconds } from './markdown';
import type { Options } from './options';
import { NODES_FOLDER, type Stage } from './stage';
import { median } from './statistics';

const HOST = join(ROOT, 'host');

/** How large the package is, and what it adds to the time n8n takes to start. */
export function measurePackage({ packed }: Stage, { isShort }: Options): string {
	const kilobytes = statSync(packed.tarball).size / 1000;
	const times = Array.from({ length: isShort ? 1 : 9 }, loadOnce);
	return markdownTable(
		['The package', ''],
		[
			['packed', `${kilobytes.toFixed(1)} kB`],
			["loaded by n8n's own loader as it starts", milliseconds(median(times))],
		],
	);
}

/** In a process of its own, since a module is loaded once only; the loader itself does not count. */
function loadOnce(): number {
	const { status, stdout, stderr } = spawnSync(
		findNode24().bin,
		[join(__dirname, 'loadPackage.js'), NODES_FOLDER],
		{ cwd: HOST, env: { ...process.env, NODE_PATH: join(HOST, 'node_modules') }, encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
	return Number(stdout.trim().split('\n').at(-1));
}
