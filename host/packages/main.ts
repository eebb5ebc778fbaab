import { installHost } from '../install';
import { jest } from '../jest';
import { Failure } from '../step';
import { vendorPackage, vendorPackages, type VendorPackage } from './list';
import { packVendorPackage } from './pack';
import { scanVendorPackage } from './scan';

const STEPS = ['pack', 'scan', 'test'] as const;

const USAGE = `Usage: npm run package -- <folder of packages/, or all> [${STEPS.join(' | ')}]
Builds and packs the package of one vendor; scan also checks it as n8n does, test also runs its tests.
Without the last word it does all of them.`;

/** Builds, packs, scans and tests the package of one vendor, or those of all. */
export async function main([folder = '', last = 'test', ...more]: string[]): Promise<number> {
	const depth = STEPS.findIndex((one) => one === last);
	if (folder === '' || depth < 0 || more.length > 0) throw new Failure(USAGE);
	const chosen = folder === 'all' ? vendorPackages() : [vendorPackage(folder)];
	for (const one of chosen) {
		const { tarball } = await packVendorPackage(one);
		console.log(`  ${tarball}`);
		if (depth >= STEPS.indexOf('scan')) await scanVendorPackage(one, tarball);
	}
	return depth >= STEPS.indexOf('test') ? await test(chosen) : 0;
}

async function test(chosen: VendorPackage[]): Promise<number> {
	const folders = chosen.map(({ folder }) => folder).join('|');
	const fast = await jest(['--selectProjects', 'packages', '--testPathPatterns', folders]);
	await installHost();
	const slow = await jest(['--selectProjects', 'packages-e2e'], {
		E2E_PACKAGES: chosen.map(({ folder }) => folder).join(','),
	});
	return fast || slow;
}
