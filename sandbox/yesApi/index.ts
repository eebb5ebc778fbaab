import type { SandboxVendor, Surroundings } from '../types';
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
	tokenLifetimeSeconds: 24 * 3600,
	create: (surroundings: Surroundings) => ({ servers: [createYesApi(surroundings)] }),
	credentials,
	sample: (n) => ({ method: 'GET', path: `/orders?n=${n}`, headers: {} }),

	instructions(url) {
		const { yesApi: signed, yesApiUnsigned, yesApiStatic, yesApiSession } = credentials(url);
		return [
			[
				'YesApi',
				[
					['Base URL', signed.baseUrl],
					['App Key', signed.appKey],
					['App Secret', signed.appSecret],
					['With Static', `${yesApiStatic.appKey} / ${yesApiStatic.staticSignSecret}`],
					['With None', `${yesApiUnsigned.appKey} / ${yesApiUnsigned.appSecret}`],
					['UUID', yesApiSession.uuid],
					['Session Token', yesApiSession.sessionToken],
					['Try', 'GET /app/echo; signed: GET /?s=App.Hello.World'],
				],
			],
		];
	},
} satisfies SandboxVendor;
