import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { readToolArguments } from '../../../../nodes/AuthenticatedRequest/read/toolArguments';
import { withoutModel } from '../../../../nodes/shared/tool';
import { NODE } from '../../../support/executeContext';

/** A run of the tool to which a model said this, as n8n keeps it. */
function contextOf(parameters: INodeParameters, said: IDataObject): IExecuteFunctions {
	const run = { inputOverride: { ai_tool: [[{ json: said }]] } };
	return {
		getNode: () => ({ ...NODE, parameters }),
		evaluateExpression: (text: string) => said[/"(\w+)"/.exec(text)?.[1] ?? ''],
		connectionInputData: [{ json: { ...said, toolCallId: 'call' }, pairedItem: { item: 0 } }],
		runExecutionData: { resultData: { runData: { [NODE.name]: [run], Before: ['kept'] } } },
		runIndex: 0,
	} as unknown as IExecuteFunctions;
}

const url = "=/items/{{ $fromAI('id') }}";

it.each<[string, INodeParameters, IDataObject, string | null]>([
	['asked for', { url }, { id: 'a' }, null],
	['besides, where nothing reads the input', { url }, { id: 'a', body: {} }, null],
	[
		'besides, where the node reads its input',
		{ url, body: '={{ $json.body }}' },
		{ id: 'a', body: {} },
		'The tool has no argument "body". Its arguments: id',
	],
	[
		'within "query", where n8n looks, too',
		{ url, body: '={{ $input.item.json.body }}' },
		{ id: 'a', query: { tenant: 'x' } },
		'The tool has no argument "tenant". Its arguments: id',
	],
	[
		'of a tool that has none',
		{ url: '/items/{{ $json.id }}' },
		{ id: 'a' },
		'The tool has no argument "id". Its arguments: none',
	],
	['with a default', { url: "={{ $fromAI('id', '', 'string', 'all') }}" }, {}, null],
])('an argument %s', (_, parameters, said, message) => {
	const read = () => readToolArguments(contextOf(parameters, said), 0);
	if (message === null) expect(read).not.toThrow();
	else expect(read).toThrow(message);
});

it('tells which arguments a parameter reads', () => {
	const given = readToolArguments(contextOf({ url }, { id: 'a' }), 0);
	expect(given.readBy(url)).toEqual([{ key: 'id', value: 'a' }]);
	expect(given.readBy('/items')).toEqual([]);
});

it('a run without the model has empty items that belong where they did, and no arguments', () => {
	const context = contextOf({ url }, { id: 'a' });
	const { connectionInputData, runExecutionData, runIndex } = withoutModel(context) as unknown as {
		connectionInputData: unknown;
		runExecutionData: unknown;
		runIndex: number;
	};
	expect(connectionInputData).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
	expect(runExecutionData).toEqual({
		resultData: { runData: { [NODE.name]: [{ inputOverride: undefined }], Before: ['kept'] } },
	});
	expect(runIndex).toBe(0);
});
