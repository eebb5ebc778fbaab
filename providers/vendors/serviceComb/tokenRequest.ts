import type { HttpRequest } from '../../kit/provider';
import { SERVICE_COMB_TOKEN_PATH, type ServiceCombCredentials } from './credentials';
import { readTokenLifetime } from './tokenLifetime';

/** What can be asked of a ServiceComb token. */
export interface ServiceCombTokenOptions {
	/** A Go duration from `15m` to `24h`; without it the engine's default, 12 hours. */
	tokenExpirationTime?: string;
}

/** The request for a token: the account as JSON. @throws {InputError} when the lifetime cannot be right */
export function tokenRequest({
	credentials: { baseUrl, name, password },
	options,
}: {
	credentials: ServiceCombCredentials;
	options: ServiceCombTokenOptions;
}): HttpRequest {
	const tokenExpirationTime = readTokenLifetime(options.tokenExpirationTime);
	return {
		method: 'POST',
		url: `${baseUrl}${SERVICE_COMB_TOKEN_PATH}`,
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ name, password, tokenExpirationTime }),
	};
}
