import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type INode,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { InMemoryCredentialsHelper, load } from './credentialsHelper';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** What the Test button shows: `runRequestTest` of n8n's `credentials-tester.service.js`, 2.41.1. */
export async function pressTest(
	type: string,
	stored: ICredentialDataDecryptedObject,
): Promise<CredentialTestResult> {
	const { properties, test } = load(type);
	if (test === undefined) throw new Error(`${type} has no test`);
	const data = NodeHelpers.getNodeParameters(
		properties,
		structuredClone(stored) as never,
		true,
		false,
		null,
		null,
	) as ICredentialDataDecryptedObject;
	const decrypted: ICredentialsDecrypted = { id: type, name: type, type, data };

	const node: INode = {
		id: 'temp',
		parameters: {},
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		credentials: { [type]: { id: type, name: type } },
	};
	const nodeType: INodeType = {
		description: {
			displayName: 'No Operation',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request as never },
					default: '',
				},
			],
		},
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const credentialsHelper = new InMemoryCredentialsHelper({ [type]: data });
	const context = new ExecuteContext(
		workflow,
		node,
		{ credentialsHelper, variables: {} } as unknown as IWorkflowExecuteAdditionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		await workflow.expression.acquireIsolate?.();
		const response = await new RoutingNode(context, nodeType, decrypted).runNode();
		for (const rule of test.rules ?? []) {
			const { key, value, message } = rule.properties as Record<string, unknown>;
			const answer = response?.[0]?.[0]?.json;
			if (rule.type === 'responseSuccessBody' && answer?.[key as string] === value) {
				return { status: 'Error', message: String(message) };
			}
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: messageOf(error as Error, test.rules ?? []) };
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

type Rules = NonNullable<NonNullable<ReturnType<typeof load>['test']>['rules']>;

function messageOf(error: Error, rules: Rules): string {
	const cause = error.cause as {
		code?: string;
		response?: { status: number; statusText: string };
	} | null;
	if (cause?.response) {
		const { status, statusText } = cause.response;
		const rule = rules.find(
			({ type, properties }) => type === 'responseCode' && properties.value === status,
		);
		return rule?.properties.message ?? (statusText || `Received HTTP status code: ${status}`);
	}
	return cause?.code ?? error.message;
}
