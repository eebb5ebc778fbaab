import type { HttpHelpers } from '../http/exchange';
import { sendVia } from '../http/transport';
import type { Credentials, Provider } from '../kit/provider';
import { holdSlot, inSlot } from '../limit/inSlot';
import type { Pace } from '../limit/pace';
import type { Slot } from '../limit/slots';
import { getAccessToken, handOutSession } from './accessToken';
import { placeFor } from './credentialPlace';
import type { Engine } from './engine';
import type { RunReport } from './runReport';
import { toTokenItem, type TokenItem } from './tokenItem';
import type { TokenUse } from './tokenSource';
import { requestVendor, type VendorRequest } from './vendorRequest';

/** How a node makes requests to the vendor itself. */
interface VendorUse {
	helpers: HttpHelpers;
	/** Stands for the run of the node with all its items. */
	run: object;
	maxRetries: number;
	pace: Pace;
	/** Milliseconds for each try. */
	timeout?: number;
	signal?: AbortSignal;
	report: RunReport;
}

/** What a node can ask the vendor itself for. Both throw a `ProviderError` without secrets. */
export interface VendorClient {
	/** A token as the `json` of an item. @param options what is asked of it; each vendor has its own */
	tokenItem: (use: TokenUse, options: object) => Promise<TokenItem>;
	/** What the response to any other request says. */
	request: <T>(request: VendorRequest<T>) => Promise<T>;
}

/** Lets `work` make requests to the vendor itself, within its rate limit. */
export async function useVendor<C extends Credentials, T>(
	engine: Engine,
	provider: Provider<C>,
	credentials: C,
	{ helpers, run, pace, ...how }: VendorUse,
	work: (client: VendorClient) => Promise<T>,
): Promise<T> {
	const { requestsPerMinute: perMinute } = provider.limits;
	const place = placeFor(engine, provider, credentials, {
		perMinute,
		onWait: () => how.report.waitBegins(perMinute),
	});
	const workIn = async (slot: Slot) => {
		const send = inSlot(slot, sendVia(helpers, credentials));
		const requests = { ...how, ...send, place, businessRequestFollows: false };
		return await work({
			async tokenItem(use, options) {
				const asked = { ...requests, use, run, options };
				const token = await getAccessToken(engine, provider, credentials, asked);
				handOutSession(engine, provider, credentials, token);
				return toTokenItem(provider, credentials, token, engine.runtime.now());
			},
			request: async (request) => await requestVendor(engine, provider, requests, request),
		});
	};
	try {
		const slot = await pace.enter(credentials.baseUrl, how.signal);
		return await holdSlot(
			slot,
			async () => await workIn(slot),
			() => 'answered',
		);
	} finally {
		place.leave();
	}
}
