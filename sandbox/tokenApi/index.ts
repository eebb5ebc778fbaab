import type { SandboxVendor } from '../types';
import { SERVICES } from './services';
import { createTokenApi } from './tokenApi';
import type { Service } from './types';

/** The services for a Token API credential, and the one of them that most tests take: Directus. */
export const tokenApi = {
	credentialType: 'tokenApi',
	tokenLifetimeSeconds: 900,
	create: createTokenApi,

	credentials: (url: string) => ({
		tokenApi: {
			service: 'directus',
			baseUrl: `${url}/tokenapi/directus`,
			...SERVICES.directus.secrets,
		},
	}),

	sample: (n) => ({ method: 'GET', path: `/items/articles?n=${n}`, headers: {} }),

	instructions(url) {
		const services = Object.entries<Service>(SERVICES).map(
			([name, { secrets }]): [string, string] => {
				const oneLiners = Object.values(secrets).filter((value) => !value.includes('\n'));
				return [name, oneLiners.join('  ')];
			},
		);
		return [[`Token API, each at ${url}/tokenapi/ and its name`, services]];
	},
} satisfies SandboxVendor;
