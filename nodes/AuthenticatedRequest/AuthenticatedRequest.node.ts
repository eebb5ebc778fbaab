import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { processEngine, type Engine } from '../../providers';
import { MAIN } from '../shared/n8nVersion';
import { bodyProperties } from './descriptions/body';
import { optionsProperty } from './descriptions/options';
import { credentialDescriptions, providerNames, providerProperties } from './descriptions/provider';
import { requestProperties } from './descriptions/request';
import { toolProperties } from './descriptions/tool';
import { runRequests } from './run';

export class AuthenticatedRequest implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Authenticated Request',
		name: 'authenticatedRequest',
		icon: { light: 'file:authenticatedRequest.svg', dark: 'file:authenticatedRequest.dark.svg' },
		group: ['output'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{$parameter["method"] + ": " + $parameter["url"]}}',
		description: `Call any endpoint of ${providerNames} with a valid token on every call`,
		defaults: { name: 'Authenticated Request' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: credentialDescriptions,
		properties: [
			{ displayName: '', name: 'curlImport', type: 'curlImport', default: '' },
			...providerProperties,
			...requestProperties,
			...bodyProperties,
			optionsProperty,
			...toolProperties,
		],
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			return await runRequests(engine, this);
		};
	}
}
