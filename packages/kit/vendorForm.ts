import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Credentials, Provider } from '../../providers';
import { apiFields } from './apiFields';
import type { Resource } from './operation';
import { operationOptions } from './operationOptions';

/** What the form of a vendor's node is made from. */
export interface VendorForm<C extends Credentials> {
	provider: Provider<C>;
	resources: Record<string, Resource<C>>;
	/** The resource that a new node begins with. */
	defaultResource: string;
	/** The fields of the resource *Token*. */
	tokenFields: INodeProperties[];
}

/** The form of a vendor's node: its own resources, a token, and any call of its API. */
export function vendorForm<C extends Credentials>({
	provider,
	resources,
	defaultResource,
	tokenFields,
}: VendorForm<C>): INodeProperties[] {
	const own = Object.entries(resources);
	const choices: INodePropertyOptions[] = [
		{ name: 'API', value: 'api' },
		...own.map(([value, { name }]) => ({ name, value })),
		{
			name: 'Token',
			value: 'token',
			// A model gets no token.
			displayOptions: { hide: { '@tool': [true] } },
		},
	];
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: choices.sort((a, b) => a.name.localeCompare(b.name)),
			default: defaultResource,
		},
		...own.flatMap(([value, resource]) => [
			...resource.properties,
			...toolDescriptionsOf(provider.displayName, value, resource),
		]),
		operationOptions(Object.keys(resources)),
		...tokenFields,
		...apiFields(provider as Provider),
	];
}

/** What a model is told of each operation, unless the owner of the workflow says it better. */
function toolDescriptionsOf<C extends Credentials>(
	vendor: string,
	value: string,
	{ properties, about, secretOperations = [] }: Resource<C>,
): INodeProperties[] {
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => options as INodePropertyOptions[])
		.filter((operation) => !secretOperations.includes(operation.value as string));
	return operations.map((operation) => ({
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: [`${vendor}: ${operation.description ?? operation.name}.`, about].join(' ').trim(),
		required: true,
		typeOptions: { rows: 2 },
		displayOptions: {
			show: { '@tool': [true], resource: [value], operation: [operation.value as string] },
		},
		description: 'Explain to the model what this tool does, and what the response holds',
	}));
}
