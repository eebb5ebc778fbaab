import type { INodeProperties } from 'n8n-workflow';

import {
	DEFAULT_MAX_RETRIES,
	type CallOptions,
	type Credentials,
	type Provider,
} from '../../providers';
import type { Parameters } from './parameters';

const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_MAX_RETRIES,
		description:
			'How often a request may be sent again when the service is busy or the connection breaks, as far as that repeats nothing',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 600,
		description:
			'How many requests may be made in any 60 seconds with this credential, token requests included. 0 for no limit.',
	},
	{
		displayName: 'Timeout (Ms)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10000,
		description: 'Time that one request may take. Without this option 5 minutes.',
	},
];

/** The options of every operation but those with a form of their own. */
export function operationOptions(resources: string[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		displayOptions: { show: { resource: resources } },
		default: {},
		options: OPTIONS,
	};
}

/** Reads {@link operationOptions}. @throws {InputError} */
export function readCallOptions(
	parameters: Parameters,
	{ limits }: Pick<Provider, 'limits'>,
	{ allowUnauthorizedCerts, proxy }: Credentials,
): CallOptions {
	return {
		allowUnauthorizedCerts: allowUnauthorizedCerts === true,
		proxy,
		certificates: undefined,
		arrayFormat: 'repeat',
		failOnVendorErrorCode: true,
		maxRedirects: 21,
		maxRetries: parameters.number('options.maxRetries') ?? DEFAULT_MAX_RETRIES,
		neverError: false,
		requestsPerMinute: parameters.number('options.requestsPerMinute') ?? limits.requestsPerMinute,
		retryNonIdempotent: false,
		timeout: parameters.number('options.timeout', 1),
	};
}
