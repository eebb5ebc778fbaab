import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CanceledError } from '../../providers';
import { errorItem, toNodeError } from './nodeErrors';

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
	const count = context.getInputData().length;
	const results: INodeExecutionData[][] = [];
	let next = 0;

	const runOne = async (itemIndex: number): Promise<INodeExecutionData[]> => {
		const pairedItem = { item: itemIndex };
		try {
			return (await work(itemIndex)).map((item) => ({ ...item, pairedItem }));
		} catch (error) {
			const node = context.getNode();
			const nodeError = toNodeError(node, error, itemIndex);
			if (!context.continueOnFail() || error instanceof CanceledError) throw nodeError;
			return [errorItem(node, error, nodeError, itemIndex)];
		}
	};
	const runNext = async (): Promise<void> => {
		while (next < count) {
			const itemIndex = next;
			next += 1;
			results[itemIndex] = await runOne(itemIndex).catch((error: unknown) => {
				next = count;
				throw error;
			});
		}
	};
	const lanes = Array.from({ length: Math.min(concurrency, count) }, runNext);
	const outcomes = await Promise.allSettled(lanes);
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failed !== undefined) throw failed.reason;
	return results.flat();
}
