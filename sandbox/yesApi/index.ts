import type { Guide, SandboxVendor, Surroundings } from '../types';
import { YES_API_APPS, YES_API_SESSION } from './apps';
import { createYesApi } from './yesApi';

function credentials(url: string) {
	const yesApi = { baseUrl: `${url}/yesapi`, pathStyle: 'query' as 'query' | 'path' };
	return {
		yesApi: { ...yesApi, ...YES_API_APPS.signed },
		/** An app that has signing switched off. */
		yesApiUnsigned: { ...yesApi, ...YES_API_APPS.unsigned },
		/** An app whose calls all carry the same `sign`. */
		yesApiStatic: { ...yesApi, ...YES_API_APPS.static },
		/** A member who is logged in: what ExchangeToken takes. */
		yesApiSession: YES_API_SESSION,
	};
}

export const yesApi = {
	credentialType: 'yesApi',
	server: 'yesApi',
	tokenLifetimeSeconds: 24 * 3600,
	create: (surroundings: Surroundings) => ({ servers: [createYesApi(surroundings)] }),
	credentials,
	tokenHeaders: (token) => ({ authorization: `Bearer ${token}` }),
	wrongSecret: { refusal: { code: 409 } },
	sample: (n) => ({ method: 'GET', path: `/orders?n=${n}`, headers: {} }),

	guides(url) {
		const { yesApi: signed, yesApiUnsigned, yesApiStatic, yesApiSession } = credentials(url);
		const call: Guide['call'] = [
			['Provider', 'YesApi'],
			['Method', 'GET'],
			['URL', `${signed.baseUrl}/app/echo`],
		];
		return [
			{
				title: 'YesApi API',
				credential: [
					['Base URL', signed.baseUrl],
					['App Key', signed.appKey],
					['App Secret', signed.appSecret],
				],
				call,
				hints: [
					`YesApi JWT, operation Exchange: UUID ${yesApiSession.uuid}`,
					`                                Session Token ${yesApiSession.sessionToken}`,
				],
			},
			{
				title: 'YesApi, an interface of its own',
				credential: [
					['Base URL', signed.baseUrl],
					['App Key', signed.appKey],
					['App Secret', signed.appSecret],
				],
				call: [
					['Provider', 'YesApi'],
					['Call', 'Interface of YesApi (Signed)'],
					['Method', 'GET'],
					['URL', '/?s=App.Hello.World'],
				],
			},
			{
				title: 'YesApi, with a static signature',
				credential: [
					['Base URL', yesApiStatic.baseUrl],
					['App Key', yesApiStatic.appKey],
					['Signature', 'Static'],
					['Static Signature', yesApiStatic.staticSignSecret],
				],
				call,
			},
			{
				title: 'YesApi, with signatures switched off',
				credential: [
					['Base URL', yesApiUnsigned.baseUrl],
					['App Key', yesApiUnsigned.appKey],
					['Signature', 'None'],
				],
				call,
			},
		];
	},
} satisfies SandboxVendor;
