import { AGENTS } from './agentAuth/agents';
import { MAXUS_SERVICE_CODE, MAXUS_SERVICE_SECRET } from './maxus/maxus';
import { SERVICE_COMB_ACCOUNTS } from './serviceComb/accounts';
import { SERVICES } from './tokenApi/services';
import { YES_API_APPS, YES_API_SESSION } from './yesApi/apps';

export type SandboxCredentials = ReturnType<typeof credentialsBelow>;

/** Credential data the vendors below `url` accept, with the properties of our credential types. */
export function credentialsBelow(url: string) {
	const agentAuth = { baseUrl: `${url}/agentauth` };
	const serviceComb = {
		baseUrl: `${url}/servicecomb`,
		allowUnauthorizedCerts: false,
		publicKey: '',
	};
	const yesApi = { baseUrl: `${url}/yesapi`, pathStyle: 'query' as 'query' | 'path' };
	return {
		maxusApi: {
			environment: 'custom' as const,
			baseUrl: `${url}/maxus/australia`,
			serviceCode: MAXUS_SERVICE_CODE,
			serviceSecret: MAXUS_SERVICE_SECRET,
		},
		agentAuthApi: { ...agentAuth, ...AGENTS.delimited },
		agentAuthApiConcatenated: { ...agentAuth, ...AGENTS.concatenated },
		/** An agent whose header says another id than its encrypted body. */
		agentAuthApiTwoIds: { ...agentAuth, ...AGENTS.twoIds },
		serviceCombApi: { ...serviceComb, ...SERVICE_COMB_ACCOUNTS.admin },
		/** An account that may only read. */
		serviceCombApiReader: { ...serviceComb, ...SERVICE_COMB_ACCOUNTS.reader },
		tokenApi: {
			service: 'directus',
			baseUrl: `${url}/tokenapi/directus`,
			...SERVICES.directus.secrets,
		},
		yesApi: { ...yesApi, ...YES_API_APPS.signed },
		/** An app that has signing switched off. */
		yesApiUnsigned: { ...yesApi, ...YES_API_APPS.unsigned },
		/** An app whose calls all carry the same `sign`. */
		yesApiStatic: { ...yesApi, ...YES_API_APPS.static },
		/** A member who is logged in: what ExchangeToken takes. */
		yesApiSession: YES_API_SESSION,
	};
}
