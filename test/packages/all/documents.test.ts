import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Workflow } from '../../../host/client';
import { rows } from '../../docs/documents';
import { loadedPackages, operationsOf } from '../vendors';

describe.each(loadedPackages)('%s', (folder, { path, manifest, node, credential }) => {
	const readme = {
		path: `packages/${folder}/README.md`,
		text: readFileSync(join(path, 'README.md'), 'utf8'),
	};

	test('the README has each operation', () => {
		const told = rows(readme, 'Resource').map(([resource, name, text]) => [resource, name, text]);
		const there = operationsOf(node).flatMap(({ resource, operations }) =>
			operations.map(({ name, description }) => [resource, name, description]),
		);
		expect(told).toEqual(there);
	});

	test('the README has each field of the credential', () => {
		const labels = credential.properties
			.filter(({ type }) => type !== 'hidden' && type !== 'notice')
			.map(({ displayName }) => displayName);
		const told = rows(readme, 'Field').map(([label]) => label);
		expect(told).toEqual([...new Set(labels)]);
	});

	test('the README stands alone: each link is whole, and leads to this folder or elsewhere', () => {
		const targets = [...readme.text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
		expect(targets.filter((target) => !/^(https?:\/\/|#)/.test(target))).toEqual([]);
		for (const part of ['Installation', 'Operations', 'Credential', 'Compatibility', 'Resources']) {
			expect(readme.text).toContain(`\n## ${part}\n`);
		}
		expect(readme.text).toContain(`enter \`${manifest.name}\``);
	});

	const examples = readdirSync(join(path, 'examples')).map((file): [string, Workflow] => [
		file,
		JSON.parse(readFileSync(join(path, 'examples', file), 'utf8')) as Workflow,
	]);

	test.each(examples)(
		'the example %s has operations that there are, and no credential',
		(_file, { nodes }) => {
			const type = `${manifest.name}.${node.description.name}`;
			const ours = nodes.filter((one) => one.type === type);
			expect(ours.length).toBeGreaterThan(0);
			const values = node.description.properties
				.filter(({ name }) => name === 'operation')
				.flatMap(({ options = [], displayOptions }) =>
					options.map((option) => [
						displayOptions?.show?.['resource']?.[0],
						'value' in option && option.value,
					]),
				);
			for (const { parameters, credentials } of ours) {
				expect(values).toContainEqual([parameters['resource'], parameters['operation']]);
				expect(credentials).toBeUndefined();
			}
			const known = ours.flatMap(({ parameters }) => Object.keys(parameters));
			const names = node.description.properties.map(({ name }) => name);
			expect(known.filter((name) => !names.includes(name))).toEqual([]);
		},
	);
});
