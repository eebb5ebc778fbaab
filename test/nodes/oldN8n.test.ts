import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { n8n } from '../../package.json';

/** As in n8n 1.82 and before, which has no `NodeConnectionTypes`. */
function nodesInOldN8n(): INodeType[] {
	const now = jest.requireActual<object>('n8n-workflow');
	jest.doMock('n8n-workflow', () => ({ ...now, NodeConnectionTypes: undefined }));
	return n8n.nodes.map((file) => {
		const source = file.replace(/^dist/, '../..').replace(/\.js$/, '');
		const [Node] = Object.values(require(source) as Record<string, new () => INodeType>);
		if (Node === undefined) throw new Error(`${source} has no class`);
		return new Node();
	});
}

it('every node loads in an n8n that is too old, and says which it needs', async () => {
	const nodes = nodesInOldN8n();
	expect(nodes).toHaveLength(n8n.nodes.length);
	for (const node of nodes) {
		expect(node.description).toMatchObject({ inputs: ['main'], outputs: ['main'] });
		const context = {
			getNode: () => ({ name: node.description.displayName }),
			getInputData: () => [{ json: {} }],
			getNodeParameter: (_name: string, _item: number, fallback?: unknown) => fallback,
			continueOnFail: () => true,
			logger: { info: () => {} },
		} as unknown as IExecuteFunctions;
		await expect(node.execute?.call(context)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'This n8n is too old for the node',
			description: 'Update n8n to version 1.123 or newer.',
		});
	}
});
