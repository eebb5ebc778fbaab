import type { Entry, Guide, SandboxVendor } from '../types';
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
	server: 'serviceComb',
	tokenLifetimeSeconds: 12 * 3600,
	create: createServiceComb,
	credentials,
	tokenHeaders: (token) => ({ authorization: `Bearer ${token}` }),
	wrongSecret: { refusal: { code: 401202 } },

	sample: (n) => ({
		method: 'GET',
		path: `/v4/default/registry/microservices?n=${n}`,
		headers: {},
	}),

	guides(url, tlsUrl) {
		const { serviceCombApi, serviceCombApiReader } = credentials(url);
		const fields = (baseUrl: string, { name, password }: typeof serviceCombApi): Entry[] => [
			['Base URL', baseUrl],
			['Account Name', name],
			['Password', password],
		];
		const call: Guide['call'] = [
			['Provider', 'ServiceComb'],
			['Method', 'GET'],
			['URL', 'v4/default/registry/microservices'],
		];
		const selfSigned = credentials(tlsUrl).serviceCombApi;
		return [
			{
				title: 'ServiceComb API',
				credential: fields(serviceCombApi.baseUrl, serviceCombApi),
				call,
				hints: ['GET v4/self-perms'],
			},
			{
				title: 'ServiceComb API, with a self-signed certificate',
				credential: [
					...fields(selfSigned.baseUrl, selfSigned),
					['Ignore SSL Issues (Insecure)', 'on'],
				],
				call,
			},
			{
				title: 'ServiceComb API, with an account that may only read',
				credential: fields(serviceCombApiReader.baseUrl, serviceCombApiReader),
				call,
			},
		];
	},
} satisfies SandboxVendor;
