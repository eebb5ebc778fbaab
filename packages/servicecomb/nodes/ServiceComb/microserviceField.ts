import type { INodeProperties } from 'n8n-workflow';

/** The microservice that an operation is about: chosen from the registry, or given by its ID. */
export const microserviceField: INodeProperties = {
	displayName: 'Microservice',
	name: 'microserviceId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The microservice, as the registry knows it',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchMicroservices', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 7062417bf9ebd4c646bb23059003cea42180894a',
		},
	],
};

/** The environments that the registry knows. */
export const environmentField: INodeProperties = {
	displayName: 'Environment',
	name: 'environment',
	type: 'options',
	options: [
		{ name: 'Acceptance', value: 'acceptance' },
		{ name: 'Development', value: 'development' },
		{ name: 'Not Set', value: '' },
		{ name: 'Production', value: 'production' },
		{ name: 'Testing', value: 'testing' },
	],
	default: '',
	description: 'The environment that the microservice is registered for',
};
