import type { IHttpRequestMethods, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Credentials, Provider } from '../../providers';

/** Asks the vendor for what a field of the form is to offer; gives the JSON of the response. */
export async function requestList<C extends Credentials>(
	context: ILoadOptionsFunctions,
	provider: Provider<C>,
	request: { method: IHttpRequestMethods; url: string; body?: object },
): Promise<unknown> {
	const { baseUrl } = provider.readCredentials(await context.getCredentials(provider.type));
	const options = { ...request, url: `${baseUrl}${request.url}`, json: true };
	return (await context.helpers.httpRequestWithAuthentication.call(
		context,
		provider.type,
		options,
	)) as unknown;
}
