import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../../host/client';
import { installHost } from '../../host/install';
import { claimFolder } from '../../host/lock';
import { startN8n, type N8n } from '../../host/n8n';
import { installPackage, packPackage } from '../../host/pack';
import { CACHE, step } from '../../host/step';

declare global {
	var e2eN8n: N8n | undefined;
}

/** One n8n for all end-to-end tests, new and with the packed package in it. */
export default async function globalSetup(): Promise<void> {
	const userFolder = join(CACHE, 'e2e');
	// Else a jest that is stopped would leave its n8n behind.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
	claimFolder(userFolder);
	await installHost();
	rmSync(join(userFolder, '.n8n'), { recursive: true, force: true });
	await installPackage(await packPackage(), userFolder);
	const n8n = await step('Starting n8n', () => startN8n({ userFolder }));
	globalThis.e2eN8n = n8n;
	await new Client(n8n.url).logIn();
	process.env['E2E_N8N_URL'] = n8n.url;
	process.env['E2E_N8N_LOG'] = n8n.logFile;
}
