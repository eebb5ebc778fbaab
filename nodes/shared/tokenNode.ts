import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	credentialKey,
	DEFAULT_MAX_RETRIES,
	getAccessToken,
	rateLimit,
	sendVia,
	systemEnvironment,
	toTokenItem,
	type Credentials,
	type Provider,
	type VendorCall,
} from '../../providers';
import { cancelSignal } from './cancelSignal';
import { readCredentials } from './readCredentials';
import { readNumber } from './readNumber';
import { runItems } from './runItems';

/** How many items of a token node are under way at once. */
const CONCURRENCY = 10;

/** What the user set in {@link tokenNodeOptions}, defaults filled in. */
interface TokenNodeOptions {
	/** Milliseconds; `undefined`: the default of a token request. */
	timeout: number | undefined;
	maxRetries: number;
}

/** What a node that calls the vendor itself makes of one item: its `json`. */
type ItemWork<C> = (itemIndex: number, credentials: C, call: VendorCall) => Promise<IDataObject>;

/**
 * The whole of a node that calls the vendor itself, within its rate limit: one item for each input item.
 */
export async function executeVendorNode<C extends Credentials>(
	context: IExecuteFunctions,
	provider: Provider<C>,
	work: ItemWork<C>,
): Promise<INodeExecutionData[][]> {
	let credentialsOnce: Promise<C> | undefined;
	const items = await runItems(context, CONCURRENCY, async (itemIndex) => {
		const credentials = await (credentialsOnce ??= readCredentials(context, provider));
		const options = readTokenNodeOptions(context, itemIndex);
		const makeCall = async (call: VendorCall) => await work(itemIndex, credentials, call);
		return [{ json: await withinRateLimit(context, provider, credentials, options, makeCall) }];
	});
	return [items];
}

/** The whole of a token node: a new token for each input item. `ask` reads what is asked of it. */
export async function executeTokenNode(
	context: IExecuteFunctions,
	provider: Provider,
	ask: (itemIndex: number) => object = () => ({}),
): Promise<INodeExecutionData[][]> {
	return await executeVendorNode(context, provider, async (itemIndex, credentials, call) => {
		const options = ask(itemIndex);
		const token = await getAccessToken(provider, credentials, { ...call, use: 'fresh', options });
		return toTokenItem(provider, token, systemEnvironment.now()) as IDataObject;
	});
}

function readTokenNodeOptions(context: IExecuteFunctions, itemIndex: number): TokenNodeOptions {
	const stored = context.getNodeParameter('options', itemIndex, {}) as Partial<TokenNodeOptions>;
	return {
		timeout: readNumber(stored.timeout, 'Timeout', 0) || undefined,
		maxRetries: readNumber(stored.maxRetries, 'Max Retries', DEFAULT_MAX_RETRIES),
	};
}

async function withinRateLimit<T>(
	context: IExecuteFunctions,
	provider: Provider,
	credentials: Credentials,
	{ timeout, maxRetries }: TokenNodeOptions,
	makeCall: (call: VendorCall) => Promise<T>,
): Promise<T> {
	const signal = cancelSignal(context);
	const reservation = await rateLimit.reserve(credentialKey(provider, credentials), 1, {
		perMinute: provider.requestsPerMinute,
		signal,
	});
	try {
		return await makeCall({
			send: sendVia(context.helpers.httpRequest, {
				timeout,
				signal,
				allowUnauthorizedCerts: credentials.allowUnauthorizedCerts,
			}),
			maxRetries,
			beforeRequest: reservation.use,
			signal,
		});
	} finally {
		reservation.release();
	}
}
