import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { InputError, ProviderError, VendorError } from '../../providers';
import { isTool } from './tool';

/**
 * The error n8n shows: `NodeOperationError` when the input cannot be right, `NodeApiError` when the
 * vendor or the network said no. It carries the item index, and only texts that were scrubbed before.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
	{ withReason = false } = {},
): NodeApiError | NodeOperationError {
	if (error instanceof ProviderError && !(error instanceof InputError)) {
		// For their lengths: texts without secrets may not have been cleaned before.
		error.cleanTexts((text) => text);
		const { httpStatus, details } = vendorSide(error);
		const message = isTool(node)
			? textForCaller(error)
			: withReason
				? error.messageWithReason
				: error.message;
		const description = isTool(node) ? undefined : error.description;
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
	const known = error instanceof Error ? error : new Error(String(error));
	if (isTool(node)) {
		// n8n keeps the stack and the cause of the error it is made of, with all they say.
		return new NodeOperationError(node, textForCaller(known), { itemIndex });
	}
	const description = error instanceof InputError ? error.description : undefined;
	return new NodeOperationError(node, known, { itemIndex, description, message: known.message });
}

/** What a model is told. */
const textForCaller = (error: Error) =>
	error instanceof ProviderError ? error.textForCaller : error.message;

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
	const isForCaller = isTool(node) && error instanceof ProviderError && !!error.forCaller;
	// What a login says is not for a model.
	const json = errorJson(error, nodeError, isForCaller ? {} : vendorSide(error).details);
	const item = { json, pairedItem: { item: itemIndex } };
	if (node.onError === 'continueErrorOutput') {
		// Before 2.35.3 n8n knows such an item by this alone, and later makes its message the whole of the
		// json. The copy for the error output lacks it, because it is not enumerable.
		Object.defineProperty(item, 'error', { value: nodeError });
	}
	return item;
}

function errorJson(
	error: unknown,
	nodeError: NodeApiError | NodeOperationError,
	details: VendorError['details'],
): IDataObject {
	const { httpStatus } = vendorSide(error);
	const { message, description: advice } = nodeError;
	return {
		error: message,
		details: {
			errorCode: codeOf(error, nodeError),
			...(advice && { advice }),
			...(httpStatus !== null && { httpStatus }),
			...details,
		},
	};
}

function codeOf(error: unknown, nodeError: NodeApiError | NodeOperationError): string | null {
	if (error instanceof ProviderError) return error.vendorCode;
	return nodeError instanceof NodeApiError ? nodeError.httpCode : null;
}
