import type { INodeProperties } from 'n8n-workflow';

import { tokenNodeOptions } from '../shared/tokenOptions';

const shownFor = (operation: string): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { operation: [operation] } },
});

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Decrypt Request',
			value: 'decryptRequest',
			action: 'Decrypt request',
			description: 'Check and read a request that the vendor made to a webhook of yours',
		},
		{
			name: 'Encrypt Response',
			value: 'encryptResponse',
			action: 'Encrypt response',
			description: 'Encrypt and sign what a webhook of yours is to answer',
		},
		{
			name: 'Get Token',
			value: 'getToken',
			action: 'Get token',
			description: 'Get a new access token',
		},
	],
	default: 'getToken',
};

/** What the vendor's public pages do not say. */
const incomingOptions: INodeProperties = {
	displayName: 'Options',
	name: 'incomingOptions',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	...shownFor('decryptRequest'),
	options: [
		{
			displayName: 'Refuse Repeated Requests',
			name: 'refuseRepeated',
			type: 'boolean',
			default: true,
			description:
				'Whether to refuse a request that came before, by its nonce and by its encrypted text. Each process of n8n knows those of the last day that it got itself.',
		},
		{
			displayName: 'Require Signature',
			name: 'requireSignature',
			type: 'boolean',
			default: true,
			description:
				'Whether to refuse a request that is not signed. One with a wrong signature is always refused.',
		},
		{
			displayName: 'Tolerance (Seconds)',
			name: 'tolerance',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 300,
			description:
				'By how much the timestamp of a request may differ from the clock of n8n. 0 means by any time.',
		},
	],
};

export const parameters: INodeProperties[] = [
	operation,
	{
		displayName:
			'A call to Agent Auth needs more than the token: it is encrypted and signed as well. The Authenticated Request node does all of it in one step.',
		name: 'notice',
		type: 'notice',
		default: '',
		...shownFor('getToken'),
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		default: '={{ $json.body }}',
		required: true,
		...shownFor('decryptRequest'),
		description: 'The body of the request, as the Webhook node gives it',
	},
	{
		displayName: 'Headers',
		name: 'headers',
		type: 'string',
		default: '={{ $json.headers }}',
		required: true,
		...shownFor('decryptRequest'),
		description: 'The headers of the request, as the Webhook node gives them',
	},
	{
		displayName: 'JSON',
		name: 'json',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		...shownFor('encryptResponse'),
		description: 'What to answer, as a JSON object',
	},
	incomingOptions,
	{ ...tokenNodeOptions(), ...shownFor('getToken') },
];
