import type { INodeProperties } from 'n8n-workflow';

import { providers, type Provider } from '../../../providers';
import { typesWhere } from './provider';

/** One field a provider, as each has addresses of its own. */
export const urlProperties: INodeProperties[] = Object.values<Provider>(providers).map(
	({ type, callUrl: { example, hint } }) => ({
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${example}`,
		description: 'The URL to call: absolute, or a path below the base URL of the credential',
		hint,
		displayOptions: { hide: { provider: typesWhere((other) => other.type !== type) } },
	}),
);
