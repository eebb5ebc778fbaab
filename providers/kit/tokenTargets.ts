import type { INodeProperties } from 'n8n-workflow';

/** The label of the choice where a token may go, for messages. */
export const TOKEN_TARGETS = 'Where the Token May Go';

/** The choice by which the user lists hosts, and the field that it shows. */
export const LISTED_HOSTS = 'Hosts Listed Below';

export const HOSTS = 'Hosts';

/**
 * Where a token may go. n8n adds fields of these names and values to a credential that has none, under labels
 * that promise more than is kept: it says "All" where a token goes to one host.
 */
export function tokenTargetFields({
	tokenMayGoAnywhere,
}: {
	tokenMayGoAnywhere: boolean;
}): INodeProperties[] {
	return [
		{
			displayName: TOKEN_TARGETS,
			name: 'allowedHttpRequestDomains',
			type: 'options',
			options: [
				tokenMayGoAnywhere
					? {
							name: 'Any Host',
							value: 'all',
							description: 'The token is made for servers of your own, wherever they are',
						}
					: {
							name: 'Host of the Base URL',
							value: 'all',
							description: 'Calls to another host are refused before they are made',
						},
				{
					name: LISTED_HOSTS,
					value: 'domains',
					description: 'Also to other hosts that you trust',
				},
				{
					name: 'Nowhere',
					value: 'none',
					description:
						'HTTP Request may not use this credential. The nodes of this package still call the host of the Base URL.',
				},
			],
			default: 'all',
			description: 'Which hosts a call with this credential may go to',
		},
		{
			displayName: HOSTS,
			name: 'allowedDomains',
			type: 'string',
			displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
			default: '',
			required: true,
			placeholder: 'e.g. api.example.com, *.example.com',
			description: 'Separated by commas; *.example.com means every name below example.com',
			hint: 'List the host of the Base URL, too: n8n keeps token requests to this list',
		},
	];
}
