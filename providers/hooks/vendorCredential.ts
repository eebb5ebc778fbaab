import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { connectionFields } from '../kit/connectionFields';
import { baseUrlExpression } from '../kit/credentialFields';
import type { Provider } from '../kit/provider';
import { tokenTargetFields } from '../kit/tokenTargets';
import type { Engine } from '../tokens/engine';
import { credentialHooks, testHeaders, tokenField, type CredentialHooks } from './credentialHooks';

/** What a credential type has of its own. */
export interface CredentialParts {
	/** The vendor's fields; those that every credential has follow them. */
	fields: INodeProperties[];
	/** The call that a test makes after the login, below the base URL unless it names another one. */
	test: ICredentialTestRequest;
}

/**
 * Whatever a credential type of this package is made of besides its name: all fields, the test and the two hooks
 * of n8n. A class passes its parts on, so that nothing can be forgotten.
 */
export abstract class VendorCredential
	implements Pick<ICredentialType, 'properties' | 'test' | 'preAuthentication' | 'authenticate'>
{
	readonly properties: INodeProperties[];

	readonly test: ICredentialTestRequest;

	readonly preAuthentication: CredentialHooks['preAuthentication'];

	readonly authenticate: CredentialHooks['authenticate'];

	constructor(engine: Engine, provider: Provider, { fields, test }: CredentialParts) {
		this.properties = [...fields, ...connectionFields, ...tokenTargetFields(provider), tokenField];
		this.test = {
			...test,
			request: {
				baseURL: baseUrlExpression,
				...test.request,
				headers: { ...test.request.headers, ...testHeaders },
			},
		};
		const { preAuthentication, authenticate } = credentialHooks(engine, provider, test.rules);
		this.preAuthentication = preAuthentication;
		this.authenticate = authenticate;
	}
}
