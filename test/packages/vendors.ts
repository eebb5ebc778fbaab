import { join } from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { vendorPackages, type VendorPackage } from '../../host/packages/list';

/** The package of one vendor with what n8n loads of it. */
export interface LoadedPackage extends VendorPackage {
	node: INodeType;
	credential: ICredentialType;
}

function load<T>({ path, manifest }: VendorPackage, kind: 'nodes' | 'credentials'): T {
	const [built = '', ...more] = manifest.n8n[kind];
	if (more.length > 0) throw new Error(`${manifest.name} has more than one of its ${kind}`);
	const file = built.replace(/^dist\/(.*)\.js$/, '$1');
	const name = /([^/]+)\.(node|credentials)$/.exec(file)?.[1] ?? '';
	const classes = require(join(path, file)) as Record<string, new () => T>;
	const Class = classes[name];
	if (Class === undefined) throw new Error(`${file}.ts does not export ${name}`);
	return new Class();
}

/** Every package of one vendor, by the name of its folder. */
export const loadedPackages = vendorPackages().map((one): [string, LoadedPackage] => [
	one.folder,
	{ ...one, node: load(one, 'nodes'), credential: load(one, 'credentials') },
]);

/** The choices of a field. */
const choicesOf = ({ options }: INodeProperties) => (options ?? []) as INodePropertyOptions[];

/** The resources of a node, each with its operations. */
export function operationsOf({ description: { properties } }: INodeType) {
	const resource = properties.find(({ name }) => name === 'resource');
	return choicesOf(resource as INodeProperties).map(({ name, value }) => ({
		resource: name,
		operations: properties
			.filter(
				(property) =>
					property.name === 'operation' &&
					property.displayOptions?.show?.['resource']?.includes(value as string),
			)
			.flatMap(choicesOf),
	}));
}
