import type { CredentialReference, Workflow } from '../../../host/client';
import type { Shape } from './shapes';

/** A node that makes the calls. */
export interface Caller {
	name: string;
	type: string;
	typeVersion: number;
	/** What the URL of every call begins with. */
	url: string;
	parameters?: Record<string, unknown>;
	credentials?: Record<string, CredentialReference>;
}

export const httpRequest = (url: string): Caller => ({
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.5,
	url,
});

export const authenticatedRequest = (
	url: string,
	provider: string,
	credential: CredentialReference,
): Caller => ({
	name: 'Authenticated Request',
	type: 'n8n-nodes-token-providers.authenticatedRequest',
	typeVersion: 1,
	url,
	parameters: { provider },
	credentials: { [provider]: credential },
});

/** The path of the URL begins with the number of the shape: so its calls are told from others. */
export const nameOf = (caller: Pick<Caller, 'name'>, index: number) => `${caller.name} ${index}`;

/** Makes an item with a file, and hands it to a node for every caller and shape. */
export function parityWorkflow(
	name: string,
	shapes: Array<[index: number, shape: Shape]>,
	callers: Caller[],
): Workflow {
	const input = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Text',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ text: 'in the file: é' }) },
		},
		{
			name: 'File',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toText',
				sourceProperty: 'text',
				binaryPropertyName: 'file',
				options: { fileName: '报告 "1".txt' },
			},
		},
	];
	const calls = shapes.flatMap(([index, shape]) =>
		callers.map(({ url, parameters, ...caller }) => ({
			...caller,
			name: nameOf(caller, index),
			onError: 'continueRegularOutput',
			parameters: {
				...parameters,
				method: 'GET',
				url: `${url}/${index}/${shape.path ?? 'echo'}`,
				...shape.parameters,
			},
		})),
	);
	const nodes = [...input, ...calls].map((node, index) => ({
		...node,
		id: String(index),
		position: [0, index * 100] as [number, number],
	}));
	const to = (names: string[]) => ({
		main: [names.map((node) => ({ node, type: 'main', index: 0 }))],
	});
	return {
		name,
		nodes,
		connections: {
			Start: to(['Text']),
			Text: to(['File']),
			File: to(calls.map((call) => call.name)),
		},
		settings: { executionOrder: 'v1' },
	};
}
