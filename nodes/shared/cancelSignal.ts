import type { IExecuteFunctions } from 'n8n-workflow';

/** The signal of a stopped execution; n8n before 2.0 has none. */
export function cancelSignal(context: IExecuteFunctions): AbortSignal | undefined {
	return context.getExecutionCancelSignal?.();
}
