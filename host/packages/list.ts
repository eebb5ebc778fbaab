import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, ROOT } from '../step';

/** The package of one vendor, as its folder in `packages/` describes it. */
export interface VendorPackage {
	/** The name of the folder; the package is called `n8n-nodes-<folder>`. */
	folder: string;
	/** Its path. */
	path: string;
	manifest: {
		name: string;
		version: string;
		files: string[];
		n8n: { nodes: string[]; credentials: string[] };
		[field: string]: unknown;
	};
}

const PACKAGES = join(ROOT, 'packages');

/** Every package of one vendor: each folder of `packages/` that has a package.json. */
export function vendorPackages(): VendorPackage[] {
	return readdirSync(PACKAGES)
		.filter((folder) => existsSync(join(PACKAGES, folder, 'package.json')))
		.map((folder) => {
			const path = join(PACKAGES, folder);
			const text = readFileSync(join(path, 'package.json'), 'utf8');
			return { folder, path, manifest: JSON.parse(text) as VendorPackage['manifest'] };
		});
}

/** The package in that folder. @throws {Failure} that names the folders there are */
export function vendorPackage(folder: string): VendorPackage {
	const all = vendorPackages();
	const found = all.find((one) => one.folder === folder);
	if (found) return found;
	throw new Failure(
		`There is no packages/${folder}. There are: ${all.map((one) => one.folder).join(', ')}`,
	);
}
