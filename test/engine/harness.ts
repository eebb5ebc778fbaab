import { dirname } from 'node:path';

import { BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type NodeApiError,
	type NodeExecutionHint,
	type NodeOperationError,
	type OnError,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { recordingLog, type Line } from '../support/log';
import { InMemoryCredentialsHelper } from './credentialsHelper';

export interface NodeRun {
	node: INodeType;
	parameters?: INodeParameters;
	/** Stored data by credential type; what is left out gets the property's default. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Default: one item with an empty `json`. */
	items?: INodeExecutionData[];
	onError?: OnError;
	retryOnFail?: boolean;
	/** Default: the newest that the node has, as a node that is added today. */
	typeVersion?: number;
	/** Default `manual`. */
	mode?: WorkflowExecuteMode;
	/** Stops the execution, as the Stop button does. */
	signal?: AbortSignal;
	/** Default: the node's name in this package. */
	type?: string;
}

export interface NodeRunResult {
	/** What the first output gave. */
	items: INodeExecutionData[];
	/** What the error output gave. */
	errorItems: INodeExecutionData[];
	/** What the node threw, as it was thrown. */
	error: NodeApiError | NodeOperationError | null;
	hints: NodeExecutionHint[];
	/** The numbers that n8n stores with the execution. */
	tracing: Record<string, unknown>;
	/** What the node wrote to n8n's log. */
	lines: Line[];
	/** All that n8n would store of the execution, the serialized error included. */
	execution: IRun;
	/** What was written back to the stored credential. */
	credentialWrites: ICredentialDataDecryptedObject[];
}

const NODE_NAME = 'Node Under Test';
const START_NAME = 'Start';

const engineFolder = require('../jest/engineFolder') as string;

/** npm may give n8n-core a copy of its own of this package, and the container lives in that one. */
const { Container } = require(
	require.resolve('@n8n/di', {
		paths: [dirname(require.resolve('n8n-core', { paths: [engineFolder] }))],
	}),
) as { Container: { get<T>(type: new (...args: never[]) => T): T } };

const isReady = Container.get(BinaryDataService).init();

/** The content of a file that a node gave. */
export async function readBinary(binary: IBinaryData): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** Runs one node in n8n's engine, in this process: a start node gives it the items. */
export async function runNode(run: NodeRun): Promise<NodeRunResult> {
	await isReady;
	const { items = [{ json: {} }], credentials = {}, mode = 'manual' } = run;
	let thrown: unknown = null;
	const observed = Object.create(run.node) as INodeType;
	const { log, lines } = recordingLog();
	observed.execute = async function (this: IExecuteFunctions) {
		const context = Object.create(this, { logger: { value: log } }) as IExecuteFunctions;
		try {
			return (await run.node.execute?.call(context)) ?? [];
		} catch (error) {
			thrown = error;
			throw error;
		}
	};

	const workflow = workflowOf(run, startNode(structuredClone(items)), observed);
	const credentialsHelper = new InMemoryCredentialsHelper(structuredClone(credentials));
	const data = additionalData(workflow, credentialsHelper, mode);
	let stored: IRun | undefined;
	data.hooks?.addHandler('workflowExecuteAfter', (finished) => {
		stored ??= finished;
	});
	const execution = start(new WorkflowExecute(data, mode), workflow);
	const stop = () => execution.cancel();
	run.signal?.addEventListener('abort', stop);
	try {
		const result = await execution;
		// A stopped execution is stored at once, as it is then.
		stored ??= result;
		const task = result.data.resultData.runData[NODE_NAME]?.[0];
		return {
			items: task?.data?.main?.[0] ?? [],
			errorItems: task?.data?.main?.[1] ?? [],
			error: thrown as NodeApiError | NodeOperationError | null,
			hints: task?.hints ?? [],
			tracing: task?.metadata?.tracing ?? {},
			lines,
			execution: stored,
			credentialWrites: credentialsHelper.writes,
		};
	} finally {
		run.signal?.removeEventListener('abort', stop);
	}
}

/**
 * Runs `work` for each item inside a node that may use every credential, as n8n's HTTP Request node:
 * for what n8n's helpers do with our credentials.
 *
 * @example
 * const { items } = await runHelpers({ credentials: { maxusApi } }, async (context) =>
 *   await context.helpers.httpRequestWithAuthentication.call(context, 'maxusApi', { url }));
 */
export async function runHelpers(
	run: Omit<NodeRun, 'node' | 'type' | 'parameters'>,
	work: (context: IExecuteFunctions, itemIndex: number) => Promise<IDataObject>,
): Promise<NodeRunResult> {
	const node: INodeType = {
		description: description('HTTP Request'),
		async execute(this: IExecuteFunctions) {
			const results = this.getInputData().map(async (_item, index) => ({
				json: await work(this, index),
			}));
			return [await Promise.all(results)];
		},
	};
	return await runNode({ ...run, node, type: 'n8n-nodes-base.httpRequest' });
}

type Run = WorkflowExecute['run'];

function start(execute: WorkflowExecute, workflow: Workflow): ReturnType<Run> {
	const startNode = workflow.getNode(START_NAME) ?? undefined;
	if (execute.run.length === 1) return execute.run({ workflow, startNode });
	// Older engines take the two one by one.
	const run = execute.run.bind(execute) as unknown as (...parts: unknown[]) => ReturnType<Run>;
	return run(workflow, startNode);
}

function startNode(items: INodeExecutionData[]): INodeType {
	return { description: description(START_NAME), execute: async () => [items] };
}

function description(displayName: string): INodeType['description'] {
	return {
		displayName,
		name: displayName,
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};
}

function newestVersion({ description: { version } }: INodeType): number {
	return Math.max(...[version].flat());
}

function workflowOf(run: NodeRun, start: INodeType, node: INodeType): Workflow {
	const type = run.type ?? `n8n-nodes-token-providers.${run.node.description.name}`;
	const nodeTypes: Record<string, INodeType> = { start, [type]: node };
	const common = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const tested: INode = {
		...common,
		id: 'node',
		name: NODE_NAME,
		type,
		typeVersion: run.typeVersion ?? newestVersion(run.node),
		parameters: run.parameters ?? {},
		onError: run.onError,
		retryOnFail: run.retryOnFail,
		credentials: Object.fromEntries(
			Object.keys(run.credentials ?? {}).map((name) => [name, { id: name, name }]),
		),
	};
	const byName = (name: string): INodeType => {
		const found = nodeTypes[name];
		if (found === undefined) throw new Error(`No node type ${name}`);
		return found;
	};
	return new Workflow({
		id: 'workflow',
		name: 'Engine test',
		active: false,
		nodes: [{ ...common, id: 'start', name: START_NAME, type: 'start' }, tested],
		connections: { [START_NAME]: { main: [[{ node: NODE_NAME, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		nodeTypes: {
			getByName: byName,
			getByNameAndVersion: byName,
			getKnownTypes: () => ({}),
		},
	});
}

function additionalData(
	workflow: Workflow,
	credentialsHelper: InMemoryCredentialsHelper,
	mode: WorkflowExecuteMode,
): IWorkflowExecuteAdditionalData {
	const executionId = 'execution';
	const workflowData = { id: workflow.id, name: workflow.name } as IWorkflowBase;
	return {
		executionId,
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks(mode, executionId, workflowData),
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookWaitingBaseUrl: 'http://n8n.invalid/webhook-waiting',
		formWaitingBaseUrl: 'http://n8n.invalid/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;
}
