import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Engine, Provider } from '../../providers';
import { reportedRun } from '../shared/reportedRun';
import { paceOf } from '../shared/paceOf';
import { cancelSignal, runItems } from '../shared/runItems';
import { runHints } from './output/runHints';
import { parametersOf, type NodeParameters } from './read/nodeParameters';
import { readRunOptions } from './read/readOptions';
import { requestsOf } from './requestItem';

/**
 * The whole node: one call, or one call a page, for each input item.
 *
 * @param vendorOf tells whose token the calls carry, from the parameters of the first item
 */
export async function runRequests(
	engine: Engine,
	context: IExecuteFunctions,
	vendorOf: (parameters: NodeParameters) => Provider,
): Promise<INodeExecutionData[][]> {
	const { elapsed, pause } = engine.runtime;
	let runOptions: ReturnType<typeof readRunOptions>;
	try {
		runOptions = readRunOptions(parametersOf(context, 0));
	} catch (error) {
		const refuse = async () => await Promise.reject(error as Error);
		return [await runItems(context, 1, refuse)];
	}
	const { concurrency, credentialPerItem, delayOf } = runOptions;
	const vendor = () => vendorOf(parametersOf(context, 0));
	const vendorOfRun = reportedVendor(vendor);
	const atOnce = concurrency ?? paceOf(engine, context, vendorOfRun);
	const pace = typeof atOnce === 'number' ? null : atOnce;
	return await reportedRun(engine, context, vendorOfRun, async (report, counted) => {
		const signal = cancelSignal(context);
		const startedAt = elapsed();
		const run = { engine, context, vendor, credentialPerItem, pace, report, signal };
		const requests = requestsOf(run);
		const items = await runItems(
			context,
			atOnce,
			counted(async (itemIndex) => {
				await pause(startedAt + delayOf(itemIndex) - elapsed(), signal);
				return await requests.item(itemIndex);
			}),
		);
		const isRetried = context.getNode().retryOnFail === true;
		const hints = runHints(report, items, {
			isFreshByChoice: requests.isFreshByChoice(),
			isRetried,
		});
		// n8n before 1.80 has no hints.
		context.addExecutionHints?.(
			...hints.map((message) => ({ message, location: 'outputPane' as const })),
		);
		return [items];
	});
}

/** Whose tokens a run is about; an unknown provider is refused for each item, by name. */
function reportedVendor(vendor: () => Provider): Pick<Provider, 'type' | 'displayName'> {
	try {
		return vendor();
	} catch {
		return { type: '', displayName: 'unknown' };
	}
}
