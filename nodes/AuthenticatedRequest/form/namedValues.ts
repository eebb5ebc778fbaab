import type { INodeProperties } from 'n8n-workflow';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
};

export const valueField: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
};

type DisplayOptions = INodeProperties['displayOptions'];

/** A list of names and values, as `name: { parameters: [{ name, value }] }`. */
export function namedValues(
	name: string,
	displayName: string,
	itemName: string,
	displayOptions: DisplayOptions,
	values: INodeProperties[] = [nameField, valueField],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		displayOptions,
		typeOptions: {
			multipleValues: true,
			fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
		},
		placeholder: `Add ${itemName}`,
		default: { parameters: [{ name: '', value: '' }] },
		options: [{ name: 'parameters', displayName: itemName, values }],
	};
}

/** A choice between fields and another way to give the same values. */
export function specifyBy(
	name: string,
	displayName: string,
	displayOptions: DisplayOptions,
	other: { name: string; value: string } = { name: 'Using JSON', value: 'json' },
): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		displayOptions,
		options: [{ name: 'Using Fields Below', value: 'keypair' }, other],
		default: 'keypair',
	};
}

export function jsonField(name: string, displayOptions: DisplayOptions): INodeProperties {
	return { displayName: 'JSON', name, type: 'json', displayOptions, default: '' };
}
