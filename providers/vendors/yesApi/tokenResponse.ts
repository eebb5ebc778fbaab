import { readClaims, timeClaim } from '../../kit/jwt';
import type { AccessToken, Environment, HttpResponse } from '../../kit/provider';
import { readTokenText } from '../../kit/vendorResponse';
import type { YesApiCredentials } from './interfaceRequest';
import { interfaceCode, interfaceRefusal, readInterfaceResponse } from './interfaceResponse';
import type { YesApiTokenOptions } from './tokenRequest';

/** The token in a response. @throws {VendorError} when there is none */
export function readTokenResponse({
	credentials,
	options,
	response,
	env: { now },
}: {
	credentials: YesApiCredentials;
	options: YesApiTokenOptions;
	response: HttpResponse;
	env: Environment;
}): AccessToken {
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
}

/** A name or ID as text; `null` when the vendor does not tell. */
export function textClaim(value: unknown): string | null {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
