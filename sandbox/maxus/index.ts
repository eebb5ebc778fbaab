import type { SandboxVendor, Surroundings } from '../types';
import { createMaxus, MAXUS_SERVICE_CODE, MAXUS_SERVICE_SECRET } from './maxus';

const credentials = (url: string) => ({
	maxusApi: {
		environment: 'custom' as const,
		baseUrl: `${url}/maxus/australia`,
		serviceCode: MAXUS_SERVICE_CODE,
		serviceSecret: MAXUS_SERVICE_SECRET,
	},
});

export const maxus = {
	credentialType: 'maxusApi',
	tokenLifetimeSeconds: 180,
	create: (surroundings: Surroundings) => ({ servers: [createMaxus(surroundings)] }),
	credentials,

	sample: (n) => ({
		method: 'GET',
		path: `/fir/detail/query?id=${n}`,
		headers: { 'X-Timestamp': '={{ Math.floor(Date.now() / 1000) }}' },
	}),

	instructions(url) {
		const { baseUrl, serviceCode, serviceSecret } = credentials(url).maxusApi;
		return [
			[
				'Maxus API',
				[
					['Environment', 'Custom'],
					['Base URL', baseUrl],
					['Service Code', serviceCode],
					['Service Secret', serviceSecret],
					['Try', 'GET /fir/detail/query?id=7; POST /fir/update with any JSON body'],
				],
			],
		];
	},
} satisfies SandboxVendor;
