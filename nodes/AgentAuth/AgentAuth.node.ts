import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { agentAuth, processEngine, type Engine } from '../../providers';
import { readSwitch } from '../shared/choices';
import { MAIN } from '../shared/n8nVersion';
import { credentialReader } from '../shared/readCredentials';
import { readNumber } from '../shared/readNumber';
import { LOCAL, runItems } from '../shared/runItems';
import { executeTokenNode } from '../shared/tokenNode';
import { parameters } from './parameters';

export class AgentAuth implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agent Auth',
		name: 'agentAuth',
		icon: { light: 'file:agentAuth.svg', dark: 'file:agentAuth.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Get Agent Auth access tokens, and read and answer requests of the vendor',
		defaults: { name: 'Agent Auth' },
		inputs: [MAIN],
		outputs: [MAIN],
		// A model would be given a live token, and so would the people who run it.
		usableAsTool: undefined,
		credentials: [{ name: 'agentAuthApi', required: true }],
		properties: parameters,
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			// Nodes that were saved before there were operations have none.
			const operation = this.getNodeParameter('operation', 0, 'getToken') as string;
			switch (operation) {
				case 'decryptRequest':
					return [await decryptRequests(engine, this)];
				case 'encryptResponse':
					return [await encryptResponses(engine, this)];
				case CUSTOM_API_CALL:
					throw useAuthenticatedRequest(this);
				default:
					return await executeTokenNode(engine, this, agentAuth);
			}
		};
	}
}

/** An operation that n8n adds to every node whose credential its HTTP Request node can use. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

function useAuthenticatedRequest(context: IExecuteFunctions) {
	return new NodeOperationError(context.getNode(), 'This node makes no calls of your own', {
		description:
			'To call Agent Auth, use Authenticated Request with the provider Agent Auth, which encrypts and signs each call.',
	});
}

const credentialsOf = (context: IExecuteFunctions) =>
	credentialReader(context, agentAuth.type, agentAuth.readCredentials);

async function decryptRequests(
	{ runtime, seen }: Engine,
	context: IExecuteFunctions,
): Promise<INodeExecutionData[]> {
	const read = credentialsOf(context);
	return await runItems(context, LOCAL, async (itemIndex) => {
		const request = {
			body: context.getNodeParameter('body', itemIndex) as unknown,
			headers: context.getNodeParameter('headers', itemIndex) as unknown,
		};
		const rules = readRules(context, itemIndex);
		const credentials = await read(itemIndex);
		const json = agentAuth.decryptRequest({ credentials, request, rules, seen, env: runtime });
		return [{ json: json as IDataObject }];
	});
}

function readRules(context: IExecuteFunctions, itemIndex: number) {
	const { requireSignature, refuseRepeated, tolerance } = context.getNodeParameter(
		'incomingOptions',
		itemIndex,
		{},
	) as Record<'requireSignature' | 'refuseRepeated' | 'tolerance', unknown>;
	return {
		requireSignature: readSwitch(requireSignature, 'Require Signature', true),
		refuseRepeated: readSwitch(refuseRepeated, 'Refuse Repeated Requests', true),
		toleranceMs: readNumber(tolerance, 'Tolerance (Seconds)', 300) * 1000,
	};
}

async function encryptResponses(
	{ runtime }: Engine,
	context: IExecuteFunctions,
): Promise<INodeExecutionData[]> {
	const read = credentialsOf(context);
	return await runItems(context, LOCAL, async (itemIndex) => {
		const json = context.getNodeParameter('json', itemIndex) as unknown;
		const credentials = await read(itemIndex);
		return [{ json: { ...agentAuth.encryptResponse({ credentials, json, env: runtime }) } }];
	});
}
