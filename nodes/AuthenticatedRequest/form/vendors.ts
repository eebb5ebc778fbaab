import type { INodeProperties } from 'n8n-workflow';

import type { Provider } from '../../../providers';

/** The vendors that a form offers, in the order of their names; a form of one vendor has no choice of it. */
export type Vendors = readonly Provider[];

const typesOf = (vendors: Vendors) => vendors.map(({ type }) => type);

/** For a sentence: "A, B or C". */
export const namesOf = (vendors: Vendors): string =>
	vendors
		.map(({ displayName }) => displayName)
		.join(', ')
		.replace(/, ([^,]*)$/, ' or $1');

/** What a property has in the form of several vendors, and what in that of one. */
export const textFor = (vendors: Vendors, several: string, one: string): string =>
	vendors.length > 1 ? several : one;

/**
 * A property that only the vendors have of which `test` is true: hidden for the others, and left out where there
 * are none. With `show` the editor takes Provider for a way to log in, hides it, and asks whoever adds the node
 * to connect to the first vendor.
 */
export function onlyFor(
	vendors: Vendors,
	test: (vendor: Provider) => boolean,
	property: INodeProperties,
): INodeProperties[] {
	const others = typesOf(vendors.filter((vendor) => !test(vendor)));
	if (others.length === vendors.length) return [];
	if (vendors.length === 1) return [property];
	const hide = { provider: others, ...property.displayOptions?.hide };
	return [{ ...property, displayOptions: { ...property.displayOptions, hide } }];
}

/** Like {@link onlyFor}, for a property that stands in a collection. */
export function onlyInCollectionFor(
	vendors: Vendors,
	test: (vendor: Provider) => boolean,
	property: INodeProperties,
): INodeProperties[] {
	const having = typesOf(vendors.filter(test));
	if (having.length === 0) return [];
	if (vendors.length === 1) return [property];
	const show = { '/provider': having, ...property.displayOptions?.show };
	return [{ ...property, displayOptions: { ...property.displayOptions, show } }];
}
