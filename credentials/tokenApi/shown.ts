import type { INodeProperties } from 'n8n-workflow';

/** `properties`, each shown only while the named fields have one of these values. */
export function shownFor(
	show: Record<string, Array<string | boolean>>,
	...properties: INodeProperties[]
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...show, ...property.displayOptions?.show },
		},
	}));
}

/** Shown for a service that is none of the known ones. */
export const CUSTOM = { service: ['custom'] };

/** A list of rows with a name and a value. */
export function namedRows(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${displayName.replace(/s$/, '')}`,
		default: {},
		description,
		options: [
			{
				displayName,
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						noDataExpression: true,
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						noDataExpression: true,
					},
				],
			},
		],
	};
}
