import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	processEngine,
	type Engine,
	type Provider,
	VendorCredential,
	serviceComb,
} from '../providers';

const TOKEN_REFUSED =
	'ServiceComb issued a token but does not accept it. Check that the Base URL leads to one engine only.';

/** Not 401201: engines give it for a permission that is missing, too, and some to every token. */
const REFUSALS_OF_A_TOKEN = ['401204', '401205', '401206', '401302'];

const fields: INodeProperties[] = [
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://engine.example:30100',
		hint: `The service center address of the engine, without "${serviceComb.tokenPath}"`,
	},
	{
		displayName: 'Account Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. root',
		hint: 'An account of the engine, as listed in its System Management, for example root',
	},
	{
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		hint: 'Three wrong passwords lock the account. A correct one does not reset the counter; it drops by one every 15 minutes. So n8n does not send a refused password again for 15 minutes, unless you change it or test the credential.',
	},
	{
		displayName: 'Public Key (Optional)',
		name: 'publicKey',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. -----BEGIN PUBLIC KEY-----',
		description: 'If you enter it, the signature of every token is verified before use',
		hint: "The engine's RSA public key in PEM, from the person who runs the engine",
	},
];

/**
 * Every account may read its own permissions. An engine without that endpoint answers 404, one whose
 * permissions are half set up 401201, which says nothing against a login that has just succeeded; only a
 * token that is refused for what it is does.
 */
const test: ICredentialTestRequest = {
	request: {
		url: '/v4/self-perms',
		method: 'GET',
		ignoreHttpStatusErrors: true,
	},
	rules: REFUSALS_OF_A_TOKEN.map((value) => ({
		type: 'responseSuccessBody',
		properties: { key: 'errorCode', value, message: TOKEN_REFUSED },
	})),
};

export class ServiceCombApi extends VendorCredential implements ICredentialType {
	name = 'serviceCombApi';

	displayName = 'ServiceComb API';

	icon: Icon = {
		light: 'file:../nodes/ServiceCombToken/serviceComb.svg',
		dark: 'file:../nodes/ServiceCombToken/serviceComb.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/service-comb.md#the-credential';

	declare readonly test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine, provider: Provider = serviceComb) {
		super(engine, provider, { fields, test });
	}
}
