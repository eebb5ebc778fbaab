import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import {
	callVendor,
	readVerifyResponse,
	systemEnvironment,
	toVerificationItem,
	verifySecretsOf,
	verifyTokenRequest,
	yesApi,
	type YesApiCallOptions,
	type YesApiTokenOptions,
} from '../../providers';
import { executeTokenNode, executeVendorNode } from '../shared/tokenNode';
import { parameters } from './parameters';

export class YesApiJwt implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'YesApi JWT',
		name: 'yesApiJwt',
		icon: { light: 'file:yesApi.svg', dark: 'file:yesApi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Make and verify tokens with YesApi',
		defaults: { name: 'YesApi JWT' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'yesApi', required: true }],
		properties: parameters,
	};

	async execute(this: IExecuteFunctions) {
		return this.getNodeParameter('operation', 0) === 'verify'
			? await verifyTokens(this)
			: await executeTokenNode(this, yesApi, (itemIndex) => readTokenOptions(this, itemIndex));
	}
}

function readCallOptions(context: IExecuteFunctions, itemIndex: number): YesApiCallOptions {
	const { uuid, sessionToken, verifyResponse } = context.getNodeParameter(
		'options',
		itemIndex,
		{},
	) as YesApiCallOptions;
	return { uuid, sessionToken, verifyResponse };
}

function readTokenOptions(context: IExecuteFunctions, itemIndex: number): YesApiTokenOptions {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as string;
	const options = readCallOptions(context, itemIndex);
	if (context.getNodeParameter('operation', 0) === 'exchange') {
		const { verifyResponse } = options;
		const session = { uuid: parameter('uuid'), sessionToken: parameter('sessionToken') };
		return { operation: 'exchange', ...session, verifyResponse };
	}
	const expTime = context.getNodeParameter('expTime', itemIndex) as number;
	return { ...options, sub: parameter('sub'), uid: parameter('uid'), expTime };
}

async function verifyTokens(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await executeVendorNode(context, yesApi, async (itemIndex, credentials, call) => {
		const options = {
			...readCallOptions(context, itemIndex),
			jwtToken: context.getNodeParameter('jwtToken', itemIndex) as string,
		};
		const verification = await callVendor(yesApi, call, {
			request: () => verifyTokenRequest(credentials, options),
			read: (response) =>
				readVerifyResponse(credentials, options, response, systemEnvironment.now()),
			secrets: verifySecretsOf(credentials, options),
		});
		return toVerificationItem(verification, systemEnvironment.now()) as IDataObject;
	});
}
