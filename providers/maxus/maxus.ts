import { readConnection } from '../kit/connectionFields';
import { allowedDomains, choice, requiredBaseUrl, requiredText } from '../kit/credentialFields';
import { scalarText } from '../kit/json';
import { readClaims, timeClaim } from '../kit/jwt';
import type { Credentials, Provider } from '../kit/provider';
import { readObjectOrStatus, readTokenText } from '../kit/vendorResponse';
import { businessRefusal, isSuccess, tokenRefusal } from './refusal';

/** The vendor's services, by the credential's `environment`. */
export const MAXUS_BASE_URLS = {
	production: 'https://oversea.saicmaxus.com/australia',
	test: 'https://oversea.saicmaxus.com/australia/test',
} as const;

export const MAXUS_REGISTER_PATH = '/base/api/token/register';

/** Under these it does not matter what the body is. */
const TELLING_STATUSES = [400, 401, 403, 500];

/** Used when a token does not carry `expireTimeStamp`. */
const LIFETIME_MS = 180_000;

interface MaxusCredentials extends Credentials {
	serviceCode: string;
	serviceSecret: string;
}

/**
 * SAIC Maxus overseas, "Get Maxus JWT Token".
 *
 * Token request: `POST <base URL>/base/api/token/register` with `serviceCode` and `serviceSecret`;
 * the response is `{status, errMsg, data}`, where `status` 1 means success whatever the HTTP status.
 * Business calls carry the token as it is in the header `maxus_jwt`, a new one for each.
 * Every call carries `X-Timestamp` in Unix seconds; 600 calls a minute are allowed.
 */
export const maxus: Provider<MaxusCredentials> = {
	type: 'maxusApi',
	displayName: 'Maxus',
	summary: 'SAIC Maxus overseas: header maxus_jwt',
	callUrl: {
		example: '/fir/update',
		hint: 'A path below the Base URL of the credential is enough',
	},
	needsToken: true,
	requestsPerMinute: 600,
	reusesTokens: false,
	locksAccounts: false,
	tokenMayGoAnywhere: false,

	readCredentials(data) {
		return {
			baseUrl: readBaseUrl(data),
			allowedDomains: allowedDomains(data),
			...readConnection(data),
			serviceCode: requiredText(data, 'serviceCode', 'Service Code'),
			serviceSecret: requiredText(data, 'serviceSecret', 'Service Secret'),
		};
	},

	secretsOf: ({ serviceSecret }) => [serviceSecret],

	tokenRequest({ baseUrl, serviceCode, serviceSecret }, _options, { now }) {
		return {
			method: 'POST',
			url: `${baseUrl}${MAXUS_REGISTER_PATH}`,
			headers: { 'Content-Type': 'application/json', ...timestampHeader(now()) },
			body: JSON.stringify({ serviceCode, serviceSecret }),
		};
	},

	readTokenResponse(_credentials, _options, response, { now }) {
		const parsed = readObjectOrStatus('Maxus', response, TELLING_STATUSES, now());
		if (!isSuccess(response, parsed)) throw tokenRefusal(response, parsed, now());
		const advice = 'Try again; if it stays so, ask Maxus about the service code.';
		const token = readTokenText('Maxus', parsed.data, response, now(), advice);
		const claims = readClaims(token);
		const issuedAt = timeClaim(claims, 'iat');
		return { token, issuedAt, expiresAt: readExpiry(claims, issuedAt), claims };
	},

	tokenHeader: (token) => ({ name: 'maxus_jwt', value: token }),

	authorize(_credentials, token, _call, { now }) {
		return { headers: { maxus_jwt: token, ...timestampHeader(now()) } };
	},

	readBusinessResponse: (_credentials, response, { now }) => businessRefusal(response, now()),
};

function readBaseUrl(data: Record<string, unknown>): string {
	const environments = ['test', 'production', 'custom'] as const;
	const environment = choice(data, 'environment', 'Environment', environments);
	return environment === 'custom'
		? requiredBaseUrl(data, MAXUS_BASE_URLS.production, MAXUS_REGISTER_PATH)
		: MAXUS_BASE_URLS[environment];
}

function timestampHeader(now: number): Record<string, string> {
	return { 'X-Timestamp': String(Math.floor(now / 1000)) };
}

/** `exp` lies 24 minutes ahead and is not when the vendor stops accepting the token. */
function readExpiry(
	claims: Record<string, unknown> | null,
	issuedAt: number | null,
): number | null {
	const stamp = Number(scalarText(claims?.expireTimeStamp));
	if (Number.isFinite(stamp) && stamp > 0) return stamp;
	return issuedAt === null ? null : issuedAt + LIFETIME_MS;
}
