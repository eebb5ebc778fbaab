import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { processEngine, tokenApi, type Engine, VendorCredential } from '../providers';
import { certificateProperties, testProperties } from './tokenApi/calls';
import { jwtProperties } from './tokenApi/jwt';
import { serviceProperties } from './tokenApi/service';
import {
	foundProperties,
	tokenRequestProperties,
	tokenResponseProperties,
} from './tokenApi/tokenRequest';
import { lifetimeProperties, sendingProperties } from './tokenApi/use';

const fields: INodeProperties[] = [
	...serviceProperties,
	...jwtProperties,
	...tokenRequestProperties,
	...tokenResponseProperties,
	...foundProperties,
	...sendingProperties,
	...lifetimeProperties,
	{
		displayName: 'Test Path',
		name: 'testPath',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. /api/me',
		hint: 'Optional: what the Test button calls with the token. Without it, what is known of the service, or the login alone tells.',
	},
	...testProperties,
	...certificateProperties,
];

/** The provider names the call that is made in place of this one. */
const test: ICredentialTestRequest = {
	request: { url: '/', method: 'GET' },
	rules: [401, 403, 404, 405].map((value) => ({
		type: 'responseCode',
		properties: {
			value,
			message: `The login succeeded, but the service responded to the Test Path with ${value}. Check the path, how the token is sent, and what the account may do.`,
		},
	})),
};

export class TokenApi extends VendorCredential implements ICredentialType {
	name = 'tokenApi';

	/** n8n cuts "API" from it: the button says "Connect to Login Token". */
	displayName = 'Login Token API';

	icon = {
		light: 'file:../nodes/Token/token.svg',
		dark: 'file:../nodes/Token/token.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/token-api.md#a-service-in-the-list';

	declare readonly test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine) {
		super(engine, tokenApi, { fields, test });
	}
}
