import type { Directus } from './directus';
import type { Django } from './django';
import type { Keycloak } from './keycloak';
import type { Matrix } from './matrix';
import type { PocketBase } from './pocketBase';

interface Peers {
	directus: Omit<Directus, 'stop'>;
	keycloak: Omit<Keycloak, 'stop'>;
	django: Omit<Django, 'stop'>;
	pocketBase: Omit<PocketBase, 'stop'>;
	matrix: Omit<Matrix, 'stop'>;
}

/** The real servers that run for these tests: where they are, and what logs in to them. */
export const peers = (): Peers => JSON.parse(process.env['PEERS'] ?? '') as Peers;
