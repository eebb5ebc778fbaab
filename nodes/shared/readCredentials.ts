import type { IExecuteFunctions } from 'n8n-workflow';

import type { Credentials, Provider } from '../../providers';

/** The credential of the node, read and checked. @throws {InputError} */
export async function readCredentials<C extends Credentials>(
	context: IExecuteFunctions,
	provider: Provider<C>,
	itemIndex = 0,
): Promise<C> {
	return provider.readCredentials(await context.getCredentials(provider.type, itemIndex));
}
