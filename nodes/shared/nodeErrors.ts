import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

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
		// For their lengths: texts without secrets may not have been cleaned before.
		error.cleanTexts((text) => text);
		const { description } = error;
		const message = messageFor(node, error.message, description);
		const { httpStatus, details } = vendorSide(error);
		const httpCode = httpStatus === null ? undefined : String(httpStatus);
		const shown = { message, description, httpCode, itemIndex };
		const nodeError = new NodeApiError(node, { message }, shown);
		// n8n shows it next to the message.
		if (details.response !== undefined) nodeError.context.data = details.response as IDataObject;
		return nodeError;
	}
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = itemIndex;
		return error;
	}
	const description = error instanceof InputError ? error.description : undefined;
	const known = error instanceof Error ? error : new Error(String(error));
	const message = messageFor(node, known.message, description);
	return new NodeOperationError(node, known, { itemIndex, description, message });
}

/** Of an error in a tool n8n tells the model the message alone. */
function messageFor({ type }: INode, message: string, description?: string): string {
	return type.endsWith('Tool') && description ? `${message}. ${description}` : message;
}

/** What a response tells beside the message; of the network there is nothing to tell. */
function vendorSide(error: unknown): Pick<VendorError, 'httpStatus' | 'details'> {
	return error instanceof VendorError ? error : { httpStatus: null, details: {} };
}

/** What an item becomes when its call did not succeed and the workflow is to go on. */
export function errorItem(
	node: INode,
	error: unknown,
	nodeError: NodeApiError | NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	const item = { json: errorJson(error, nodeError), pairedItem: { item: itemIndex } };
	if (node.onError === 'continueErrorOutput') {
		// Before 2.35.3 n8n knows such an item by this alone, and later makes its message the whole of the
		// json. Its copy for the error output has none of it, as it is not enumerable.
		Object.defineProperty(item, 'error', { value: nodeError });
	}
	return item;
}

function errorJson(error: unknown, nodeError: NodeApiError | NodeOperationError): IDataObject {
	const { httpStatus, details } = vendorSide(error);
	return {
		error: nodeError.message,
		details: {
			errorCode: codeOf(error, nodeError),
			...(httpStatus !== null && { httpStatus }),
			...details,
		},
	};
}

function codeOf(error: unknown, nodeError: NodeApiError | NodeOperationError): string | null {
	if (error instanceof ProviderError) return error.vendorCode;
	return nodeError instanceof NodeApiError ? nodeError.httpCode : null;
}
