import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { credentialReader } from '../../nodes/shared/readCredentials';
import { reportedRun } from '../../nodes/shared/reportedRun';
import { paceOf } from '../../nodes/shared/paceOf';
import { cancelSignal, runItems } from '../../nodes/shared/runItems';
import {
	makeCall,
	scrubError,
	type CallContext,
	type Credentials,
	type Engine,
	type Provider,
} from '../../providers';
import type { Operation, VendorRequest } from './operation';
import { readCallOptions } from './operationOptions';
import { Parameters } from './parameters';
import { readJson } from './readJson';
import { toSpec } from './toSpec';

/** An operation, and who carries it out. */
export interface OperationRun<C extends Credentials> {
	provider: Provider<C>;
	/** Whether the calls are signed, in the place of a token. */
	isSigned: boolean;
	operation: Operation<C>;
	/** The form of the node. */
	fields: INodeProperties[];
}

/** Carries out one operation for each input item. */
export async function runOperation<C extends Credentials>(
	engine: Engine,
	context: IExecuteFunctions,
	{ provider, isSigned, operation, fields }: OperationRun<C>,
): Promise<INodeExecutionData[][]> {
	const credentialsOf = credentialReader(context, provider.type, (data) =>
		provider.readCredentials(data),
	);
	const pace = paceOf(engine, context, provider);
	const items = await reportedRun(
		engine,
		context,
		provider,
		async (report, counted) =>
			await runItems(
				context,
				pace,
				counted(async (itemIndex) => {
					const credentials = await credentialsOf(itemIndex);
					const parameters = new Parameters(context, itemIndex, fields);
					const request = operation(parameters, credentials);
					const options = readCallOptions(parameters, provider, credentials);
					const caller = ((isSigned && provider.signing?.(options)) || provider) as Provider<C>;
					const secrets = new Set([...caller.secretsOf({ credentials }), ...parameters.secrets]);
					const call = {
						engine,
						helpers: context.helpers,
						run: context,
						provider: caller,
						credentials,
						tokenUse: provider.tokens.reuse === 'never' ? 'fresh' : 'reuse',
						options,
						pace,
						signal: cancelSignal(context),
						secrets,
						isExpired: async () => await Promise.resolve(false),
						mayHoldText: () => true,
						consume: async ({ body }) => await body.all(),
						report,
					} satisfies CallContext as unknown as CallContext;
					try {
						return await requestAll(call, request, context, itemIndex);
					} catch (error) {
						throw scrubError(error, [...secrets]);
					}
				}),
			),
	);
	return [items];
}

/** The output of a request and of those for the pages after it. */
async function requestAll(
	call: CallContext,
	first: VendorRequest,
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	let request: VendorRequest | null = first;
	while (request !== null) {
		const spec = await toSpec(request, call.credentials, context, itemIndex);
		const body = await readJson(context, await makeCall(call, spec));
		const output = request.output === undefined ? body : request.output(body);
		items.push(...[output].flat().map((value) => ({ json: recordOf(value) })));
		request = request.next?.(body) ?? null;
	}
	return items;
}

/** The JSON of an item has to be an object. */
function recordOf(value: unknown): IDataObject {
	if (value === undefined || value === null) return {};
	return typeof value === 'object' ? (value as IDataObject) : { value: value as string };
}
