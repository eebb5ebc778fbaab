/**
 * Publishes the package of one vendor: `node .github/releasePackage.mjs maxus-v1.0.0`. With `--dry-run` it builds
 * the package, shows what would be published, and publishes nothing.
 */
import { spawnSync } from 'node:child_process';

import { releasedPackage } from './releasedPackage.mjs';

const [tag = '', ...options] = process.argv.slice(2);
const { folder, read, tagOf } = releasedPackage(tag);
const { version } = JSON.parse(read('package.json'));

if (tag !== tagOf(version) || tag === version) {
	console.error(`There is no package of one vendor with the tag "${tag}".`);
	process.exitCode = 1;
} else {
	// The .npmrc of the repository turns scripts off, and with them prepack, which builds.
	const publish = ['publish', '--provenance', '--access', 'public', '--ignore-scripts=false'];
	const { status } = spawnSync('npm', [...publish, ...options], { cwd: folder, stdio: 'inherit' });
	process.exitCode = status ?? 1;
}
