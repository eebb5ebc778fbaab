import type { INodeProperties } from 'n8n-workflow';

import { TokenApi } from '../../credentials/TokenApi.credentials';
import { formFields, serviceFields } from '../support/ownFields';

const { properties } = new TokenApi();

/**
 * The fields that n8n's public API wants of a credential, by `toJsonSchema` of n8n 2.41.1: a required one that is
 * shown by conditions is wanted when the first value of the first of them is given.
 */
function wanted(data: Record<string, unknown>): string[] {
	const names = (wantedOf: (property: INodeProperties) => boolean) =>
		properties.filter(({ required }) => required === true).filter(wantedOf);
	const shown = properties.flatMap(({ name, displayOptions }) =>
		displayOptions?.show ? [name] : [],
	);
	const always = names(
		({ name, displayOptions }) => !displayOptions?.show && !shown.includes(name),
	);
	const conditional = names(({ displayOptions }) => {
		const [first] = Object.entries(displayOptions?.show ?? {});
		return first !== undefined && data[first[0]] === first[1]?.[0];
	});
	return [...always, ...conditional].map(({ name }) => name);
}

const expectAccepted = (data: Record<string, unknown>) => {
	const known = properties.map(({ name }) => name);
	expect(Object.keys(data).filter((name) => !known.includes(name))).toEqual([]);
	expect(wanted(data).filter((name) => !(name in data))).toEqual([]);
};

it.each([...formFields, ...serviceFields])(
	'n8n takes %s with just its own fields',
	(_what, data) => {
		expectAccepted(data);
	},
);
