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
	server: 'maxus',
	tokenLifetimeSeconds: 180,
	create: (surroundings: Surroundings) => ({ servers: [createMaxus(surroundings)] }),
	credentials,
	tokenHeaders: (token) => ({ maxus_jwt: token }),
	wrongSecret: { refusal: {} },

	sample: (n) => ({
		method: 'GET',
		path: `/fir/detail/query?id=${n}`,
		headers: { 'X-Timestamp': '={{ Math.floor(Date.now() / 1000) }}' },
	}),

	guides(url) {
		const { baseUrl, serviceCode, serviceSecret } = credentials(url).maxusApi;
		return [
			{
				title: 'Maxus API',
				credential: [
					['Environment', 'Custom'],
					['Base URL', baseUrl],
					['Service Code', serviceCode],
					['Service Secret', serviceSecret],
				],
				call: [
					['Provider', 'Maxus'],
					['Method', 'GET'],
					['URL', 'fir/dictionaryInfo/queryByTypeCode?typeCode=1'],
				],
				hints: ['GET fir/detail/query?id=7', 'POST fir/update, with any JSON body'],
			},
		];
	},
} satisfies SandboxVendor;
