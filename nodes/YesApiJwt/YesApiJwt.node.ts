import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { processEngine, yesApi, type Engine } from '../../providers';
import { MAIN } from '../shared/n8nVersion';
import { runJwtOperation } from './jwt';
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
		// A model would be given a live token, and so would the people who run it.
		usableAsTool: undefined,
		credentials: [{ name: 'yesApi', required: true }],
		properties: parameters,
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			const operation = this.getNodeParameter('operation', 0) as 'apply' | 'exchange' | 'verify';
			if (operation === (CUSTOM_API_CALL as string)) throw useAuthenticatedRequest(this);
			return await runJwtOperation(engine, this, yesApi, operation);
		};
	}
}

/** An operation that n8n adds to every node whose credential its HTTP Request node can use. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

function useAuthenticatedRequest(context: IExecuteFunctions) {
	return new NodeOperationError(context.getNode(), 'This node makes and verifies tokens only', {
		description:
			'To call YesApi or your own server, use Authenticated Request with the provider YesApi. Or use HTTP Request with Authentication > Predefined Credential Type > YesApi API.',
	});
}
