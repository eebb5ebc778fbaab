import type { Service } from '../types';
import { directus } from './directus';
import { keycloak } from './keycloak';
import { proxmox } from './proxmox';
import { sapBusinessOne } from './sapBusinessOne';
import { strapi } from './strapi';
import { uniFi } from './uniFi';

/** Every service there is, by its name. */
export const SERVICES = {
	directus,
	keycloak,
	proxmox,
	sapBusinessOne,
	strapi,
	uniFi,
} satisfies Record<string, Service>;

export type ServiceName = keyof typeof SERVICES;
