import type { IExecuteFunctions, INode } from 'n8n-workflow';

export const NODE: INode = {
	id: 'node',
	name: 'Node Under Test',
	type: 'n8n-nodes-token-providers.test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The little of n8n that running items needs. */
export function executeContext(itemCount: number, { continueOnFail = false } = {}) {
	return {
		getInputData: () => Array.from({ length: itemCount }, () => ({ json: {} })),
		getNode: () => NODE,
		continueOnFail: () => continueOnFail,
	} as unknown as IExecuteFunctions;
}
