import type { INodeProperties } from 'n8n-workflow';

import {
	applyFields,
	exchangeFields,
	jwtOptions,
	verifyField,
} from '../../../../nodes/YesApiJwt/parameters';
import { shownFor } from '../../../kit/fields';

/** The interfaces `App.Common_Jwt.ApplyToken`, `.ExchangeToken` and `.VerifyToken`. */
export const tokenProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['token'] } },
		options: [
			{
				name: 'Exchange',
				value: 'exchange',
				action: 'Exchange a session for a token',
				description: 'Make a token for a member who is logged in to YesApi',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a token',
				description: 'Apply for a new token for a user of your own',
			},
			{
				name: 'Verify',
				value: 'verify',
				action: 'Verify a token',
				description: 'Ask whether a token is valid, and for whom it was made',
			},
		],
		default: 'get',
	},
	...shownFor('token', ['get'], ...applyFields),
	...shownFor('token', ['verify'], verifyField),
	...shownFor('token', ['exchange'], ...exchangeFields),
	...shownFor('token', ['exchange', 'get', 'verify'], jwtOptions(['get', 'verify'])),
];
