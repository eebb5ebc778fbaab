import { InputError } from '../../kit/errors';
import type { CarriedToken, HttpRequest, ServiceLimits, TestRequest } from '../../kit/provider';
import type { LoginRequest } from './description/schema';
import type { LoginCredentials } from './loginCredentials';
import type { Values } from './template';
import { buildRequest } from './tokenRequest';

/** A call of the description, filled in with what the login gave. */
function callOf(
	{ baseUrl, values }: LoginCredentials,
	request: LoginRequest | undefined,
	{ token, extra }: CarriedToken,
	standard: Values,
): HttpRequest | null {
	if (request === undefined) return null;
	return buildRequest(request, baseUrl, { ...standard, ...values, ...extra, token });
}

/** The call that follows the login of a Test. @throws {InputError} when a Test would tell nothing */
export function testRequest(
	credentials: LoginCredentials,
	token: CarriedToken,
	standard: Values,
): TestRequest | null {
	const { description, testCall } = credentials;
	const request = testCall ?? description.test ?? description.check;
	if (request === undefined && description.login === undefined) {
		throw new InputError('Nothing has told yet whether the service takes this token', {
			description:
				'It is made here, without a login. Fill in "Test Path" with a path that needs the token, such as /api/me.',
		});
	}
	const call = callOf(credentials, request, token, standard);
	return call && { call, isNamedByUser: testCall !== undefined };
}

/** A call by which a token can be checked: that of the Test, else the one of the service that only reads. */
export const checkRequest = (
	credentials: LoginCredentials,
	token: CarriedToken,
	standard: Values,
): HttpRequest | null =>
	callOf(
		credentials,
		credentials.testCall ?? credentials.description.check ?? credentials.description.test,
		token,
		standard,
	);

/** What ends the session of a token. */
export const logoutRequest = (
	credentials: LoginCredentials,
	token: CarriedToken,
	standard: Values,
): HttpRequest | null => callOf(credentials, credentials.description.logout, token, standard);

/** What the description says of the limits of the service. */
export function limitsOf({ description }: LoginCredentials): ServiceLimits {
	const { oneSession = false, locks, lockSeconds, requestsPerMinute } = description.limits;
	return {
		oneSession,
		...(locks !== undefined && { locksAccounts: locks }),
		...(lockSeconds !== undefined && { refusalMemoryMs: lockSeconds * 1000 }),
		...(requestsPerMinute !== undefined && { requestsPerMinute }),
	};
}
