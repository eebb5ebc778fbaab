import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

import { runRequests } from '../../nodes/AuthenticatedRequest/run';
import { runItems } from '../../nodes/shared/runItems';
import { isTool } from '../../nodes/shared/tool';
import { executeTokenNode } from '../../nodes/shared/tokenNode';
import type { Credentials, Engine, Provider } from '../../providers';
import { runOperation } from './runOperation';
import { vendorForm, type VendorForm } from './vendorForm';

/** What the node of one vendor offers: from this both its form and its run are made. */
export interface VendorNode<C extends Credentials> extends VendorForm<C> {
	/** The operations of the resource *Token*; without them *Get* alone. */
	tokens?: Record<
		string,
		(engine: Engine, context: IExecuteFunctions) => Promise<INodeExecutionData[][]>
	>;
}

/** The form of a vendor's node, and what carries it out. */
export function vendorNode<C extends Credentials>(node: VendorNode<C>) {
	const properties = vendorForm(node);
	return {
		properties,
		execute: (engine: Engine): INodeType['execute'] =>
			async function () {
				return await runVendorNode(engine, this, node, properties);
			},
	};
}

async function runVendorNode<C extends Credentials>(
	engine: Engine,
	context: IExecuteFunctions,
	{ provider, resources, tokens = getTokens(provider) }: VendorNode<C>,
	fields: INodeProperties[],
): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	if (resource === 'api') return await runRequests(engine, context, () => provider as Provider);
	const chosen = resources[resource];
	const isSecret = resource === 'token' || chosen?.secretOperations?.includes(name) === true;
	if (isSecret && isTool(context.getNode())) {
		const refuse = async () => await Promise.reject(notForModels(context));
		return [await runItems(context, 1, refuse)];
	}
	const token = resource === 'token' ? tokens[name] : undefined;
	if (token !== undefined) return await token(engine, context);
	const operation = chosen?.operations[name];
	if (chosen === undefined || operation === undefined) throw unknownOperation(context, provider);
	const isSigned = chosen.isSigned === true;
	return await runOperation(engine, context, { provider, isSigned, operation, fields });
}

const getTokens = <C extends Credentials>(
	provider: Provider<C>,
): NonNullable<VendorNode<C>['tokens']> => ({
	get: async (engine, context) => await executeTokenNode(engine, context, provider as Provider),
});

/** A model, and whoever runs it, would have what gives access to the account. */
function notForModels(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'This operation is not for an AI agent', {
		description:
			'It gives a token, which a model must not see. Choose another operation: each gets its token by itself.',
	});
}

/** Also what n8n adds to every node whose credential its HTTP Request node can use: "Custom API Call". */
function unknownOperation(
	context: IExecuteFunctions,
	{ displayName }: { displayName: string },
): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'This node has no such operation', {
		description: `To make any other call to ${displayName}, choose the resource "API" and its operation "Call".`,
	});
}
