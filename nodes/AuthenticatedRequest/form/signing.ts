import type { INodeProperties } from 'n8n-workflow';

import { onlyInCollectionFor, type Vendors } from './vendors';

/** Shown for a signed call, whichever of the two fields says that it is one. */
const whenSigned = (option: INodeProperties): INodeProperties[] => [
	{ ...option, displayOptions: { show: { '/callTo': ['interface'] } } },
	{ ...option, displayOptions: { show: { '/callTo': ['server'], signRequest: [true] } } },
];

const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Sign Request',
		name: 'signRequest',
		type: 'boolean',
		// Of workflows saved before there was the field Call; it is not offered to others.
		displayOptions: { show: { signRequest: [true] } },
		default: false,
		description:
			'Whether to sign the call as a YesApi interface call. In new workflows, choose "Interface of YesApi (Signed)" under Call.',
	},
	...whenSigned({
		displayName: 'Session Token',
		name: 'sessionToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			"For a call on behalf of a member: what YesApi's member login returned, 64 characters. Goes together with UUID.",
	}),
	...whenSigned({
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8AEA2AF1951C0376EC668A74B8CAA64A',
		description:
			'For a call on behalf of a member: the member who is logged in, 32 characters. Goes together with Session Token.',
	}),
	...whenSigned({
		displayName: 'Verify Response',
		name: 'verifyResponse',
		type: 'boolean',
		default: false,
		description:
			'Whether to check the signature "_auth" of the response with the app secret. A response that is not signed, or was changed on its way, is not used.',
	}),
];

/** For a call that is signed as a YesApi interface call. */
export const signingOptions = (vendors: Vendors): INodeProperties[] =>
	OPTIONS.flatMap((option) =>
		onlyInCollectionFor(vendors, ({ signing }) => signing !== undefined, option),
	);
