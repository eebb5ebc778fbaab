import { agentAuth } from './agentAuth/agentAuth';
import { maxus } from './maxus/maxus';
import type { Provider, ProviderType } from './kit/provider';
import { serviceComb } from './serviceComb/serviceComb';
import { yesApi } from './yesApi/yesApi';

/** Every vendor, by the name of its credential type. */
export const providers: Record<ProviderType, Provider> = {
	maxusApi: maxus as Provider,
	agentAuthApi: agentAuth as Provider,
	serviceCombApi: serviceComb as Provider,
	yesApi: yesApi as Provider,
};
