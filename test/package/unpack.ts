import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../host/pack';

/** Packs the package as it would be published, and unpacks it into an empty folder. */
export async function unpackPackage(): Promise<string> {
	const { tarball } = await packPackage();
	const folder = join(mkdtempSync(join(tmpdir(), 'token-providers-')), 'package');
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}
