import { VendorError } from '../kit/errors';
import { parsedJson } from '../kit/json';
import { readClaims, timeClaim } from '../kit/jwt';
import type { AccessToken, HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';
import type { Place, TokenApiCredentials } from './form';
import { readExpiry, UNTIL_REFUSED } from './lifetime';
import { readPlace, textOf, withoutScheme } from './places';
import { refusalSentence, refusalText } from './refusal';

/** ASCII: a header loses other characters, or the service reads others. Blanks may follow a scheme. */
const TOKEN = /^[\x20-\x7e]+$/;

/**
 * The token in a token response, with the values that came with it. Where it should stand and does not, the
 * service has refused, whatever the status: many answer 200 to a wrong password.
 * @throws {VendorError}
 */
export function readToken(
	credentials: TokenApiCredentials,
	response: HttpResponse,
	now: number,
): AccessToken {
	const isRedirect = response.status >= 300 && response.status < 400;
	// A refusal, too, may hold some value where the token would stand, so the status is looked at first.
	const found = response.status < 300 ? readPlace(credentials.token, response, '', now) : null;
	if (found === null)
		throw isRedirect ? redirected(credentials, response, now) : refused(credentials, response, now);
	// A cookie goes back as it came.
	const token = credentials.token.from === 'cookie' ? found : withoutScheme(found);
	if (!TOKEN.test(token)) throw notSendable(credentials, response, now);

	const extra = Object.fromEntries(
		credentials.extra.map(({ name, place }) => {
			const value = readPlace(place, response, token, now);
			if (value === null) throw missing(credentials, name, place, response, now);
			return [name, value];
		}),
	);
	const json = parsedJson(response.body);
	return toAccessToken(credentials, token, extra, json, now);
}

/** What is known of a token. @param json the token response, where there was one */
export function toAccessToken(
	{ lifetime, isIdleLifetime }: TokenApiCredentials,
	token: string,
	extra: Record<string, string>,
	json: unknown,
	now: number,
): AccessToken {
	const claims = readClaims(token);
	const expiresAt = readExpiry(lifetime, json, claims, now);
	const isKnown = expiresAt !== UNTIL_REFUSED;
	return {
		token,
		issuedAt: timeClaim(claims, 'iat'),
		expiresAt,
		claims,
		extra,
		...(isIdleLifetime && isKnown && { idleLifetimeMs: expiresAt - now }),
	};
}

function refused(
	credentials: TokenApiCredentials,
	response: HttpResponse,
	now: number,
): VendorError {
	const { username, password, address, areCustom } = credentials.labels;
	const paths = areCustom ? pathsIn(parsedJson(response.body)).join(', ') : '';
	const elsewhere = areCustom
		? `the credential's "Token" fields name another place than the service uses${paths && `, whose response has ${paths}`}`
		: `another service answers at the ${address}`;
	const details = statusDetails(response, now);
	const said = refusalText(response.body);
	const text = said.text ?? refusalSentence(response);
	const tail = text === null ? '' : `: ${text}`;
	const isItsFault = response.status === 408 || response.status === 429 || response.status >= 500;
	if (isItsFault) {
		return new VendorError(
			`The service cannot issue a token at the moment (HTTP ${response.status})${tail}`,
			{
				...details,
				isTransient: true,
				description: `Try again later. Some services answer a wrong key like this: check the ${username} and the ${password} of the credential, too.`,
			},
		);
	}
	return new VendorError(`The service did not issue a token (HTTP ${response.status})${tail}`, {
		...details,
		vendorCode: said.code ?? details.vendorCode,
		credentialRejected: true,
		description:
			response.status < 300
				? `No token stands at ${describePlace(credentials.token)} of the response. Either the service refused the ${username} or the ${password}, or ${elsewhere}.`
				: `Check the ${username}, the ${password} and the ${address} of the credential.`,
	});
}

function notSendable(
	{ token, labels }: TokenApiCredentials,
	response: HttpResponse,
	now: number,
): VendorError {
	return new VendorError(
		'The service reported success but sent a token with characters that no header can carry',
		{
			...statusDetails(response, now),
			description: `It stands at ${describePlace(token)} of the response. Check that the token is there, and the ${labels.address} of the credential.`,
		},
	);
}

function redirected(
	{ labels }: TokenApiCredentials,
	response: HttpResponse,
	now: number,
): VendorError {
	return new VendorError('The service answered the token request with a redirect', {
		...statusDetails(response, now),
		description: `A token request follows no redirects, since they would carry the secret along. Set the ${labels.address} of the credential to the final address.`,
	});
}

function missing(
	{ labels: { username, password, address, areCustom } }: TokenApiCredentials,
	name: string,
	place: Place,
	response: HttpResponse,
	now: number,
): VendorError {
	const elsewhere = areCustom
		? '"Extra Values" of the credential names another place than the service uses'
		: `another service answers at the ${address}`;
	return new VendorError(`The token response has no value for "${name}"`, {
		...statusDetails(response, now),
		credentialRejected: true,
		description: `Nothing stands at ${describePlace(place)}. Either the service refused the ${username} or the ${password}, or ${elsewhere}.`,
	});
}

/** Up to so many paths are shown. */
const MAX_PATHS = 8;

/** The paths at which values stand, for who looks for the right one. Values may be secret, and so may odd names. */
function pathsIn(json: unknown, prefix = '', depth = 3): string[] {
	if (typeof json !== 'object' || json === null)
		return textOf(json) && prefix ? [prefix.slice(0, -1)] : [];
	return Object.entries(depth === 0 || Array.isArray(json) ? {} : json)
		.filter(([name]) => /^[\w-]{1,30}$/.test(name))
		.slice(0, MAX_PATHS)
		.flatMap(([name, inner]) => pathsIn(inner, `${prefix}${name}.`, depth - 1))
		.slice(0, MAX_PATHS);
}

function describePlace({ from, path }: Place): string {
	switch (from) {
		case 'json':
			return `the JSON path "${path}"`;
		case 'header':
			return `the header "${path}"`;
		case 'cookie':
			return `the cookie "${path}"`;
		case 'xml':
			return `the XML element "${path}"`;
		case 'claim':
			return `the claim "${path}"`;
		case 'body':
			return 'the body';
	}
}
