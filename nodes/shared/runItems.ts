import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CanceledError, ProviderError } from '../../providers';
import { refuseOldN8n } from './n8nVersion';
import { errorItem, toNodeError } from './nodeErrors';
import { isTool, losesErrors } from './tool';

/**
 * How many items are under way at once, unless the user says otherwise: so many that two calls an item
 * take no longer than by hand where each is answered after 200 ms, and fewer than n8n's HTTP Request
 * node, which starts all. Measured by `npm run bench -- --only concurrency`.
 */
export const DEFAULT_CONCURRENCY = 200;

/**
 * Runs `work` for every input item, at most `concurrency` at once, and returns what it gave in input
 * order, each item paired with its input. With *On Error: Continue* an item whose work failed becomes
 * an error item; otherwise no further item is started, and the first failure is thrown.
 */
export async function runItems(
	context: IExecuteFunctions,
	concurrency: number,
	work: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	refuseOldN8n(context);
	const count = context.getInputData().length;
	const results: INodeExecutionData[][] = [];
	let failure: { reason: unknown } | undefined;

	const runOne = async (itemIndex: number): Promise<INodeExecutionData[]> => {
		const pairedItem = { item: itemIndex };
		try {
			return (await work(itemIndex)).map((item) => ({ ...item, pairedItem }));
		} catch (error) {
			const node = context.getNode();
			const goesOn = context.continueOnFail() || losesErrors(context);
			// Of an error of a sub-workflow, the workflow that called it gets the message alone.
			const withReason = goesOn || context.getMode?.() === 'integrated';
			const nodeError = toNodeError(node, error, itemIndex, { withReason });
			if (isTool(node)) tellOwner(context, error);
			if (!goesOn || error instanceof CanceledError) throw nodeError;
			return [errorItem(node, error, nodeError, itemIndex)];
		}
	};
	await startInGroups(count, concurrency, async (itemIndex) => {
		if (failure !== undefined) return;
		try {
			results[itemIndex] = await runOne(itemIndex);
		} catch (reason) {
			failure ??= { reason };
		}
	});
	if (failure !== undefined) throw failure.reason;
	return results.flat();
}

/** What a model is not told. */
function tellOwner(context: IExecuteFunctions, error: unknown): void {
	if (!(error instanceof ProviderError)) return;
	const { message, description = '' } = error;
	context.logger.warn(
		`The tool "${context.getNode().name}" did not succeed: ${message}. ${description}`.trim(),
	);
}

/**
 * Calls `start` for each index, at most `concurrency` under way at once. A tenth of them begin together:
 * connections that are opened in a row take half the processor's time of as many that are opened one by
 * one, where the other side is on the same machine and woken for each.
 */
async function startInGroups(
	count: number,
	concurrency: number,
	start: (index: number) => Promise<void>,
): Promise<void> {
	const group = Math.ceil(concurrency / 10);
	let next = 0;
	let underWay = 0;
	await new Promise<void>((resolve) => {
		const startNext = () => {
			if (next === count && underWay === 0) resolve();
			if (underWay > concurrency - group) return;
			while (next < count && underWay < concurrency) {
				underWay += 1;
				void start(next).then(() => {
					underWay -= 1;
					startNext();
				});
				next += 1;
			}
		};
		startNext();
	});
}

/** The signal of a stopped execution; n8n before 2.0 has none. */
export function cancelSignal(context: IExecuteFunctions): AbortSignal | undefined {
	return context.getExecutionCancelSignal?.();
}
