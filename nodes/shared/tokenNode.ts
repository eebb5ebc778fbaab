import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	DEFAULT_MAX_RETRIES,
	useVendor,
	type Credentials,
	type Engine,
	type Provider,
	type TokenUse,
	type VendorClient,
} from '../../providers';
import { credentialReader } from './readCredentials';
import { readNumber } from './readNumber';
import { reportedRun } from './reportedRun';
import { paceOf } from './paceOf';
import { cancelSignal, runItems } from './runItems';

/** What the user set in {@link tokenNodeOptions}, defaults filled in. */
interface TokenNodeOptions {
	/** Milliseconds; `undefined`: the default of a token request. */
	timeout: number | undefined;
	maxRetries: number;
}

/** What a node that calls the vendor itself makes of one item: its `json`. */
type ItemWork<C> = (
	itemIndex: number,
	credentials: C,
	vendor: VendorClient,
) => Promise<IDataObject>;

/**
 * The whole of a node that calls the vendor itself, within its rate limit: one item for each input item.
 */
export async function executeVendorNode<C extends Credentials>(
	engine: Engine,
	context: IExecuteFunctions,
	provider: Provider<C>,
	work: ItemWork<C>,
): Promise<INodeExecutionData[][]> {
	const credentialsOf = credentialReader(context, provider.type, (data) =>
		provider.readCredentials(data),
	);
	const pace = paceOf(engine, context, provider);
	const items = await reportedRun(
		engine,
		context,
		provider,
		async (report, counted) =>
			await runItems(
				context,
				pace,
				counted(async (itemIndex) => {
					const credentials = await credentialsOf(itemIndex);
					const { helpers } = context;
					const options = readTokenNodeOptions(context, itemIndex);
					const signal = cancelSignal(context);
					const use = { ...options, helpers, run: context, pace, signal, report };
					return await useVendor(engine, provider, credentials, use, async (vendor) => [
						{ json: await work(itemIndex, credentials, vendor) },
					]);
				}),
			),
	);
	return [items];
}

/** The whole of a token node: a token for each input item. `ask` reads what is asked of it. */
export async function executeTokenNode(
	engine: Engine,
	context: IExecuteFunctions,
	provider: Provider,
	ask: (itemIndex: number) => object = () => ({}),
	use: TokenUse = 'fresh',
): Promise<INodeExecutionData[][]> {
	return await executeVendorNode(
		engine,
		context,
		provider,
		async (itemIndex, _credentials, vendor) =>
			(await vendor.tokenItem(use, ask(itemIndex))) as IDataObject,
	);
}

function readTokenNodeOptions(context: IExecuteFunctions, itemIndex: number): TokenNodeOptions {
	const stored = context.getNodeParameter('options', itemIndex, {}) as Partial<TokenNodeOptions>;
	return {
		timeout: readNumber(stored.timeout, 'Timeout (Ms)', 0) || undefined,
		maxRetries: readNumber(stored.maxRetries, 'Max Retries', DEFAULT_MAX_RETRIES),
	};
}
