import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAX_RETRIES } from '../../providers';

const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Ms)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30000,
	description:
		'How long to wait for the response to one login attempt, in milliseconds, for example 30000',
};

const maxRetriesOption: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_MAX_RETRIES,
	description:
		'How often to retry when the service is busy or cannot be reached. A refused credential is never retried.',
};

/** The parameter `options` of a token node, with options of its own after the common ones. */
export function tokenNodeOptions(...more: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [maxRetriesOption, timeoutOption, ...more].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
}
