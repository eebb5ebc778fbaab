import type { Provider } from '../../kit/provider';
import { readCallResponse } from './callResponse';
import {
	MAXUS_BASE_URLS,
	MAXUS_REGISTER_PATH,
	readCredentials,
	type MaxusCredentials,
} from './credentials';
import { timestampHeader, tokenRequest } from './tokenRequest';
import { readTokenResponse } from './tokenResponse';

const provider: Provider<MaxusCredentials> = {
	type: 'maxusApi',
	displayName: 'Maxus',
	summary: 'SAIC Maxus overseas: header maxus_jwt',
	callUrl: {
		example: '/fir/detail/query?id=1001',
		hint: 'A path below the Base URL of the credential, for example /fir/detail/query?id=1001',
	},
	tokens: { needed: true, reuse: 'never', locksAccounts: false },
	limits: { requestsPerMinute: 600 },
	hosts: { anywhere: false },

	readCredentials,
	secretsOf: ({ credentials: { serviceSecret } }) => [serviceSecret],
	tokenRequest,
	loginUrls: ({ credentials: { baseUrl } }) => [`${baseUrl}${MAXUS_REGISTER_PATH}`],
	readTokenResponse,
	tokenHeader: ({ token: { token } }) => ({ name: 'maxus_jwt', value: token }),
	authorize: ({ token: { token }, env }) => ({
		headers: { maxus_jwt: token, ...timestampHeader(env) },
	}),
	readCallResponse,
};

/**
 * SAIC Maxus overseas, "Get Maxus JWT Token".
 *
 * Token request: `POST <base URL>/base/api/token/register` with `serviceCode` and `serviceSecret`;
 * the response is `{status, errMsg, data}`, where `status` 1 means success whatever the HTTP status.
 * Business calls carry the token as it is in the header `maxus_jwt`, a new one for each.
 * Every call carries `X-Timestamp` in Unix seconds; 600 calls a minute are allowed.
 */
export const maxus = {
	...provider,
	baseUrls: MAXUS_BASE_URLS,
	tokenPath: MAXUS_REGISTER_PATH,
};
