import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	OnError,
} from 'n8n-workflow';

import { runNode, type NodeRunResult } from '../engine/harness';

export interface VendorRun {
	node: INodeType;
	/** The stored data of the node's own credential. */
	credential: ICredentialDataDecryptedObject;
	items?: INodeExecutionData[];
	onError?: OnError;
	/** Whether the node is the tool of an AI agent. */
	isTool?: boolean;
}

/** Runs one operation of a vendor's node in n8n's engine. */
export async function runOperation(
	run: VendorRun,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
): Promise<NodeRunResult> {
	const { name, credentials } = run.node.description;
	return await runNode({
		node: run.node,
		type: `n8n-nodes-of-a-vendor.${name}${run.isTool === true ? 'Tool' : ''}`,
		credentials: { [credentials?.[0]?.name ?? '']: run.credential },
		parameters: { resource, operation, ...parameters },
		items: run.items,
		onError: run.onError,
	});
}

/** What one operation gives; fails when it threw. */
export async function outputOf(...given: Parameters<typeof runOperation>): Promise<IDataObject[]> {
	const { error, items } = await runOperation(...given);
	expect(error).toBeNull();
	return items.map(({ json }) => json);
}

/** A value of a resource locator, by its ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
