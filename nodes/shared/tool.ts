import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

/**
 * Whether the node runs as a tool: then a model says what it does, and reads the result. n8n makes a
 * node type of its own for that, under the same name with `Tool` at its end: for its agents, for MCP Server
 * Trigger, and for whatever else has tools.
 */
export function isTool({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('Tool');
}

/** Stands for the run of a tool: each call of one is a run of its own, and knows nothing of the one before. */
export const TOOL_RUN = {};

/** What n8n keeps of the run of a node, of which its types say nothing. */
interface Internals {
	/** The node that has this one as a tool. */
	parentNode?: INode;
	connectionInputData?: INodeExecutionData[];
	runExecutionData?: { resultData?: { runData?: Record<string, RunOfNode[]> } } | null;
	runIndex?: number;
}

interface RunOfNode {
	/** What the model said, by the names of the arguments. */
	inputOverride?: { ai_tool?: Array<INodeExecutionData[] | null> };
}

/**
 * Whether what the tool throws is lost: agents before version 3 tell their model an empty text then. Their tools
 * give what happened as their output. With *Retry On Fail* the tool throws all the same, as n8n repeats nothing
 * else.
 */
export function losesErrors(context: IExecuteFunctions): boolean {
	const { parentNode } = context as unknown as Internals;
	return (
		parentNode?.type === '@n8n/n8n-nodes-langchain.agent' &&
		parentNode.typeVersion < 3 &&
		context.getNode().retryOnFail !== true
	);
}

/** The arguments that the model gave for a call of the tool; `null`: n8n does not tell. */
export function modelArguments(context: IExecuteFunctions): Record<string, unknown> | null {
	const { runExecutionData, runIndex = 0 } = context as unknown as Internals;
	const run = runExecutionData?.resultData?.runData?.[context.getNode().name]?.[runIndex];
	return run?.inputOverride?.ai_tool?.[0]?.[0]?.json ?? null;
}

/**
 * The same run of the node, with nothing in it that a model can have said: its items are empty, and it was given
 * no arguments. What came before stays, by way of the items it belongs to.
 */
export function withoutModel(context: IExecuteFunctions): IExecuteFunctions {
	const { connectionInputData, runExecutionData } = context as unknown as Internals;
	const { name } = context.getNode();
	const resultData = runExecutionData?.resultData;
	const runs = resultData?.runData?.[name];
	return Object.create(context, {
		...(connectionInputData !== undefined && {
			connectionInputData: {
				value: connectionInputData.map(({ pairedItem }) => ({ json: {}, pairedItem })),
			},
		}),
		...(runs !== undefined && {
			runExecutionData: {
				value: {
					...runExecutionData,
					resultData: {
						...resultData,
						runData: {
							...resultData?.runData,
							[name]: runs.map((run) => ({ ...run, inputOverride: undefined })),
						},
					},
				},
			},
		}),
	}) as IExecuteFunctions;
}
