import type { Directus } from './directus';
import type { Keycloak } from './keycloak';

interface Peers {
	directus: Omit<Directus, 'stop'>;
	keycloak: Omit<Keycloak, 'stop'>;
}

/** The real servers that run for these tests: where they are, and what logs in to them. */
export const peers = (): Peers => JSON.parse(process.env['PEERS'] ?? '') as Peers;
