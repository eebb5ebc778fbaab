import type { NodeGiven } from '../../host/chain';
import type { CredentialReference } from '../../host/client';

export const PACKAGE = 'n8n-nodes-token-providers';

/** A node called *Call* that uses a credential. */
export type Way = (type: string, credential: CredentialReference, url: string) => NodeGiven;

export const authenticatedRequest: Way = (provider, credential, url) => ({
	name: 'Call',
	type: `${PACKAGE}.authenticatedRequest`,
	credentials: { [provider]: credential },
	parameters: { provider, url, options: { maxRetries: 0 } },
});

export const httpRequest: Way = (type, credential, url) => ({
	name: 'Call',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	credentials: { [type]: credential },
	parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: type },
});
