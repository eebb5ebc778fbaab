import type { INodeProperties } from 'n8n-workflow';

import { yesApi } from '../../vendor';
import type { Parameters } from '../../../kit/parameters';

/** The session of a member who is logged in. */
export const sessionFields: INodeProperties[] = [
	{
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 8AEA2AF1951C0376EC668A74B8CAA64A',
		description: 'The member who is logged in: 32 characters. Goes together with Session Token.',
	},
	{
		displayName: 'Session Token',
		name: 'sessionToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description:
			'What Member → Log In gave for this member: 64 characters. Goes together with UUID.',
	},
];

/** The parameters `uuid` and `token`. @throws {InputError} when they cannot be right */
export function sessionOf(parameters: Parameters): Record<string, string> {
	return yesApi.sessionParameters({
		uuid: parameters.text('uuid'),
		sessionToken: parameters.secretText('sessionToken'),
	});
}
