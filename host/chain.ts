import type { Workflow, WorkflowNode } from './client';

/** A node with what is needed of it. */
export type NodeGiven = Pick<WorkflowNode, 'name' | 'type'> & Partial<WorkflowNode>;

/** A workflow that runs these nodes one after the other, from its trigger on. */
export function chain(name: string, given: NodeGiven[]): Workflow {
	const trigger = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
	const nodes = [trigger, ...given].map((node, index) => ({
		id: String(index),
		typeVersion: 1,
		position: [index * 200, 0] as [number, number],
		parameters: {},
		...node,
	}));
	const links = nodes
		.slice(1)
		.map(({ name: next }, index) => [
			nodes[index]?.name ?? '',
			{ main: [[{ node: next, type: 'main', index: 0 }]] },
		]);
	return {
		name,
		nodes,
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}

/** A node that gives this many items, numbered from 1. */
export function items(count: number): NodeGiven {
	const jsCode = `return Array.from({ length: ${count} }, (_, index) => ({ json: { n: index + 1 } }))`;
	return { name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
}
