import { join } from 'node:path';
import { installHost } from '../../host/install';
import { claimFolder } from '../../host/lock';
import { CACHE, step } from '../../host/step';
import { installDirectus, startDirectus } from './directus';
import { installKeycloak, startKeycloak } from './keycloak';
import type { Service } from '../system/service';

declare global {
	var peers: Service[] | undefined;
}

/** One Directus and one Keycloak for all tests with real peers. Prints how long each step takes. */
export default async function globalSetup(): Promise<void> {
	// Else a jest that is stopped would leave them behind.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
	claimFolder(join(CACHE, 'peers'));
	// For its Node.js 24, which Directus needs as well.
	await installHost();
	await installDirectus();
	await installKeycloak();
	globalThis.peers = [];
	const directus = await step('Starting Directus', startDirectus);
	globalThis.peers.push(directus);
	const keycloak = await step('Starting Keycloak', startKeycloak);
	globalThis.peers.push(keycloak);
	process.env['PEERS'] = JSON.stringify({ directus, keycloak });
}
