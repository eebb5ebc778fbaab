import type { SandboxVendor } from '../types';
import { SERVICE_COMB_ACCOUNTS } from './accounts';
import { createServiceComb } from './serviceComb';

function credentials(url: string) {
	const engine = { baseUrl: `${url}/servicecomb`, allowUnauthorizedCerts: false, publicKey: '' };
	return {
		serviceCombApi: { ...engine, ...SERVICE_COMB_ACCOUNTS.admin },
		/** An account that may only read. */
		serviceCombApiReader: { ...engine, ...SERVICE_COMB_ACCOUNTS.reader },
	};
}

export const serviceComb = {
	credentialType: 'serviceCombApi',
	tokenLifetimeSeconds: 12 * 3600,
	create: createServiceComb,
	credentials,

	sample: (n) => ({
		method: 'GET',
		path: `/v4/default/registry/microservices?n=${n}`,
		headers: {},
	}),

	instructions(url, tlsUrl) {
		const { serviceCombApi, serviceCombApiReader } = credentials(url);
		return [
			[
				'ServiceComb API',
				[
					['Base URL', serviceCombApi.baseUrl],
					['or, self-signed', credentials(tlsUrl).serviceCombApi.baseUrl],
					['Account Name', serviceCombApi.name],
					['Password', serviceCombApi.password],
					['May only read', `${serviceCombApiReader.name} / ${serviceCombApiReader.password}`],
					['Try', 'GET /v4/self-perms; GET /v4/default/registry/microservices'],
				],
			],
		];
	},
} satisfies SandboxVendor;
