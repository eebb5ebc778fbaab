import type { Environment, HttpRequest } from '../../kit/provider';
import { MAXUS_REGISTER_PATH, type MaxusCredentials } from './credentials';

/** The request for a token: the code and the secret of the service as JSON. */
export function tokenRequest({
	credentials: { baseUrl, serviceCode, serviceSecret },
	env,
}: {
	credentials: MaxusCredentials;
	env: Environment;
}): HttpRequest {
	return {
		method: 'POST',
		url: `${baseUrl}${MAXUS_REGISTER_PATH}`,
		headers: { 'Content-Type': 'application/json', ...timestampHeader(env) },
		body: JSON.stringify({ serviceCode, serviceSecret }),
	};
}

/** The header that every request to Maxus carries: the Unix time in seconds. */
export function timestampHeader({ now }: Environment): Record<string, string> {
	return { 'X-Timestamp': String(Math.floor(now() / 1000)) };
}
