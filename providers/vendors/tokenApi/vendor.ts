import { InputError } from '../../kit/errors';
import type { AccessToken, Environment, Provider } from '../../kit/provider';
import { carriedBy, placeToken } from './authorize';
import { cookieHeader } from './cookies';
import { readTokenApiCredentials } from './credentials';
import { checkRequest, limitsOf, logoutRequest, testRequest } from './calls';
import { expiredStatuses, expiredToken } from './callResponse';
import type { LoginCredentials } from './loginCredentials';
import { accountOf, REFUSAL_MEMORY_MS, tokenRules } from './rules';
import { SERVICES } from './services';
import { signJwt } from './signedJwt';
import { loginUrls, namesLogin } from './loginUrls';
import { currentStep } from './steps';
import { namesIn, type Values } from './template';
import { basicAuth, buildRequest } from './tokenRequest';
import { nextOfLogin, readLastResponse, toAccessToken } from './tokenResponse';
import { totp } from './totp';

/**
 * What templates may use besides the values of the credential: what serves once, such as the ID of an assertion
 * that a server takes no second time (RFC 7523), the time, and a one-time password (RFC 6238).
 */
function withStandard(values: Values, { now, randomBytes }: Environment): Values {
	const seconds = Math.floor(now() / 1000);
	const { totpSecret } = values;
	return {
		nonce: Buffer.from(randomBytes(16)).toString('hex'),
		now: String(seconds),
		...('totpSecret' in values && { totp: totpSecret && totp(totpSecret, seconds) }),
		...values,
	};
}

const provider: Provider<LoginCredentials> = {
	type: 'tokenApi',
	displayName: 'Token API',
	summary: 'Any service with a login endpoint',
	callUrl: {
		example: '/api/orders',
		hint: 'A path below the Base URL of the credential, for example /api/orders',
	},
	tokens: {
		needed: true,
		reuse: 'preferred',
		locksAccounts: true,
		refusalMemoryMs: REFUSAL_MEMORY_MS,
	},
	limits: { requestsPerMinute: 0 },
	hosts: { anywhere: false },

	readCredentials: readTokenApiCredentials,
	tokenRules,
	accountOf,

	secretsOf({ credentials }) {
		const { values, secretNames, moreSecrets = [], progress } = credentials;
		const { basic, formEncodeBasic } = currentStep(credentials)?.step ?? {};
		const isKnown = namesIn(basic ?? '').every((name) => name in values);
		const inBasic =
			basic === undefined || !isKnown ? [] : [basicAuth(basic, values, formEncodeBasic).slice(6)];
		const secret = [...secretNames, 'token'].map((name) => values[name] ?? '');
		const taken = Object.values(progress?.taken ?? {});
		const { key = '', passphrase = '' } = credentials.certificates ?? {};
		return [...secret, ...moreSecrets, key, passphrase, ...taken, ...inBasic].filter(
			(text) => text !== '',
		);
	},

	makeToken({ credentials, env }) {
		const { description, values } = credentials;
		const { jwt, login } = description;
		if (login !== undefined || jwt === undefined) return null;
		return (async (): Promise<AccessToken> => {
			const now = env.now();
			const token = await signJwt(jwt, withStandard(values, env), now);
			const ofClaims = { ...credentials, description: { ...description, lifetime: undefined } };
			return toAccessToken(ofClaims, token, {}, null, now);
		})();
	},

	async prepare({ credentials, env }) {
		const { jwt } = credentials.description;
		const values = withStandard(credentials.values, env);
		if (jwt === undefined) return { ...credentials, values };
		const signed = await signJwt(jwt, values, env.now());
		return { ...credentials, values: { ...values, jwt: signed } };
	},

	tokenRequest({ credentials }) {
		const { loginAddress, values, progress } = credentials;
		const current = currentStep(credentials);
		if (current === null) throw new InputError('This credential makes its tokens itself');
		const request = buildRequest(current.step, loginAddress, values);
		const cookies = cookieHeader(progress?.cookies ?? [], request.url);
		if (cookies === '') return request;
		return { ...request, headers: { Cookie: cookies, ...request.headers } };
	},

	loginUrls: ({ credentials }) => loginUrls(credentials),
	namesLogin: ({ credentials, texts }) => namesLogin(credentials, texts),

	nextOfLogin({ credentials, response, env: { now } }) {
		return nextOfLogin(credentials, response, now());
	},

	readTokenResponse({ credentials, response, env: { now } }) {
		return readLastResponse(credentials, response, now());
	},

	tokenHeader({ credentials, token: { token, extra = {} } }) {
		const { headers, ...others } = carriedBy(credentials, token, extra);
		const [first, ...more] = Object.entries(headers);
		if (first === undefined || more.length > 0 || Object.keys(others).length > 0) return null;
		return { name: first[0], value: first[1] };
	},

	carried: ({ credentials, token: { token, extra = {} } }) => carriedBy(credentials, token, extra),

	testRequest: ({ credentials, token, env }) =>
		testRequest(credentials, token, withStandard(credentials.values, env)),

	checkRequest: ({ credentials, token, env }) =>
		checkRequest(credentials, token, withStandard(credentials.values, env)),

	logoutRequest: ({ credentials, token, env }) =>
		logoutRequest(credentials, token, withStandard(credentials.values, env)),

	limitsOf,

	tokenStatuses: ({ description }) => expiredStatuses(description),

	readCallResponse({ credentials: { description }, response, env: { now } }) {
		return expiredToken(description, response, now());
	},

	authorize({ credentials, token: { token, extra = {} }, request }) {
		return placeToken(credentials, token, extra, request);
	},
};

/**
 * Any service with a login endpoint, described by the fields of the credential.
 *
 * Token request: method, URL, headers, query and body of the form, whose texts may hold `{{username}}`,
 * `{{password}}`, `{{nonce}}`, names of the user's own and, where a JWT is signed here, `{{jwt}}`. Values are filled in
 * where a text stands, so that none can become anything but a value.
 *
 * Token response: the token stands at a place of the response; where there is none, the service has refused,
 * whatever the status. Further values may come with it.
 *
 * Business requests carry `{{token}}` and the further values in headers, query, cookies or fields of the JSON
 * body. A token is good as long as the credential says, at most until it is refused.
 */
export const tokenApi = {
	...provider,
	services: SERVICES,
};
