import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { processEngine, providers, type Engine, type Provider } from '../../providers';
import { MAIN } from '../shared/n8nVersion';
import { requestForm } from './form';
import { credentialDescriptions } from './form/provider';
import { toolDescriptions } from './form/tool';
import { namesOf } from './form/vendors';
import { readProvider } from './read/readProvider';
import { runRequests } from './run';

const vendors = Object.values<Provider>(providers).sort((a, b) =>
	a.displayName.localeCompare(b.displayName),
);

export class AuthenticatedRequest implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Authenticated Request',
		name: 'authenticatedRequest',
		icon: { light: 'file:authenticatedRequest.svg', dark: 'file:authenticatedRequest.dark.svg' },
		group: ['output'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{$parameter["method"] + ": " + $parameter["url"]}}',
		description: `Call any endpoint of ${namesOf(vendors)} with a valid token on every call`,
		defaults: { name: 'Authenticated Request' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: credentialDescriptions(vendors),
		properties: [
			{ displayName: '', name: 'curlImport', type: 'curlImport', default: '' },
			...toolDescriptions(vendors),
			...requestForm(vendors),
		],
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = async function () {
			return await runRequests(engine, this, readProvider);
		};
	}
}
