import { agentAuth } from './agentAuth';
import { maxus } from './maxus';
import type { Provider, ProviderType } from './provider';
import { serviceComb } from './serviceComb';
import { yesApi } from './yesApi';

/** Every vendor, by the name of its credential type. */
export const providers: Record<ProviderType, Provider> = {
	maxusApi: maxus as Provider,
	agentAuthApi: agentAuth as Provider,
	serviceCombApi: serviceComb as Provider,
	yesApi: yesApi as Provider,
};
