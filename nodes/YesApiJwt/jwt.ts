import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Engine, yesApi } from '../../providers';
import { readSwitch } from '../shared/choices';
import { executeTokenNode, executeVendorNode } from '../shared/tokenNode';

/** What can be asked of every interface. */
type RequestOptions = Parameters<typeof yesApi.sessionParameters>[0];

/** What can be asked of a token. */
type TokenOptions = Parameters<typeof yesApi.tokenRequest>[0]['options'];

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

function readRequestOptions(context: IExecuteFunctions, itemIndex: number): RequestOptions {
	const { uuid, sessionToken, verifyResponse } = context.getNodeParameter(
		'options',
		itemIndex,
		{},
	) as RequestOptions;
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
): TokenOptions {
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
	return await executeVendorNode(
		engine,
		context,
		provider,
		async (itemIndex, credentials, vendor) => {
			const options = {
				...readRequestOptions(context, itemIndex),
				jwtToken: context.getNodeParameter('jwtToken', itemIndex) as string,
			};
			const verification = provider.verifyToken(credentials, options, engine.runtime.now);
			return (await vendor.request(verification)) as IDataObject;
		},
	);
}
