import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const ROOT = join(__dirname, '../..');

const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	n8n: { credentials: string[]; nodes: string[] };
};

/** One of each class in these files, loaded as n8n does: a class has the name of its file. */
function load<T>(paths: string[]): T[] {
	return paths.map((built) => {
		const path = built.replace(/^dist\/(.*)\.js$/, '$1');
		const name = /([^/]+)\.(node|credentials)$/.exec(path)?.[1] ?? '';
		const classes = require(join(ROOT, path)) as Record<string, new () => T>;
		const Class = classes[name];
		if (Class === undefined) throw new Error(`${path}.ts does not export ${name}`);
		return new Class();
	});
}

/** The credential types that package.json names. */
export const publishedCredentials = load<ICredentialType>(n8n.credentials);

/** The nodes that package.json names. */
export const publishedNodes = load<INodeType>(n8n.nodes);
