import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';

import { loadedPackages, operationsOf } from '../vendors';
import { runOperation } from '../run';

/** What a model is told of one operation of each. */
const TOLD: Record<string, Record<string, string>> = {
	'agent-auth': { 'game.getAll': 'Agent Auth: Retrieve a list of the available games.' },
	maxus: {
		'fir.get':
			"Maxus: Retrieve the details of a FIR. A FIR is a dealer's report of a fault of a vehicle.",
		'api.call': 'Makes one HTTP call to Maxus, with the login of this tool, and gives its response',
	},
	servicecomb: {
		'instance.sendHeartbeat':
			'ServiceComb: Tell the registry that an instance is alive. An instance is one running process of a microservice.',
	},
	yesapi: {
		'record.delete':
			'YesApi: Remove a record from a table. A record is a row of a table of this account, with an ID.',
	},
};

describe.each(loadedPackages)('%s', (folder, { node }) => {
	const { description } = node;
	const resources = operationsOf(node);

	/** The fields that the editor shows, by the values of others. */
	function shown(parameters: INode['parameters'], isTool = false): INodeProperties[] {
		const name = isTool ? `${description.name}Tool` : description.name;
		const one = { typeVersion: 1, type: `x.${name}`, parameters } as INode;
		return description.properties.filter((property) =>
			NodeHelpers.displayParameter(parameters, property, one, { ...description, name }, parameters),
		);
	}

	test('has a token and a call of the API, beside five operations of the vendor', () => {
		const names = resources.map(({ resource, operations }) => [
			resource,
			operations.map(({ name }) => name),
		]);
		expect(Object.fromEntries(names)).toMatchObject({
			API: ['Call'],
			Token: expect.arrayContaining(['Get']) as unknown,
		});
		const own = resources.filter(({ resource }) => !['API', 'Token'].includes(resource));
		expect(own.flatMap(({ operations }) => operations).length).toBeGreaterThanOrEqual(5);
	});

	test('has a resource, and an operation for each of them that is there', () => {
		const resource = description.properties.find(({ name }) => name === 'resource');
		const names = resources.map((one) => one.resource);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		for (const { value } of (resource?.options ?? []) as Array<{ value: string }>) {
			const choices = shown({ resource: value }).filter(({ name }) => name === 'operation');
			expect([value, choices.length]).toEqual([value, 1]);
			const defaults = choices.map((one) => one.default);
			const values = choices.flatMap(({ options }) => options as Array<{ value: string }>);
			expect(values.map((one) => one.value)).toEqual(expect.arrayContaining(defaults));
		}
	});

	test('says of each operation what it does, in a sentence and in the words of an action', () => {
		for (const { operations } of resources) {
			expect(operations.length).toBeGreaterThan(0);
			for (const { action, description: text } of operations) {
				expect(action).toMatch(/^[A-Z]/);
				expect(text).toMatch(/^[A-Z].*[^.]$|^.*\. .*\.$/);
			}
		}
	});

	test('has no two fields of one name for an operation', () => {
		for (const { operations } of resources) expect(operations).not.toEqual([]);
		const resource = description.properties.find(({ name }) => name === 'resource');
		for (const { value } of (resource?.options ?? []) as Array<{ value: string }>) {
			const [operation] = shown({ resource: value }).filter(({ name }) => name === 'operation');
			for (const one of (operation?.options ?? []) as Array<{ value: string }>) {
				const fields = shown({
					resource: value,
					operation: one.value,
					returnAll: false,
					callTo: 'server',
				});
				const names = fields.map(({ name }) => name);
				expect([value, one.value, names]).toEqual([value, one.value, [...new Set(names)]]);
			}
		}
	});

	test('tells a model, as a tool, what each operation does, and of which vendor', () => {
		const told = new Map<string, string>();
		const resource = description.properties.find(({ name }) => name === 'resource');
		for (const { value } of (resource?.options ?? []) as Array<{ value: string }>) {
			if (value === 'token') continue;
			const [operation] = shown({ resource: value }, true).filter(
				({ name }) => name === 'operation',
			);
			for (const one of (operation?.options ?? []) as Array<{ value: string }>) {
				const parameters = { resource: value, operation: one.value };
				const isInForm = shown(parameters).some(({ name }) => name === 'toolDescription');
				const texts = shown(parameters, true).filter(({ name }) => name === 'toolDescription');
				expect([value, one.value, isInForm, texts.length]).toEqual([
					value,
					one.value,
					false,
					one.value === 'login' ? 0 : 1,
				]);
				for (const text of texts) told.set(`${value}.${one.value}`, text.default as string);
			}
		}
		expect(new Set(told.values()).size).toBe(told.size);
		for (const text of told.values()) expect(text).toContain(description.displayName);
		expect(Object.fromEntries(told)).toMatchObject(TOLD[folder] ?? {});
	});

	test('names no other vendor', () => {
		const others = ['Maxus', 'Agent Auth', 'ServiceComb', 'YesApi', 'Token API'].filter(
			(name) => !description.displayName.includes(name),
		);
		const text = JSON.stringify(description);
		expect(others.filter((name) => text.includes(name))).toEqual([]);
	});

	test('an unknown operation is answered with what there is to use', async () => {
		const { error } = await runOperation(
			{ node, credential: {} },
			description.properties[0]?.default as string,
			'__CUSTOM_API_CALL__',
		);
		expect(error?.message).toBe('This node has no such operation');
		expect(error?.description).toContain('choose the resource "API" and its operation "Call"');
	});

	test('a model gets no token', async () => {
		const { error } = await runOperation({ node, credential: {}, isTool: true }, 'token', 'get');
		expect(error?.message).toContain('This operation is not for an AI agent');
	});
});
