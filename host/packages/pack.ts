import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, type Packed } from '../pack';
import { CACHE, run, step } from '../step';
import type { VendorPackage } from './list';

/** What the packages of one vendor are made from, beside their own folder. */
const SHARED = ['build', 'credentials', 'nodes', 'packages/kit', 'providers'];

/** Builds and packs the package of one vendor, unless nothing it is made from has changed. */
export async function packVendorPackage({
	folder,
	path,
	manifest,
}: VendorPackage): Promise<Packed> {
	const packed = join(CACHE, 'packages', folder);
	const hash = hashFiles([...SHARED, `packages/${folder}`], ['dist', 'node_modules']);
	const stamp = join(packed, 'hash');
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
		rmSync(packed, { recursive: true, force: true });
		mkdirSync(packed, { recursive: true });
		await step(`Building and packing ${manifest.name}`, () =>
			run('npm', ['pack', '--ignore-scripts=false', '--pack-destination', packed], {
				cwd: path,
				log: `pack-${folder}`,
			}),
		);
		writeFileSync(stamp, hash);
	}
	const tarball = readdirSync(packed).find((name) => name.endsWith('.tgz')) ?? '';
	return { tarball: join(packed, tarball), hash };
}
