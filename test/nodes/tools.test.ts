import type { INodeType } from 'n8n-workflow';

import { n8n } from '../../package.json';

const nodes = n8n.nodes.map((file) => {
	const source = file.replace(/^dist/, '../..').replace(/\.js$/, '');
	const [Node] = Object.values(require(source) as Record<string, new () => INodeType>);
	if (Node === undefined) throw new Error(`${source} has no class`);
	return new Node().description;
});

it('a model gets no token: of all nodes only Authenticated Request is a tool', () => {
	expect(nodes).toHaveLength(6);
	const tools = nodes.filter(({ usableAsTool }) => Boolean(usableAsTool));
	expect(tools.map(({ name }) => name)).toEqual(['authenticatedRequest']);
});
