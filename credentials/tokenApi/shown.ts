import type { INodeProperties } from 'n8n-workflow';

/**
 * `properties`, each shown only while the named fields have one of these values. What a property itself depends
 * on stands first: n8n's public API wants a required field whenever the first condition holds.
 */
export function shownFor(
	show: Record<string, Array<string | boolean>>,
	...properties: INodeProperties[]
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, ...show, ...property.displayOptions?.show },
		},
	}));
}

/** Shown for a login that the form describes. */
export const CUSTOM = { service: ['custom'] };

/** Shown for a login that a pasted description describes. */
export const OWN_DESCRIPTION = { service: ['description'] };

/** Shown for a login that a pasted cURL command makes. */
export const CURL = { service: ['curl'] };

/** Shown for a service that is none of the known ones. */
export const UNKNOWN = { service: ['custom', 'curl', 'description'] };

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
