import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { DEMO_EXAMPLES } from '../../host/demoExamples';
import * as exported from '../../index';
import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { providers, type Provider } from '../../providers';
import { startSandbox, type Sandbox } from '../../sandbox';

/** Each vendor has to be in all these places; one that was forgotten fails here by its name. */
const all = Object.entries<Provider>(providers);

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const className = (type: string) => type.charAt(0).toUpperCase() + type.slice(1);

const manifest = JSON.parse(read('package.json')) as {
	n8n: { credentials: string[]; nodes: string[] };
};

/** The descriptions of all nodes that package.json names. */
const nodes: INodeTypeDescription[] = manifest.n8n.nodes.map((path) => {
	const name = /([^/]+)\.node\.js$/.exec(path)?.[1] ?? '';
	const Node = (exported as unknown as Record<string, new () => INodeType>)[name];
	if (Node === undefined) throw new Error(`index.ts does not export ${name}`);
	return new Node().description;
});

const request = new AuthenticatedRequest().description;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

describe.each(all)('%s', (type, provider) => {
	it('is registered under the name of its credential type', () => {
		expect(provider.type).toBe(type);
	});

	it('has a credential, named in package.json and exported by index.ts', () => {
		expect(manifest.n8n.credentials).toContain(
			`dist/credentials/${className(type)}.credentials.js`,
		);
		expect(existsSync(join(ROOT, `credentials/${className(type)}.credentials.ts`))).toBe(true);
		expect(exported).toHaveProperty(className(type));
	});

	it('has a node that gives its tokens', () => {
		const names = nodes
			.filter(({ credentials = [] }) => credentials.length === 1 && credentials[0]?.name === type)
			.map(({ name }) => name);
		expect(names).toHaveLength(1);
	});

	it('is offered by Authenticated Request, with its credential', () => {
		const choices = request.properties.find(({ name }) => name === 'provider')?.options ?? [];
		expect(choices).toContainEqual({
			name: provider.displayName,
			value: type,
			description: provider.summary,
		});
		expect(request.credentials?.map(({ name }) => name)).toContain(type);
	});

	it('is played by the sandbox', () => {
		expect(sandbox.credentials).toHaveProperty(type);
	});

	it('is shown by the demo in three ways', () => {
		const ways = DEMO_EXAMPLES.filter(({ vendor }) => vendor === provider.displayName);
		expect(ways).toHaveLength(3);
		for (const { name } of ways) expect(existsSync(join(ROOT, `examples/${name}.json`))).toBe(true);
	});

	it('is named in the documents', () => {
		for (const path of ['README.md', 'docs/credentials.md', 'docs/nodes.md']) {
			expect([path, read(path).includes(provider.displayName)]).toEqual([path, true]);
		}
	});
});

it('is the only list: package.json names no credential or node of another vendor', () => {
	expect(manifest.n8n.credentials).toHaveLength(all.length);
	expect(manifest.n8n.nodes).toHaveLength(all.length + 1);
});
