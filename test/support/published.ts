import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import type { Engine } from '../../providers';

const ROOT = join(__dirname, '../..');

const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	n8n: { credentials: string[]; nodes: string[] };
};

/** The class in each of these files, loaded as n8n does: a class has the name of its file. */
function load<T>(paths: string[]): Array<new (engine?: Engine) => T> {
	return paths.map((built) => {
		const path = built.replace(/^dist\/(.*)\.js$/, '$1');
		const name = /([^/]+)\.(node|credentials)$/.exec(path)?.[1] ?? '';
		const classes = require(join(ROOT, path)) as Record<string, new (engine?: Engine) => T>;
		const Class = classes[name];
		if (Class === undefined) throw new Error(`${path}.ts does not export ${name}`);
		return Class;
	});
}

/** The credential types that package.json names. */
export const publishedCredentials = load<ICredentialType>(n8n.credentials).map(
	(Credential) => new Credential(),
);

function credential(type: string): ICredentialType {
	const found = publishedCredentials.find(({ name }) => name === type);
	if (found === undefined) throw new Error(`No credential type ${type}`);
	return found;
}

/** The classes of the nodes that package.json names. */
export const publishedNodeClasses = load<INodeType>(n8n.nodes);

/** One node of each. */
export const publishedNodes = publishedNodeClasses.map((Node) => new Node());

/** The class of the node that gives the tokens of one credential type, where there is one. */
export function tokenNodeOf(credentialType: string) {
	return publishedNodeClasses.find((_class, index) => {
		const types = publishedNodes[index]?.description.credentials ?? [];
		return types.length === 1 && types[0]?.name === credentialType;
	});
}

/** The names of the fields of a credential type, as the form has them. */
export function fieldsOf(credentialType: string): string[] {
	return credential(credentialType).properties.map(({ name }) => name);
}

/** What is filled in where the form of a credential hides it, by field: what nobody may see. */
export function secretsIn(credentialType: string, data: object): Record<string, string> {
	const hidden = credential(credentialType).properties.filter(
		({ typeOptions }) => typeOptions?.password === true,
	);
	const values = new Map<string, unknown>(Object.entries(data));
	return Object.fromEntries(
		hidden.flatMap(({ name }) => {
			const value = values.get(name);
			return typeof value === 'string' && value !== '' ? [[name, value]] : [];
		}),
	);
}
