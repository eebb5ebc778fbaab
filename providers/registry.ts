import { agentAuth } from './vendors/agentAuth/vendor';
import type { Provider } from './kit/provider';
import { maxus } from './vendors/maxus/vendor';
import { serviceComb } from './vendors/serviceComb/vendor';
import { tokenApi } from './vendors/tokenApi/vendor';
import { yesApi } from './vendors/yesApi/vendor';

/** Every vendor, by the name of its credential type; the only list of them. */
export const providers = {
	maxusApi: maxus,
	agentAuthApi: agentAuth,
	serviceCombApi: serviceComb,
	yesApi,
	tokenApi,
} satisfies Record<string, Provider>;

/** The credential types of this package; each names one vendor. */
export type ProviderType = keyof typeof providers;
