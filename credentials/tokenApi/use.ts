import type { INodeProperties } from 'n8n-workflow';

import { CUSTOM, shownFor } from './shown';

/** How calls carry the token. */
export const sendingProperties: INodeProperties[] = shownFor(
	CUSTOM,
	{
		displayName: 'Change How It Is Sent',
		name: 'changeSending',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether calls carry the token other than as "Authorization: Bearer …"',
	},
	{
		displayName: 'Keep All Cookies of the Login',
		name: 'keepCookies',
		type: 'boolean',
		noDataExpression: true,
		displayOptions: { show: { changeSending: [true] } },
		default: false,
		description:
			'Whether calls carry every cookie that the login set. What later responses set is not taken over: a session that changes with each of them does not work.',
	},
	{
		displayName: 'How It Is Sent',
		name: 'placements',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Place',
		displayOptions: { show: { changeSending: [true] } },
		default: {
			values: [{ place: 'header', name: 'Authorization', value: 'Bearer {{token}}' }],
		},
		options: [
			{
				displayName: 'Places',
				name: 'values',
				values: [
					{
						displayName: 'Place',
						name: 'place',
						type: 'options',
						noDataExpression: true,
						options: [
							{
								name: 'Basic Auth',
								value: 'basic',
								description: 'Name and value are user and password',
							},
							{ name: 'Cookie', value: 'cookie' },
							{ name: 'Field of a Form', value: 'form' },
							{ name: 'Field of the JSON Body', value: 'body' },
							{ name: 'Header', value: 'header' },
							{ name: 'Query', value: 'query' },
							{
								name: 'URL',
								value: 'path',
								description: 'In place of its name in double braces: token for {{token}}',
							},
						],
						default: 'header',
					},
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						noDataExpression: true,
						default: '',
						placeholder: 'e.g. Authorization',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						noDataExpression: true,
						default: '{{token}}',
						placeholder: 'e.g. Bearer {{token}}',
						description: '{{token}}, and the names of the extra values',
					},
					{
						displayName: 'Only When Something Changes',
						name: 'writesOnly',
						type: 'boolean',
						noDataExpression: true,
						default: false,
						description: 'Whether it is left out of GET, HEAD and OPTIONS',
					},
				],
			},
		],
	},
);

/** How long the token is good for, and how the service says that it is no longer. */
export const lifetimeProperties: INodeProperties[] = shownFor(
	CUSTOM,
	...shownFor(
		{ jwt: ['none', 'value'] },
		{
			displayName: 'Lifetime',
			name: 'lifetime',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Expiry in the JWT',
					value: 'jwt',
					description: 'The claim exp; without it, until refused',
				},
				{ name: 'Field of the Response', value: 'field' },
				{ name: 'Fixed', value: 'fixed' },
				{
					name: 'Found by Itself',
					value: 'auto',
					description: 'A field such as expires_in or expires_at, else the JWT',
				},
				{ name: 'Until Refused', value: 'refusal' },
			],
			default: 'jwt',
			hint: "A known lifetime has the token renewed in time. n8n's HTTP Request node depends on it: it does not repeat a call whose token was refused.",
		},
		{
			displayName: 'Lifetime Is At',
			name: 'lifetimePath',
			type: 'string',
			noDataExpression: true,
			displayOptions: { show: { lifetime: ['field'] } },
			default: 'expires_in',
			placeholder: 'e.g. data.expires',
		},
		{
			displayName: 'Lifetime Unit',
			name: 'lifetimeUnit',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { lifetime: ['field'] } },
			options: [
				{ name: 'Date and Time (ISO 8601)', value: 'iso' },
				{ name: 'Hours', value: 'h' },
				{ name: 'Milliseconds', value: 'ms' },
				{ name: 'Minutes', value: 'min' },
				{ name: 'Seconds', value: 's' },
				{ name: 'Unix Time in Milliseconds', value: 'unixMs' },
				{ name: 'Unix Time in Seconds', value: 'unixS' },
			],
			default: 's',
		},
		{
			displayName: 'Lifetime in Seconds',
			name: 'lifetimeSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { lifetime: ['fixed'] } },
			default: 3600,
		},
		{
			displayName: 'Counted From',
			name: 'countedFrom',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { lifetime: ['field', 'fixed'] } },
			options: [
				{
					name: 'Last Use',
					value: 'lastUse',
					description: 'Each call makes the token live longer',
				},
				{ name: 'Login', value: 'login' },
			],
			default: 'login',
		},
	),
	{
		displayName: 'Change What Means Expired',
		name: 'changeExpired',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether something other than status 401 says that the token is no longer good',
	},
	...shownFor(
		{ changeExpired: [true] },
		{
			displayName: 'Expired: Statuses',
			name: 'expiredStatuses',
			type: 'string',
			noDataExpression: true,
			default: '401',
			placeholder: 'e.g. 401, 403',
		},
		{
			displayName: 'Expired: Path in the JSON Body',
			name: 'expiredPath',
			type: 'string',
			noDataExpression: true,
			default: '',
			placeholder: 'e.g. errors[0].code',
		},
		{
			displayName: 'Expired: Values at That Path',
			name: 'expiredValues',
			type: 'string',
			noDataExpression: true,
			default: '',
			placeholder: 'e.g. 601, 602',
		},
		{
			displayName: 'Expired: Text in the Body',
			name: 'expiredText',
			type: 'string',
			noDataExpression: true,
			default: '',
			placeholder: 'e.g. re-login, please',
			hint: 'A part of the value at that path, or of the whole body where no path is given',
		},
		{
			displayName: 'Expired: Header',
			name: 'expiredHeader',
			type: 'string',
			noDataExpression: true,
			default: '',
			placeholder: 'e.g. X-AUSERNAME: anonymous',
			hint: 'A header of the response, with the value that means it or without one',
		},
	),
);
