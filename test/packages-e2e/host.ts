import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from '../../host/client';
import { installHost } from '../../host/install';
import { startN8n, type N8n } from '../../host/n8n';
import { installPackages, type Packed } from '../../host/pack';
import { CACHE } from '../../host/step';

/** A new n8n with these packages in it, and its owner logged in. */
export async function startWith(
	name: string,
	packed: Packed[],
): Promise<{ n8n: N8n; client: Client }> {
	const userFolder = join(CACHE, 'packages-e2e', name);
	await installHost();
	rmSync(join(userFolder, '.n8n'), { recursive: true, force: true });
	await installPackages(packed, userFolder);
	const n8n = await startN8n({ userFolder });
	const client = new Client(n8n.url);
	await client.logIn();
	return { n8n, client };
}
