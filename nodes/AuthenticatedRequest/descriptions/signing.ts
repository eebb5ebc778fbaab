import type { INodeProperties } from 'n8n-workflow';

import { typesWhere } from './provider';

const signingProviders = typesWhere(({ signing }) => signing !== undefined);

const whenSigned = {
	show: { '/provider': signingProviders, signRequest: [true] },
};

/** For a call that is signed as a YesApi interface call. */
export const signingOptions: INodeProperties[] = [
	{
		displayName: 'Sign Request',
		name: 'signRequest',
		type: 'boolean',
		displayOptions: { show: { '/provider': signingProviders } },
		default: false,
		description:
			'Whether to sign the call as a YesApi interface call (app_key and sign are added to its parameters) instead of sending a token. Parameters given as objects are sent as JSON text.',
	},
	{
		displayName: 'Session Token',
		name: 'sessionToken',
		type: 'string',
		typeOptions: { password: true },
		displayOptions: whenSigned,
		default: '',
		description:
			"For a call on behalf of a member: what YesApi's member login gave, 64 characters. Goes together with UUID.",
	},
	{
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		displayOptions: whenSigned,
		default: '',
		placeholder: 'e.g. 8AEA2AF1951C0376EC668A74B8CAA64A',
		description:
			'For a call on behalf of a member: the member who is logged in, 32 characters. Goes together with Session Token.',
	},
	{
		displayName: 'Verify Response',
		name: 'verifyResponse',
		type: 'boolean',
		displayOptions: whenSigned,
		default: false,
		description:
			'Whether to check the signature "_auth" of the answer with the app secret. An answer that is not signed, or was changed on its way, is not used.',
	},
];
