import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import {
	processEngine,
	readVerifyResponse,
	requestVendor,
	toVerificationItem,
	verifySecretsOf,
	verifyTokenRequest,
	yesApi,
	type Engine,
	type YesApiRequestOptions,
	type YesApiTokenOptions,
} from '../../providers';
import { readSwitch } from '../shared/choices';
import { MAIN } from '../shared/n8nVersion';
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
		inputs: [MAIN],
		outputs: [MAIN],
		// A model, and whoever runs it, would be given a live token.
		usableAsTool: undefined,
		credentials: [{ name: 'yesApi', required: true }],
		properties: parameters,
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			const operation = this.getNodeParameter('operation', 0) as string;
			if (operation === CUSTOM_API_CALL) throw useAuthenticatedRequest(this);
			return operation === 'verify'
				? await verifyTokens(engine, this)
				: await executeTokenNode(engine, this, yesApi, (itemIndex) =>
						readTokenOptions(this, itemIndex),
					);
		};
	}
}

/** An operation that n8n adds to every node whose credential its HTTP Request node can use. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

function useAuthenticatedRequest(context: IExecuteFunctions) {
	return new NodeOperationError(context.getNode(), 'This node makes and verifies tokens only', {
		description:
			'To call YesApi or your own server, use Authenticated Request with the provider YesApi; there "Sign Request" calls any interface of YesApi. Or use HTTP Request with Authentication > Predefined Credential Type > YesApi.',
	});
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

function readTokenOptions(context: IExecuteFunctions, itemIndex: number): YesApiTokenOptions {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as string;
	const options = readRequestOptions(context, itemIndex);
	if (context.getNodeParameter('operation', 0) === 'exchange') {
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
): Promise<INodeExecutionData[][]> {
	return await executeVendorNode(engine, context, yesApi, async (itemIndex, credentials, how) => {
		const options = {
			...readRequestOptions(context, itemIndex),
			jwtToken: context.getNodeParameter('jwtToken', itemIndex) as string,
		};
		const verification = await requestVendor(engine, yesApi, how, {
			request: () => verifyTokenRequest(credentials, options, engine.runtime.now()),
			read: (response) => readVerifyResponse(credentials, options, response, engine.runtime.now()),
			secrets: verifySecretsOf(credentials, options),
		});
		return toVerificationItem(verification, engine.runtime.now()) as IDataObject;
	});
}
