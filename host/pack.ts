import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT, run, step } from './step';

const PACKED = join(CACHE, 'package');
const SOURCES = ['build', 'credentials', 'nodes', 'providers'];

/** The packed package, as it would be published. */
export interface Packed {
	tarball: string;
	/** Of everything it was made from. */
	hash: string;
}

/** Builds and packs the package, unless nothing it is made from has changed. */
export async function packPackage(): Promise<Packed> {
	const hash = hashSources();
	const stamp = join(PACKED, 'hash');
	const isPacked = existsSync(stamp) && existsSync(join(ROOT, 'dist'));
	if (!isPacked || readFileSync(stamp, 'utf8') !== hash) {
		rmSync(PACKED, { recursive: true, force: true });
		mkdirSync(PACKED, { recursive: true });
		await step('Building the package', () =>
			run('npm', ['run', 'build'], { cwd: ROOT, log: 'build' }),
		);
		await step('Packing the package', () =>
			run('npm', ['pack', '--ignore-scripts', '--pack-destination', PACKED], {
				cwd: ROOT,
				log: 'pack',
			}),
		);
		writeFileSync(stamp, hash);
	}
	const tarball = readdirSync(PACKED).find((name) => name.endsWith('.tgz')) ?? '';
	return { tarball: join(PACKED, tarball), hash };
}

/** The folder of the package that {@link installPackage} makes. */
export const installedIn = (userFolder: string): string =>
	join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-token-providers');

/**
 * Installs the package where n8n's *Settings > Community Nodes* does, with the options n8n gives
 * npm there: its peer dependency comes from n8n itself.
 */
export async function installPackage(packed: Packed, userFolder: string): Promise<void> {
	await installPackages([packed], userFolder);
}

/** Like {@link installPackage}, for several packages side by side. */
export async function installPackages(packed: Packed[], userFolder: string): Promise<void> {
	const hash = packed.map((one) => one.hash).join();
	const nodes = join(userFolder, '.n8n', 'nodes');
	const stamp = join(nodes, 'node_modules', '.token-providers');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
	mkdirSync(nodes, { recursive: true });
	// npm takes a tarball of the same version for the one it has.
	rmSync(join(nodes, 'node_modules'), { recursive: true, force: true });
	// Without it npm installs into the nearest folder above that has one.
	writeFileSync(
		join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true }),
	);
	const args = ['--bin-links=false', '--ignore-scripts', '--package-lock=false'];
	await step(`Installing ${packed.length > 1 ? 'the packages' : 'the package'} in n8n`, () =>
		run(
			'npm',
			[
				'install',
				...packed.map(({ tarball }) => tarball),
				'--legacy-peer-deps',
				'--offline',
				...args,
			],
			{
				cwd: nodes,
				log: 'install-package',
			},
		),
	);
	writeFileSync(stamp, hash);
}

function hashSources(): string {
	const files = readdirSync(ROOT, { withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
		.map(({ name }) => name);
	return hashFiles([...SOURCES, ...files]);
}

/** A hash of the files of these paths, given from the root, and of their names; without those below `ignored` folders. */
export function hashFiles(paths: string[], ignored: string[] = []): string {
	const hash = createHash('sha256');
	const files = paths.flatMap((path) => {
		if (statSync(join(ROOT, path)).isFile()) return [path];
		return readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
			.filter((file) => !file.split('/').some((part) => ignored.includes(part)));
	});
	for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
	return hash.digest('hex');
}
