import type { INodeProperties } from 'n8n-workflow';

import { tokenNodeOptions } from '../shared/tokenOptions';

const uuid: INodeProperties = {
	displayName: 'UUID',
	name: 'uuid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8AEA2AF1951C0376EC668A74B8CAA64A',
	description: 'The member who is logged in: 32 characters. Goes together with Session Token.',
};

const sessionToken: INodeProperties = {
	displayName: 'Session Token',
	name: 'sessionToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		"What YesApi's member login returned for this member: 64 characters. Goes together with UUID.",
};

const verifyResponse: INodeProperties = {
	displayName: 'Verify Response',
	name: 'verifyResponse',
	type: 'boolean',
	default: false,
	description:
		'Whether to check the signature "_auth" of the response with the app secret. A response that is not signed, or was changed on its way, is not used.',
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Apply',
			value: 'apply',
			action: 'Apply for token',
			description: 'Make a new token for one of your users',
		},
		{
			name: 'Exchange',
			value: 'exchange',
			action: 'Exchange session for token',
			description: 'Make a token for a member who is logged in to YesApi',
		},
		{
			name: 'Verify',
			value: 'verify',
			action: 'Verify token',
			description: 'Ask whether a token is valid, and for whom it was made',
		},
	],
	default: 'apply',
};

function shownFor(operations: string[], ...properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { show: { operation: operations } },
	}));
}

/** An option that only some operations have. */
function optionFor(operations: string[], option: INodeProperties): INodeProperties {
	return { ...option, displayOptions: { show: { '/operation': operations } } };
}

/** What is asked of a token that YesApi makes anew. */
export const applyFields: INodeProperties[] = [
	{
		displayName: 'Subject',
		name: 'sub',
		type: 'string',
		default: 'YesApi',
		description: 'What the token is for (its claim "sub")',
	},
	{
		displayName: 'User ID',
		name: 'uid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 123456',
		description: 'Which user the token is for (its claim "uid"): your own ID, or a YesApi UUID',
	},
	{
		displayName: 'Expires In (Seconds)',
		name: 'expTime',
		type: 'number',
		typeOptions: { minValue: 10, numberPrecision: 0 },
		default: 86400,
		description: 'How long the token is valid, at least 10 seconds. 86400 is one day.',
	},
];

/** The token that YesApi is to look at. */
export const verifyField: INodeProperties = {
	displayName: 'JWT',
	name: 'jwtToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	description: 'The token to check, without "Bearer" before it',
};

/** The session that becomes a token. */
export const exchangeFields: INodeProperties[] = [
	{ ...uuid, required: true },
	{ ...sessionToken, required: true },
];

/** The options of the operations about tokens; `withSession` are those that a member's session may go with. */
export const jwtOptions = (withSession: string[]): INodeProperties =>
	tokenNodeOptions(
		optionFor(withSession, sessionToken),
		optionFor(withSession, uuid),
		verifyResponse,
	);

export const parameters: INodeProperties[] = [
	operation,
	...shownFor(['apply'], ...applyFields),
	...shownFor(['verify'], verifyField),
	...shownFor(['exchange'], ...exchangeFields),
	jwtOptions(['apply', 'verify']),
];
