import { encodeForm, withQuery } from '../http/formEncoding';
import { withHeaders } from '../kit/headers';
import type {
	AccessToken,
	BusinessRequest,
	Credentials,
	Environment,
	HttpRequest,
	Provider,
} from '../kit/provider';
import { assertTokenMayGo } from './hosts';

/**
 * A request of the credential itself with its token, as it goes out.
 * @throws {InputError} when the token may not go there, or cannot be carried
 */
export function authorizedRequest(
	provider: Provider,
	credentials: Credentials,
	token: AccessToken,
	asked: HttpRequest,
	env: Environment,
): HttpRequest {
	const request: BusinessRequest = asked;
	assertTokenMayGo(provider, credentials, request.url);
	const { headers, query, form, body } = provider.authorize({ credentials, token, request, env });
	const { method, url } = request;
	return {
		method: method as HttpRequest['method'],
		url: withQuery(url, { ...request.query, ...query }),
		headers: withHeaders(request.headers ?? {}, headers) as Record<string, string>,
		body:
			body ?? (form && encodeForm(Object.entries(form))) ?? (request.body as string | undefined),
	};
}
