import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { InputError, ProviderError, VendorError } from '../../providers';

/**
 * The error n8n shows: `NodeOperationError` when the input cannot be right, `NodeApiError` when the
 * vendor or the network said no. It carries the item index, and only texts that were scrubbed before.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof ProviderError && !(error instanceof InputError)) {
		const { message, description } = error;
		const status = error instanceof VendorError ? error.httpStatus : null;
		return new NodeApiError(
			node,
			{ message },
			{
				message,
				description,
				httpCode: status === null ? undefined : String(status),
				itemIndex,
			},
		);
	}
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = itemIndex;
		return error;
	}
	const known = error instanceof Error ? error : new Error(String(error));
	return new NodeOperationError(node, known, {
		itemIndex,
		description: error instanceof InputError ? error.description : undefined,
	});
}

/** What an item becomes when its call did not succeed and the workflow is to go on. */
export function errorJson(error: unknown, nodeError: NodeApiError | NodeOperationError) {
	const errorCode =
		error instanceof ProviderError
			? error.vendorCode
			: nodeError instanceof NodeApiError
				? nodeError.httpCode
				: null;
	return { error: nodeError.message, details: { errorCode } };
}
