import { bearerHeader } from '../kit/bearer';
import { optionalText } from '../kit/credentialFields';
import { InputError } from '../kit/errors';
import { parseObject } from '../kit/json';
import { readClaims, timeClaim } from '../kit/jwt';
import type { Provider } from '../kit/provider';
import { readTokenText } from '../kit/vendorResponse';
import { readCredentials } from './credentials';
import { interfaceRequest, type YesApiCredentials } from './interfaceRequest';
import {
	assertSigned,
	businessRefusal,
	interfaceCode,
	interfaceRefusal,
	readInterfaceResponse,
} from './response';
import { sessionParameters, type YesApiRequestOptions } from './session';
import { authorizeSigned } from './signedRequest';

/** What can be asked of a YesApi token. */
export type YesApiTokenOptions = YesApiRequestOptions &
	(
		| {
				/** Make a new token. */
				operation?: 'apply';
				/** The purpose of the token; default: that of the credential. */
				sub?: string;
				/** The user it is made for; default: that of the credential. */
				uid?: string;
				/** Its lifetime in seconds; default 86400, at least 10. */
				expTime?: number;
		  }
		| {
				/** Turn the session of a member, which `uuid` and `sessionToken` name, into a token. */
				operation: 'exchange';
		  }
	);

const DEFAULT_LIFETIME_S = 86_400;
const MIN_LIFETIME_S = 10;

/** The way with a token. */
const withToken: Provider<YesApiCredentials, YesApiTokenOptions> = {
	type: 'yesApi',
	displayName: 'YesApi',
	summary: 'okayapi.com (果创云): header Authorization, on your own servers',
	callUrl: {
		example: 'https://api.example.com/orders',
		hint: 'The full address of your own server, as a path would send the JWT to YesApi; with Sign Request, e.g. /?s=App.Hello.World',
	},
	needsToken: true,
	requestsPerMinute: 0,
	reusesTokens: true,
	locksAccounts: false,
	tokenMayGoAnywhere: true,

	readCredentials,

	/** The app key too: while signing is switched off, nothing else is needed to call as this app. */
	secretsOf: ({ appKey, appSecret, staticSignSecret }, options) => [
		appKey,
		appSecret,
		optionalText({ ...options }, 'sessionToken'),
		...(staticSignSecret === undefined ? [] : [staticSignSecret]),
	],

	tokenRequest(credentials, options, { now }) {
		assertCanVerify(credentials, options);
		const session = sessionParameters(options);
		if (options.operation === 'exchange') {
			if (session.uuid === undefined) {
				throw new InputError('There is no UUID and no Session Token to exchange', {
					description: "Fill in both. They come from YesApi's member login.",
				});
			}
			return interfaceRequest(credentials, 'App.Common_Jwt.ExchangeToken', session, now());
		}
		const parameters = {
			sub: optionalText({ sub: credentials.sub, ...options }, 'sub'),
			uid: optionalText({ uid: credentials.uid, ...options }, 'uid'),
			expTime: readLifetime(options.expTime),
			...session,
		};
		return interfaceRequest(credentials, 'App.Common_Jwt.ApplyToken', parameters, now());
	},

	readTokenResponse(credentials, options, response, { now }) {
		const data = readInterfaceResponse(credentials, options, response, now());
		if ((interfaceCode(data) ?? 0) !== 0) throw interfaceRefusal(data, response, now());
		const advice = 'Check that the Base URL of the credential is the interface domain of your app.';
		const token = readTokenText('YesApi', data.jwt_token, response, now(), advice);
		const claims = readClaims(token);
		return {
			token,
			issuedAt: timeClaim(claims, 'iat'),
			expiresAt: timeClaim(claims, 'exp'),
			claims,
			details: { sub: textClaim(claims?.sub), uid: textClaim(claims?.uid) },
		};
	},

	tokenHeader: bearerHeader,

	authorize(_credentials, token) {
		const { name, value } = bearerHeader(token);
		return { headers: { [name]: value } };
	},

	/** The user's own servers have responses of their own. */
	readBusinessResponse(credentials, response, { now }) {
		const isFromYesApi = new URL(response.url).host === new URL(credentials.baseUrl).host;
		return isFromYesApi ? businessRefusal(credentials, response, now()) : null;
	},
};

/** The way with a signature. A token may go anywhere, a signed request only where it is understood. */
function signing(options: YesApiRequestOptions): Provider<YesApiCredentials, YesApiTokenOptions> {
	const session = sessionParameters(options);
	return {
		...withToken,
		needsToken: false,
		tokenMayGoAnywhere: false,
		statusHints: { 401: 'Check the App Key and the App Secret of the credential.' },

		secretsOf: (credentials) => withToken.secretsOf(credentials, options),

		authorize(credentials, _token, request, { now }) {
			assertCanVerify(credentials, options);
			return authorizeSigned(credentials, session, request, now());
		},

		...(options.verifyResponse === true && {
			verifyBusinessResponse: (credentials, response, { now }) =>
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
export const yesApi: Provider<YesApiCredentials, YesApiTokenOptions> = { ...withToken, signing };

/** @throws {InputError} when responses are to be verified and there is no secret to do it with */
export function assertCanVerify(
	{ appSecret }: YesApiCredentials,
	{ verifyResponse }: YesApiRequestOptions,
): void {
	if (verifyResponse !== true || appSecret !== '') return;
	throw new InputError('"Verify Response" needs the App Secret, and the credential has none', {
		description: 'Open the credential and fill in "App Secret", or switch the option off.',
	});
}

/** A name or ID as text; `null` when the vendor does not tell. */
export function textClaim(value: unknown): string | null {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function readLifetime(expTime: number = DEFAULT_LIFETIME_S): string {
	const seconds = Number(expTime);
	if (Number.isSafeInteger(seconds) && seconds >= MIN_LIFETIME_S) return String(seconds);
	throw new InputError(`Expires In must be at least ${MIN_LIFETIME_S} whole seconds`, {
		description: `Give a whole number of seconds, ${MIN_LIFETIME_S} or more. One day is 86400.`,
	});
}
