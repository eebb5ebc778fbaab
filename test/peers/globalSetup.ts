import { join } from 'node:path';
import { installHost } from '../../host/install';
import { claimFolder } from '../../host/lock';
import { CACHE, step } from '../../host/step';
import { installDirectus, startDirectus } from './directus';
import { installDjango, startDjango } from './django';
import { installKeycloak, startKeycloak } from './keycloak';
import { installMatrix, startMatrix } from './matrix';
import { installPocketBase, startPocketBase } from './pocketBase';
import type { Service } from '../system/service';

declare global {
	var peers: Service[] | undefined;
}

/** One server of each kind for all tests with real peers. Prints how long each step takes. */
export default async function globalSetup(): Promise<void> {
	// Else a jest that is stopped would leave them behind.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
	claimFolder(join(CACHE, 'peers'));
	// For its Node.js 24, which Directus needs as well.
	await installHost();
	await installDirectus();
	await installKeycloak();
	await installDjango();
	await installPocketBase();
	await installMatrix();
	globalThis.peers = [];
	const directus = await step('Starting Directus', startDirectus);
	globalThis.peers.push(directus);
	const keycloak = await step('Starting Keycloak', startKeycloak);
	globalThis.peers.push(keycloak);
	const django = await step('Starting Django', startDjango);
	globalThis.peers.push(django);
	const pocketBase = await step('Starting PocketBase', startPocketBase);
	globalThis.peers.push(pocketBase);
	const matrix = await step('Starting Synapse', startMatrix);
	globalThis.peers.push(matrix);
	process.env['PEERS'] = JSON.stringify({ directus, keycloak, django, pocketBase, matrix });
}
