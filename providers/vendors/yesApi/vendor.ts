import { bearerHeader } from '../../kit/headers';
import { parseObject } from '../../kit/json';
import type { Provider } from '../../kit/provider';
import { assertNoInterface, authorizeSigned } from './authorize';
import { readCallResponse } from './callResponse';
import { readCredentials } from './credentials';
import { interfaceUrl, type YesApiCredentials } from './interfaceRequest';
import { assertSigned } from './interfaceResponse';
import { secretsOf } from './secrets';
import { assertCanVerify, sessionParameters, type YesApiRequestOptions } from './session';
import { tokenRequest, type YesApiTokenOptions } from './tokenRequest';
import { readTokenResponse } from './tokenResponse';
import { verifyToken } from './verify';

/** The interfaces that give tokens; servers may have the name in any case, and with other marks between. */
const LOGIN_INTERFACE = /common_jwt\W+(?:apply|exchange)token/i;

/** The way with a token. */
const withToken: Provider<YesApiCredentials, YesApiTokenOptions> = {
	type: 'yesApi',
	displayName: 'YesApi',
	summary: 'okayapi.com (果创云): a JWT for your own servers, or signed interface calls',
	callUrl: {
		example: 'https://api.example.com/orders',
		hint: 'The full address of your own server, for example https://api.example.com/orders',
	},
	signedCallUrl: {
		example: '/?s=App.Hello.World',
		hint: 'The interface of YesApi as a path, for example /?s=App.Hello.World',
	},
	tokens: { needed: true, reuse: 'offered', locksAccounts: false },
	limits: { requestsPerMinute: 0 },
	hosts: { anywhere: true },

	readCredentials,
	secretsOf,
	tokenRequest,
	// Every interface has the address of the base URL, and is named in the path, the query or the body.
	loginUrls: () => [],
	namesLogin: ({ texts }) => texts.some((text) => LOGIN_INTERFACE.test(text)),
	readTokenResponse,
	tokenHeader: ({ token: { token } }) => bearerHeader(token),
	authorize({ credentials, token: { token }, request }) {
		assertNoInterface(credentials, request);
		const { name, value } = bearerHeader(token);
		return { headers: { [name]: value } };
	},
	readCallResponse,
};

/** The way with a signature. A token may go anywhere, a signed request only where it is understood. */
function signing(options: YesApiRequestOptions): Provider<YesApiCredentials, YesApiTokenOptions> {
	const session = sessionParameters(options);
	return {
		...withToken,
		tokens: { ...withToken.tokens, needed: false },
		hosts: { anywhere: false },
		statusHints: { 401: 'Check the App Key and the App Secret of the credential.' },

		secretsOf: ({ credentials }) => secretsOf({ credentials, options }),

		authorize({ credentials, request, env: { now } }) {
			assertCanVerify(credentials, options);
			return authorizeSigned(credentials, session, request, now());
		},

		...(options.verifyResponse === true && {
			verifyCallResponse: ({ credentials, response, env: { now } }) =>
				assertSigned(credentials, response, parseObject(response.body) ?? {}, now()),
		}),
	};
}

/**
 * YesApi (果创云, 小白接口), interfaces `App.Common_Jwt.ApplyToken`, `.ExchangeToken` and `.VerifyToken`.
 *
 * **Call.** `<base URL>/?s=App.Common_Jwt.ApplyToken`, or `<base URL>/api/App/Common_Jwt/ApplyToken`, by
 * `GET` or with a form by `POST`. Every call carries `app_key`, and `sign` unless the app has signing
 * switched off: see {@link yesApiSignature}. A call on behalf of a member who is logged in also carries
 * `uuid` and `token`, the member's session. `s` is one of the parameters and so it is signed; where the
 * interface stands in the path it is not, unless `signService` makes it one: the vendor does not tell
 * which its service wants there.
 *
 * **Interfaces.** ApplyToken takes `sub`, `uid` and `expTime` (seconds). ExchangeToken takes the member's
 * session only: `sub` becomes `YesApiET`, `uid` the UUID, and the token lives as long as the session.
 * VerifyToken takes `jwt_token`: see {@link verifyTokenRequest}.
 *
 * **Response.** `{ret, data, msg, _t, _auth}`, under HTTP 200 nearly always. `ret` other than 200 is a
 * refusal, for which `msg` gives the reason; so is `data.err_code` other than 0, with `data.err_msg`. The
 * token is `data.jwt_token`. `_auth` signs the response: see {@link yesApiResponseSignature}.
 *
 * **Token.** A JWT (HS256) with `iat` and `exp`, made for the user's own servers, which get it as
 * `Authorization: Bearer`.
 */
export const yesApi = { ...withToken, signing, interfaceUrl, sessionParameters, verifyToken };
