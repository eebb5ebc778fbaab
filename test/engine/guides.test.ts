import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { startSandbox, VENDORS, type Entry, type Guide, type Sandbox } from '../../sandbox';
import { publishedCredentials } from '../support/published';
import { engine } from './engine';
import { runNode } from './harness';

/** What `npm run sandbox` tells a person to type, typed. */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ tls: true });
});

afterAll(async () => await sandbox.close());

const { description } = new AuthenticatedRequest(engine);

/** A form with these entries in it; a label that the form does not show by then is an error. */
function fill(properties: INodeProperties[], entries: Entry[]): IDataObject {
	const values: IDataObject = {};
	for (const [label, value] of entries) {
		const all = NodeHelpers.getNodeParameters(
			properties,
			values as INodeParameters,
			true,
			false,
			null,
			description,
		);
		const shown = properties.filter(
			(property) =>
				property.displayName === label &&
				NodeHelpers.displayParameter(all ?? {}, property, null, description),
		);
		if (shown.length !== 1) throw new Error(`The form shows ${shown.length} fields "${label}"`);
		const [property] = shown as [INodeProperties];
		values[property.name] = valueOf(property, value);
	}
	return values;
}

function valueOf(property: INodeProperties, value: Entry[1]): IDataObject[string] {
	if (typeof value !== 'string') return { values: value.map((row) => rowOf(property, row)) };
	if (property.type === 'boolean') return value === 'on';
	if (property.type === 'number') return Number(value);
	return property.type === 'options' ? choiceOf(property, value) : value;
}

/** The columns of a list, from the left. */
function rowOf({ options = [] }: INodeProperties, row: string[]): IDataObject {
	const [list] = options;
	const columns = list && 'values' in list ? list.values : [];
	const cells = row.map((cell, index) => {
		const column = columns[index] as INodeProperties;
		return [column.name, valueOf(column, cell)];
	});
	return Object.fromEntries(cells) as IDataObject;
}

function choiceOf({ options = [], displayName }: INodeProperties, name: string): string {
	const choice = options.find((option) => option.name === name);
	if (!choice || !('value' in choice)) throw new Error(`"${displayName}" has no "${name}"`);
	return String(choice.value);
}

const guides = Object.values(VENDORS).flatMap((vendor) =>
	vendor
		.guides('http://vendors.invalid', 'https://vendors.invalid')
		.map(({ title }, index) => [title, vendor, index] as const),
);

it('are there for each account and service', () => {
	expect(guides.length).toBeGreaterThan(30);
});

test.each(guides)('%s: what the sandbox prints works', async (title, vendor, index) => {
	const guide = vendor.guides(sandbox.url, sandbox.tlsUrl ?? '')[index] as Guide;
	expect(guide.title).toBe(title);
	const type = vendor.credentialType;
	const credential = publishedCredentials.find(({ name }) => name === type);
	const { items, error } = await runNode({
		node: new AuthenticatedRequest(engine),
		credentials: {
			[type]: fill(
				credential?.properties ?? [],
				guide.credential,
			) as ICredentialDataDecryptedObject,
		},
		parameters: fill(description.properties, guide.call) as INodeParameters,
	});
	expect(error).toBeNull();
	expect(items.length).toBeGreaterThan(0);
});
