import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	readVerifyResponse,
	requestVendor,
	toVerificationItem,
	verifySecretsOf,
	verifyTokenRequest,
	type Engine,
	type yesApi,
	type YesApiRequestOptions,
	type YesApiTokenOptions,
} from '../../providers';
import { readSwitch } from '../shared/choices';
import { executeTokenNode, executeVendorNode } from '../shared/tokenNode';

/** The whole of one operation about tokens of YesApi, for each input item. */
export async function runJwtOperation(
	engine: Engine,
	context: IExecuteFunctions,
	provider: typeof yesApi,
	operation: 'apply' | 'exchange' | 'verify',
): Promise<INodeExecutionData[][]> {
	return operation === 'verify'
		? await verifyTokens(engine, context, provider)
		: await executeTokenNode(engine, context, provider, (itemIndex) =>
				readTokenOptions(context, itemIndex, operation),
			);
}

function readRequestOptions(context: IExecuteFunctions, itemIndex: number): YesApiRequestOptions {
	const { uuid, sessionToken, verifyResponse } = context.getNodeParameter(
		'options',
		itemIndex,
		{},
	) as YesApiRequestOptions;
	return {
		uuid,
		sessionToken,
		verifyResponse: readSwitch(verifyResponse, 'Verify Response', false),
	};
}

function readTokenOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	operation: 'apply' | 'exchange',
): YesApiTokenOptions {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as string;
	const options = readRequestOptions(context, itemIndex);
	if (operation === 'exchange') {
		const { verifyResponse } = options;
		const session = { uuid: parameter('uuid'), sessionToken: parameter('sessionToken') };
		return { operation: 'exchange', ...session, verifyResponse };
	}
	const expTime = context.getNodeParameter('expTime', itemIndex) as number;
	return { ...options, sub: parameter('sub'), uid: parameter('uid'), expTime };
}

async function verifyTokens(
	engine: Engine,
	context: IExecuteFunctions,
	provider: typeof yesApi,
): Promise<INodeExecutionData[][]> {
	return await executeVendorNode(engine, context, provider, async (itemIndex, credentials, how) => {
		const options = {
			...readRequestOptions(context, itemIndex),
			jwtToken: context.getNodeParameter('jwtToken', itemIndex) as string,
		};
		const verification = await requestVendor(engine, provider, how, {
			request: () => verifyTokenRequest(credentials, options, engine.runtime.now()),
			read: (response) => readVerifyResponse(credentials, options, response, engine.runtime.now()),
			secrets: verifySecretsOf(credentials, options),
		});
		return toVerificationItem(verification, engine.runtime.now()) as IDataObject;
	});
}
