import { bearerHeader } from '../../kit/headers';
import type { Provider } from '../../kit/provider';
import { readCallResponse } from './callResponse';
import {
	SERVICE_COMB_TOKEN_PATH,
	readCredentials,
	type ServiceCombCredentials,
} from './credentials';
import { tokenRequest, type ServiceCombTokenOptions } from './tokenRequest';
import { readTokenResponse } from './tokenResponse';

/** The engine gives back one wrong login in this time. */
const FORGIVEN_AFTER_MS = 900_000;

const provider: Provider<ServiceCombCredentials, ServiceCombTokenOptions> = {
	type: 'serviceCombApi',
	displayName: 'ServiceComb',
	summary: 'Huawei Cloud CSE, Apache ServiceComb: header Authorization',
	callUrl: {
		example: '/v4/default/registry/microservices',
		hint: 'A path below the Base URL of the credential, for example /v4/default/registry/microservices',
	},
	tokens: {
		needed: true,
		reuse: 'offered',
		locksAccounts: true,
		refusalMemoryMs: [FORGIVEN_AFTER_MS],
	},
	limits: { requestsPerMinute: 0 },
	// The configuration center of an engine, 1.x and 2.x.
	hosts: { anywhere: false, ports: [30103, 30110] },

	readCredentials,
	accountOf: ({ baseUrl, name, password }) => ({
		name: JSON.stringify([new URL(baseUrl).host, name]),
		secret: password,
	}),
	secretsOf: ({ credentials: { password } }) => [password],
	tokenRequest,
	loginUrls: ({ credentials: { baseUrl } }) => [`${baseUrl}${SERVICE_COMB_TOKEN_PATH}`],
	readTokenResponse,
	tokenHeader: ({ token: { token } }) => bearerHeader(token),
	authorize({ token: { token } }) {
		const { name, value } = bearerHeader(token);
		return { headers: { [name]: value } };
	},
	readCallResponse,
};

/**
 * An exclusive ServiceComb engine, "Obtaining the User Token", and the open-source Service Center.
 *
 * Token request: `POST <base URL>/v4/token` with `name`, `password` and, if wanted, `tokenExpirationTime`;
 * the response is `{token}`, an RS512 JWT with the claims `account`, `roles` and `exp`, but no `iat`.
 * Otherwise it is `{errorCode, errorMessage, detail}`, whose code begins with the HTTP status, or
 * plain text. Business calls carry `Authorization: Bearer <token>`, with one space.
 *
 * The fourth wrong login blocks the account from that address; one is forgiven in 15 minutes.
 */
export const serviceComb = {
	...provider,
	tokenPath: SERVICE_COMB_TOKEN_PATH,
};
