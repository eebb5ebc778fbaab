import { optionalText } from '../../kit/credentialFields';
import { InputError } from '../../kit/errors';
import { scalarText } from '../../kit/json';
import { timeClaim } from '../../kit/jwt';
import type { HttpRequest, HttpResponse } from '../../kit/provider';
import { scrubber } from '../../kit/scrub';
import { isoTime, secondsLeft } from '../../kit/times';
import { interfaceRequest, type YesApiCredentials } from './interfaceRequest';
import { secretsOf } from './secrets';
import { assertCanVerify, sessionParameters, type YesApiRequestOptions } from './session';
import { textClaim } from './tokenResponse';
import { interfaceCode, interfaceRefusal, readInterfaceResponse } from './interfaceResponse';

export interface YesApiVerifyOptions extends YesApiRequestOptions {
	/** The token to look at. */
	jwtToken: string;
}

/** What YesApi says about a token; `expiresAt` in Unix milliseconds. */
export type YesApiVerification =
	| { valid: true; sub: string | null; uid: string | null; expiresAt: number | null }
	| { valid: false; message: string };

const VALID = 0;
const NOT_VALID = 1;

/** The whole of a verification: the request, and the `json` of an item that its response gives. */
export function verifyToken(
	credentials: YesApiCredentials,
	options: YesApiVerifyOptions,
	now: () => number,
) {
	return {
		request: () => verifyTokenRequest(credentials, options, now()),
		read: (response: HttpResponse) =>
			toVerificationItem(readVerifyResponse(credentials, options, response, now()), now()),
		secrets: verifySecretsOf(credentials, options),
	};
}

/** Asks whether a token is valid: `App.Common_Jwt.VerifyToken`. @throws {InputError} */
export function verifyTokenRequest(
	credentials: YesApiCredentials,
	options: YesApiVerifyOptions,
	now?: number,
): HttpRequest {
	assertCanVerify(credentials, options);
	const jwtToken = optionalText({ ...options }, 'jwtToken');
	if (jwtToken === '') {
		throw new InputError('There is no JWT to verify', {
			description:
				'Fill in "JWT"; if it is an expression, check that it returns a value for this item.',
		});
	}
	const parameters = { jwt_token: jwtToken, ...sessionParameters(options) };
	return interfaceRequest(credentials, 'App.Common_Jwt.VerifyToken', parameters, now);
}

/**
 * What the response says about the token: `data` is `{err_code, err_msg, sub, uid, exp}`, where `err_code` 1
 * means that the token is not valid, which is a response like any other.
 * @throws {VendorError} when YesApi did not look at the token
 */
export function readVerifyResponse(
	credentials: YesApiCredentials,
	options: YesApiVerifyOptions,
	response: HttpResponse,
	now: number,
): YesApiVerification {
	const data = readInterfaceResponse(credentials, options, response, now);
	const code = interfaceCode(data);
	if (code === NOT_VALID) {
		const reason = scalarText(data.err_msg).trim() || 'YesApi says that the token is not valid';
		return { valid: false, message: scrubber(verifySecretsOf(credentials, options))(reason) };
	}
	if (code !== VALID) throw interfaceRefusal(data, response, now);
	return {
		valid: true,
		sub: textClaim(data.sub),
		uid: textClaim(data.uid),
		expiresAt: timeClaim(data, 'exp'),
	};
}

/** The values that no message about a verification may show. */
export function verifySecretsOf(
	credentials: YesApiCredentials,
	options: YesApiVerifyOptions,
): string[] {
	return [...secretsOf({ credentials, options }), optionalText({ ...options }, 'jwtToken')];
}

/** The `json` of an item about a verified token. */
export function toVerificationItem(verification: YesApiVerification, now: number) {
	if (!verification.valid) {
		const { message } = verification;
		return { valid: false, sub: null, uid: null, expiresAt: null, expiresIn: 0, message };
	}
	const { sub, uid, expiresAt } = verification;
	return {
		valid: true,
		sub,
		uid,
		expiresAt: isoTime(expiresAt),
		expiresIn: expiresAt === null ? null : secondsLeft(expiresAt, now),
	};
}
