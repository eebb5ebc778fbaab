import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	credentialKey,
	getAccessToken,
	rateLimit,
	sendVia,
	systemEnvironment,
	toTokenItem,
	type AccessToken,
	type Credentials,
	type Provider,
	type VendorCall,
} from '../../providers';
import { runItems } from './runItems';

/** How many items of a token node are under way at once. */
const CONCURRENCY = 10;

const DEFAULT_MAX_RETRIES = 3;

/** The credential of the node, read and checked. @throws {InputError} */
export async function readCredentials<C extends Credentials>(
	context: IExecuteFunctions,
	provider: Provider<C>,
	itemIndex = 0,
): Promise<C> {
	return provider.readCredentials(await context.getCredentials(provider.type, itemIndex));
}

/** The signal of a stopped execution; n8n before 2.0 has none. */
export function cancelSignal(context: IExecuteFunctions): AbortSignal | undefined {
	return context.getExecutionCancelSignal?.();
}

export interface TokenNodeOptions {
	timeout?: number;
	maxRetries?: number;
}

/** Calls the vendor itself as the user's options say, within its rate limit. */
export async function withinRateLimit<T>(
	context: IExecuteFunctions,
	provider: Provider,
	credentials: Credentials,
	{ timeout, maxRetries = DEFAULT_MAX_RETRIES }: TokenNodeOptions,
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

/** A new token for one item, within the vendor's rate limit. `ask` is what is asked of the token. */
export async function fetchToken(
	context: IExecuteFunctions,
	provider: Provider,
	credentials: Credentials,
	options: TokenNodeOptions,
	ask: object = {},
): Promise<AccessToken> {
	return await withinRateLimit(context, provider, credentials, options, async (call) => {
		return await getAccessToken(provider, credentials, { ...call, use: 'fresh', options: ask });
	});
}

/** What a token node makes of one item: its `json`. */
type ItemWork<C> = (
	itemIndex: number,
	credentials: C,
	options: TokenNodeOptions,
) => Promise<IDataObject>;

/** The whole of a node that calls the vendor itself: one item for each input item. */
export async function executeVendorNode<C extends Credentials>(
	context: IExecuteFunctions,
	provider: Provider<C>,
	work: ItemWork<C>,
): Promise<INodeExecutionData[][]> {
	let credentialsOnce: Promise<C> | undefined;
	const items = await runItems(context, CONCURRENCY, async (itemIndex) => {
		const credentials = await (credentialsOnce ??= readCredentials(context, provider));
		const options = context.getNodeParameter('options', itemIndex, {}) as TokenNodeOptions;
		return [{ json: await work(itemIndex, credentials, options) }];
	});
	return [items];
}

/** The whole of a token node: one token item for each input item. `ask` reads what is asked of it. */
export async function executeTokenNode(
	context: IExecuteFunctions,
	provider: Provider,
	ask: (itemIndex: number) => object = () => ({}),
): Promise<INodeExecutionData[][]> {
	return await executeVendorNode(context, provider, async (itemIndex, credentials, options) => {
		const token = await fetchToken(context, provider, credentials, options, ask(itemIndex));
		return toTokenItem(provider, token, systemEnvironment.now()) as IDataObject;
	});
}
