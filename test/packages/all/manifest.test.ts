import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import root from '../../../package.json';
import { ROOT } from '../../../host/step';
import { publishedCredentials } from '../../support/published';
import { loadedPackages } from '../vendors';

const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

/** Users have saved them. */
const SAVED = {
	'agent-auth': ['agentAuth', 'agentAuthAccountApi'],
	maxus: ['maxus', 'maxusAccountApi'],
	servicecomb: ['serviceComb', 'serviceCombAccountApi'],
	yesapi: ['yesApi', 'yesApiAccountApi'],
};

test('every package has the names that users have saved', () => {
	const names = loadedPackages.map(([folder, { node, credential }]) => [
		folder,
		[node.description.name, credential.name],
	]);
	expect(Object.fromEntries(names)).toEqual(SAVED);
});

describe.each(loadedPackages)('%s', (folder, { path, manifest, node, credential }) => {
	test('has a manifest as n8n wants it for verification', () => {
		expect(manifest).toMatchObject({
			name: `n8n-nodes-${folder}`,
			license: 'MIT',
			author: root.author,
			repository: { ...root.repository, directory: `packages/${folder}` },
			bugs: root.bugs,
			engines: root.engines,
			files: ['dist'],
			publishConfig: { access: 'public', provenance: true },
			peerDependencies: { 'n8n-workflow': '*' },
			n8n: { n8nNodesApiVersion: 1, strict: true },
		});
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest['keywords']).toContain('n8n-community-node-package');
	});

	test('has its own licence, changelog, examples and configuration of the linter', () => {
		expect(read(path, 'LICENSE')).toBe(read(ROOT, 'LICENSE'));
		expect(read(path, 'eslint.config.mjs')).toBe(read(ROOT, 'eslint.config.mjs'));
		expect(read(path, 'CHANGELOG.md')).toContain(`## [${manifest.version}]`);
		expect(existsSync(join(path, 'examples'))).toBe(true);
	});

	test('has a credential type that no other package has, with the same fields', () => {
		expect(publishedCredentials.map(({ name }) => name)).not.toContain(credential.name);
		const shared = publishedCredentials.find(
			({ name }) =>
				name === credential.name.replace(/AccountApi$/, 'Api') ||
				`${name}AccountApi` === credential.name,
		);
		expect(credential.properties).toEqual(shared?.properties);
		expect(credential.test).toEqual(shared?.test);
		expect(credential.displayName).not.toBe(shared?.displayName);
	});

	test('has a node that takes this credential alone, and a tool', () => {
		expect(node.description.credentials).toEqual([{ name: credential.name, required: true }]);
		expect(node.description.usableAsTool).toBe(true);
	});

	test('has a codex that leads to its README', () => {
		const file = manifest.n8n.nodes[0]?.replace(/^dist\/(.*)\.js$/, '$1.json') ?? '';
		const codex = JSON.parse(read(path, file)) as {
			node: string;
			resources: Record<string, Array<{ url: string }>>;
		};
		expect(codex.node).toBe(`${manifest.name}.${node.description.name}`);
		expect(codex.resources['credentialDocumentation']).toEqual([
			{ url: credential.documentationUrl },
		]);
		expect(credential.documentationUrl).toMatch(
			new RegExp(`/blob/main/packages/${folder}/README\\.md#credential$`),
		);
	});
});
