import { optionalText } from '../../kit/credentialFields';
import { InputError } from '../../kit/errors';
import type { Environment, HttpRequest } from '../../kit/provider';
import { interfaceRequest, type YesApiCredentials } from './interfaceRequest';
import { assertCanVerify, sessionParameters, type YesApiRequestOptions } from './session';

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

/** The request for a token, by either interface. @throws {InputError} when the options cannot be right */
export function tokenRequest({
	credentials,
	options,
	env: { now },
}: {
	credentials: YesApiCredentials;
	options: YesApiTokenOptions;
	env: Environment;
}): HttpRequest {
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
}

function readLifetime(expTime: number = DEFAULT_LIFETIME_S): string {
	const seconds = Number(expTime);
	if (Number.isSafeInteger(seconds) && seconds >= MIN_LIFETIME_S) return String(seconds);
	throw new InputError(`Expires In must be at least ${MIN_LIFETIME_S} whole seconds`, {
		description: `Give a whole number of seconds, ${MIN_LIFETIME_S} or more. One day is 86400.`,
	});
}
