import type { AccessToken, Provider, Surroundings } from '../kit/provider';
import { placeToken } from './authorize';
import { readTokenApiCredentials } from './credentials';
import { expiredToken } from './expired';
import type { TokenApiCredentials } from './form';
import { signJwt } from './signedJwt';
import type { Values } from './template';
import { basicAuth, buildTokenRequest } from './tokenRequest';
import { readToken, toAccessToken } from './tokenResponse';

/** What serves once, such as the ID of an assertion that a server takes no second time (RFC 7523). */
const withNonce = (values: Values, { randomBytes }: Surroundings) => ({
	nonce: Buffer.from(randomBytes(16)).toString('hex'),
	...values,
});

/** Values that a message may show. */
const PUBLIC_VALUES = ['username', 'database'];

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
export const tokenApi: Provider<TokenApiCredentials> = {
	type: 'tokenApi',
	displayName: 'Token API',
	summary: 'Any service with a login endpoint',
	callUrl: {
		example: '/api/orders',
		hint: 'A path below the Base URL of the credential is enough',
	},
	needsToken: true,
	requestsPerMinute: 0,
	reusesTokens: true,
	prefersReuse: true,
	locksAccounts: true,
	tokenMayGoAnywhere: false,

	readCredentials: readTokenApiCredentials,

	secretsOf({ values, jwt, request }) {
		const secret = Object.entries(values).filter(([name]) => !PUBLIC_VALUES.includes(name));
		const keys = jwt === null ? [] : [jwt.key, jwt.passphrase];
		const basic = request?.basicAuth ? [basicAuth(values, request.basicAuth).slice(6)] : [];
		return [...secret.map(([, value]) => value), ...keys, ...basic].filter((text) => text !== '');
	},

	makeToken(credentials, surroundings) {
		const { request, jwt, values } = credentials;
		if (request !== null || jwt === null) return null;
		return (async (): Promise<AccessToken> => {
			const now = surroundings.now();
			const token = await signJwt(jwt, withNonce(values, surroundings), now);
			return toAccessToken({ ...credentials, lifetime: { by: 'jwt' } }, token, {}, null, now);
		})();
	},

	async prepare(credentials, surroundings) {
		const { jwt } = credentials;
		const values = withNonce(credentials.values, surroundings);
		if (jwt === null) return { ...credentials, values };
		const signed = await signJwt(jwt, values, surroundings.now());
		return { ...credentials, values: { ...values, jwt: signed } };
	},

	tokenRequest: ({ request, values }) => buildTokenRequest(request, values),

	readTokenResponse(credentials, _options, response, { now }) {
		return readToken(credentials, response, now());
	},

	tokenHeader(token, credentials, extra = {}) {
		const { headers } = placeToken(credentials, token, extra, { method: 'POST', url: '' });
		const [first] = Object.entries(headers);
		return first === undefined ? null : { name: first[0], value: first[1] };
	},

	readBusinessResponse({ expired }, response, { now }) {
		return expiredToken(expired, response, now());
	},

	authorize(credentials, token, request, _surroundings, extra = {}) {
		return placeToken(credentials, token, extra, request);
	},
};
