import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CanceledError, ProviderError, type Pace } from '../../providers';
import { refuseOldN8n } from './n8nVersion';
import { errorItem, toNodeError } from './nodeErrors';
import { isTool, losesErrors } from './tool';

/** How many items are under way at once: a number, or as many as the services take that a run calls. */
export type AtOnce = number | Pick<Pace, 'items' | 'onMore'>;

/** For work that makes no request: items that are read at once. */
export const LOCAL = 200;

/**
 * Runs `work` for every input item, at most `atOnce` at once, and returns what it gave in input
 * order, each item paired with its input. With *On Error: Continue* an item whose work failed becomes
 * an error item; otherwise no further item is started, and the first failure is thrown.
 */
export async function runItems(
	context: IExecuteFunctions,
	atOnce: AtOnce,
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
	await startInGroups(count, atOnce, async (itemIndex) => {
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
 * Calls `start` for each index, at most `atOnce` under way at once. Of a fixed number a tenth begin together:
 * connections that are opened in a row take half the processor's time of as many that are opened one by
 * one, where the other side is on the same machine and woken for each.
 */
async function startInGroups(
	count: number,
	atOnce: AtOnce,
	start: (index: number) => Promise<void>,
): Promise<void> {
	const isFixed = typeof atOnce === 'number';
	let next = 0;
	let underWay = 0;
	await new Promise<void>((resolve) => {
		const startNext = () => {
			if (next === count && underWay === 0) resolve();
			const most = isFixed ? atOnce : atOnce.items;
			const group = isFixed ? Math.ceil(most / 10) : 1;
			if (underWay > most - group) return;
			while (next < count && underWay < most) {
				underWay += 1;
				next += 1;
				void start(next - 1).then(() => {
					underWay -= 1;
					startNext();
				});
			}
		};
		if (!isFixed) atOnce.onMore = startNext;
		startNext();
	});
}

/** The signal of a stopped execution; n8n before 2.0 has none. */
export function cancelSignal(context: IExecuteFunctions): AbortSignal | undefined {
	return context.getExecutionCancelSignal?.();
}
