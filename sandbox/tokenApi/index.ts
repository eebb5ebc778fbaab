import type { SandboxVendor } from '../types';
import { guides } from './guides';
import { SERVICES } from './services';
import { createTokenApi } from './tokenApi';

/** The services for a Token API credential, and the one of them that most tests take: Directus. */
export const tokenApi = {
	credentialType: 'tokenApi',
	server: 'directus',
	tokenLifetimeSeconds: 900,
	create: createTokenApi,

	credentials: (url: string) => ({
		tokenApi: {
			service: 'directus',
			baseUrl: `${url}/tokenapi/directus`,
			...SERVICES.directus.secrets,
		},
	}),

	tokenHeaders: (token) => ({ authorization: `Bearer ${token}` }),
	wrongSecret: { status: 401, body: '{"errors":[{"message":"no"}]}' },
	sample: (n) => ({ method: 'GET', path: `/items/articles?n=${n}`, headers: {} }),

	guides: (url) => guides(`${url}/tokenapi`),
} satisfies SandboxVendor;
