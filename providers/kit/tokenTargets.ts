import type { INodeProperties } from 'n8n-workflow';

import type { Provider } from './provider';

/** The label of the choice where a token may go, for messages. */
export const TOKEN_TARGETS = 'Where the Token May Go';

/** The choice by which the user lists hosts, and the field that it shows. */
export const LISTED_HOSTS = 'Hosts Listed Below';

export const HOSTS = 'Hosts';

/**
 * Where a token may go. n8n adds fields of these names and values to a credential that has none, under labels
 * that promise more than is kept: it says "All" where a token goes to one host.
 */
export function tokenTargetFields({ hosts }: Pick<Provider, 'hosts'>): INodeProperties[] {
	return [
		{
			displayName: TOKEN_TARGETS,
			name: 'allowedHttpRequestDomains',
			type: 'options',
			options: [
				hosts.anywhere
					? {
							name: 'Any Host',
							value: 'all',
							description: 'The token is made for your own servers, wherever they are',
						}
					: {
							name: 'Host of the Base URL',
							value: 'all',
							description: 'Calls to any other host are refused before they are sent',
						},
				{
					name: LISTED_HOSTS,
					value: 'domains',
					description: 'Only to the hosts that you list, for example api.example.com',
				},
				{
					name: 'Nowhere',
					value: 'none',
					description:
						"Only in the nodes of this package, and there to the host of the Base URL. n8n's HTTP Request node may not use the credential.",
				},
			],
			default: 'all',
			description: 'The hosts that a call with this credential may go to',
		},
		{
			displayName: HOSTS,
			name: 'allowedDomains',
			type: 'string',
			displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
			default: '',
			required: true,
			placeholder: 'e.g. api.example.com, *.example.com',
			description: 'Separated by commas. *.example.com includes every host below example.com.',
			hint: 'Also list the host of the Base URL, since n8n applies this list to logins as well',
		},
	];
}
