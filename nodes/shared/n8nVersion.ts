import { NodeConnectionTypes, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** n8n 1.82 and before has no such name, and could not so much as load the nodes. */
const connectionTypes = NodeConnectionTypes as typeof NodeConnectionTypes | undefined;

/** The input and the output of every node. */
export const MAIN = connectionTypes?.Main ?? 'main';

/** @throws {NodeOperationError} where n8n is so old that the nodes can do no more than load */
export function refuseOldN8n(context: IExecuteFunctions): void {
	if (connectionTypes !== undefined) return;
	throw new NodeOperationError(context.getNode(), 'This n8n is too old for the node', {
		description: 'Update n8n to version 1.123 or newer.',
	});
}
