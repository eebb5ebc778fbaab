import type { IExecuteFunctions } from 'n8n-workflow';

import { RunReport, type Engine, type LogFields, type Provider } from '../../providers';

/** Milliseconds between two log lines that say how far a long run has come. */
const PROGRESS_MS = 10_000;

/** The work of one item. */
type ItemWork<T> = (itemIndex: number) => Promise<T>;

/**
 * Runs a node and tells n8n what became of its tokens and calls: log lines while it runs, and numbers that n8n
 * stores with the execution and puts on the node's span, of a run that failed, too.
 * @param run gets the report, and what counts the items that are done
 */
export async function reportedRun<R>(
	engine: Engine,
	context: IExecuteFunctions,
	provider: Pick<Provider, 'type' | 'displayName'>,
	run: (report: RunReport, counted: <T>(work: ItemWork<T>) => ItemWork<T>) => Promise<R>,
): Promise<R> {
	const { name, id } = context.getNode().credentials?.[provider.type] ?? {};
	const place = placeOf(context);
	const report = new RunReport({ provider, credential: { name, id }, place, log: context.logger });
	const startedAt = engine.runtime.elapsed();
	const total = context.getInputData().length;
	let done = 0;
	const counted =
		<T>(work: ItemWork<T>): ItemWork<T> =>
		async (itemIndex) => {
			const running = work(itemIndex).finally(() => {
				done += 1;
			});
			running.catch((error: unknown) => report.itemFailed(error));
			return await running;
		};
	let stopTimer = () => {};
	const tellProgress = () => {
		stopTimer = engine.runtime.timer(PROGRESS_MS, () => {
			report.progress(done, total);
			tellProgress();
		});
	};
	tellProgress();
	try {
		return await run(report, counted);
	} finally {
		stopTimer();
		report.ended(total, engine.runtime.elapsed() - startedAt);
		// n8n before 1.108 has no such function.
		context.setMetadata?.({ tracing: report.tracing });
	}
}

/** Where a log line comes from, by the names that n8n's own lines use. */
function placeOf(context: IExecuteFunctions): LogFields {
	const workflowId = context.getWorkflow?.().id;
	const executionId = context.getExecutionId?.();
	return {
		...(workflowId && { workflowId }),
		...(executionId && { executionId }),
		nodeName: context.getNode().name,
	};
}
