import { cutTo } from '../../kit/cutTo';
import { VendorError } from '../../kit/errors';
import { isWebPage } from '../../kit/json';
import type { HttpResponse } from '../../kit/provider';
import { statusDetails } from '../../kit/vendorResponse';
import type { Condition, ExtraValue, Place } from './description/schema';
import { tokenPlaces } from './detect';
import type { LoginCredentials } from './loginCredentials';
import { describePlace, textOf } from './places';
import { isSoapFault, refusalSentence, refusalText } from './refusal';
import { responseJson } from './responseJson';

/** What the service says of a refusal, in its own words and in those of the description. */
function wordsOf(
	{ description: { codes } }: LoginCredentials,
	met: Condition | undefined,
	response: HttpResponse,
): { tail: string; code: string | null } {
	const { text, code } = refusalText(response.body);
	const meaning = met?.says ?? (code === null ? undefined : codes[code]);
	const said = text ?? refusalSentence(response);
	const words = [meaning, said === meaning ? null : said].filter((part) => part != null);
	return { tail: words.length === 0 ? '' : `: ${words.join(' – ')}`, code };
}

export function busy(
	credentials: LoginCredentials,
	met: Condition,
	response: HttpResponse,
	now: number,
): VendorError {
	const details = statusDetails(response, now);
	const { tail, code } = wordsOf(credentials, met, response);
	return new VendorError(
		`The service cannot issue a token at the moment (HTTP ${response.status})${tail}`,
		{
			...details,
			said: [tail],
			vendorCode: code ?? details.vendorCode,
			isTransient: true,
			description: 'Try again later: the service is busy, or was asked too often.',
		},
	);
}

/** Names of fields, as a sentence lists them. */
function listed(names: string[], word: 'and' | 'or'): string {
	const the = names.map((name) => `the ${name}`);
	return [the.slice(0, -1).join(', '), the.at(-1)].filter(Boolean).join(` ${word} `);
}

/** A login that the service refused, or a response that holds no token. */
export function refused(
	credentials: LoginCredentials,
	met: Condition | undefined,
	response: HttpResponse,
	now: number,
): VendorError {
	const { labels } = credentials;
	const { status, body } = response;
	const details = statusDetails(response, now);
	const { tail, code } = wordsOf(credentials, met, response);
	const isItsFault = status === 408 || status === 429 || (status >= 500 && !isSoapFault(body));
	if (isItsFault && met === undefined) {
		return new VendorError(
			`The service cannot issue a token at the moment (HTTP ${status})${tail}`,
			{
				...details,
				said: [tail],
				isTransient: true,
				description: `Try again later. Some services answer a wrong key like this: check ${listed(labels.values, 'and')} of the credential, too.`,
			},
		);
	}
	const refusal = {
		...details,
		said: [tail],
		vendorCode: code ?? details.vendorCode,
		isTransient: false,
		credentialRejected: true,
	};
	const kind = tail === '' && met === undefined ? unexpectedKind(credentials, body) : null;
	if (kind !== null) {
		return new VendorError(`The service responded to the login with ${kind} (HTTP ${status})`, {
			...refusal,
			said: [kind],
			description: `No token stands at ${placesOf(credentials)} of that. Check the ${labels.address}: another page than that of the login may stand there${labels.areCustom ? ', or the token stands elsewhere ("Token Is In")' : ''}.`,
		});
	}
	if (status < 300 && tail === '' && met === undefined && tokenPlaces(response, now).length > 0) {
		return otherPlace(credentials, response, now);
	}
	return new VendorError(`The service did not issue a token (HTTP ${status})${tail}`, {
		...refusal,
		description:
			status < 300 && met === undefined
				? `No token stands at ${placesOf(credentials)} of the response. ${eitherOr(credentials, elsewhereOf(credentials, response))}`
				: adviceFor(credentials, status, tail),
	});
}

/** Something that looks like a token stands in the response, and nothing where the credential says. */
function otherPlace(
	credentials: LoginCredentials,
	response: HttpResponse,
	now: number,
): VendorError {
	const { labels, description } = credentials;
	const { token: [first, ...others] = TOKEN_PLACES } = description;
	const isOnePath = first?.json !== undefined && others.length === 0;
	const where = isOnePath ? `"${first.json}"` : placesOf(credentials);
	const paths = pathsIn(responseJson(response.body)).join(', ');
	return new VendorError(`The login succeeded, but nothing stands at ${where}`, {
		...statusDetails(response, now),
		// No secret was refused, and the next login would give the same.
		isForeign: true,
		description: labels.areCustom
			? `The response has ${paths || 'a token elsewhere'}. Set "Token Is At" to one of them.`
			: `Another service answers at the ${labels.address}. Check it in the credential.`,
	});
}

/** What came in place of what was expected; `null`: it is of the kind that was expected, or says nothing. */
function unexpectedKind({ description }: LoginCredentials, body: string): string | null {
	const { token = TOKEN_PLACES } = description;
	const wantsJson = token.every(({ json, auto }) => json ?? auto);
	const text = body.trim();
	if (!wantsJson || text === '' || responseJson(text) !== undefined) return null;
	if (/^[{[]/.test(text)) return 'JSON that is broken';
	if (!isWebPage(text)) return 'plain text instead of JSON';
	if (!/^<(?:!doctype html|html|head|body|title|script|p|h1)\b/i.test(text))
		return 'XML instead of JSON';
	// Of what else stands there something may be a token.
	const [, title = ''] = /<title[^<>]*>([^<]{1,200})/i.exec(text) ?? [];
	return `a web page instead of JSON${title.trim() === '' ? '' : `, "${cutTo(title.trim(), 60)}"`}`;
}

/** What services say of a field that they miss. */
const MISSES_FIELD =
	/\b(?:required|missing|mandatory|must not be (?:null|blank|empty)|can(?:not|'t) be (?:null|blank|empty))\b/i;

function adviceFor(
	{ labels, description }: LoginCredentials,
	status: number,
	said: string,
): string {
	const { method = 'POST' } = description.login ?? {};
	if (status === 405 && labels.areCustom) {
		return `The service does not take ${method} there. Switch on "Change the Token Request" and choose another "Method", or check the ${labels.address}.`;
	}
	if (status === 415 && labels.areCustom) {
		return 'The service does not take a body of this type. Switch on "Change the Token Request" and choose another "Body", e.g. Form URL Encoded.';
	}
	if (MISSES_FIELD.test(said) && labels.areCustom) {
		return 'The service misses a field of the login. Switch on "Change the Token Request" and give its fields the names that the service wants, in "JSON Body" or "Form Fields".';
	}
	if (status === 404 || status === 405) {
		return `Check the ${labels.address} of the credential first: the login may not be there. If it is, check ${listed(labels.values, 'and')}.`;
	}
	return `Check ${listed([...labels.values, labels.address], 'and')} of the credential.`;
}

/** Where a token stands of which nothing else is said. */
export const TOKEN_PLACES: Place[] = [{ json: 'token' }];

const placesOf = ({ description: { token = TOKEN_PLACES } }: LoginCredentials) =>
	token.map(describePlace).join(' or ');

const eitherOr = ({ labels }: LoginCredentials, elsewhere: string) =>
	`Either the service refused ${listed(labels.values, 'or')}, or ${elsewhere}.`;

function elsewhereOf({ labels }: LoginCredentials, response: HttpResponse): string {
	if (!labels.areCustom) return `another service answers at the ${labels.address}`;
	const paths = pathsIn(responseJson(response.body)).join(', ');
	return `the credential's "Token" fields name another place than the service uses${paths && `, whose response has ${paths}`}`;
}

export function notSendable(
	{ labels }: LoginCredentials,
	place: Place,
	response: HttpResponse,
	now: number,
): VendorError {
	return new VendorError(
		'The service reported success but sent a token with characters that no header can carry',
		{
			...statusDetails(response, now),
			description: `It stands at ${describePlace(place)} of the response. Check that the token is there, and the ${labels.address} of the credential.`,
		},
	);
}

/** A login that is sent elsewhere. */
export function redirected(
	{ labels }: LoginCredentials,
	response: HttpResponse,
	now: number,
): VendorError {
	const to = targetOf(response);
	return new VendorError(`The service responded to the token request with a redirect${to}`, {
		...statusDetails(response, now),
		said: [to],
		description: `A token request follows no redirects, since they would carry the secret along. Set the ${labels.address} of the credential to the final address. Where the redirect is what a good login gets, the token stands in a cookie or a header of it.`,
	});
}

/** Where a redirect leads, without its query: that may hold what was sent. */
function targetOf({ headers }: HttpResponse): string {
	const to = String([headers.location].flat()[0] ?? '').replace(/[?#].*/s, '');
	return to === '' ? '' : ` to ${cutTo(to, 200)}`;
}

/** More than one value looks like the token. */
export function severalTokens(
	{ labels }: LoginCredentials,
	places: Place[],
	response: HttpResponse,
	now: number,
): VendorError {
	const names = places.map(describePlace);
	return new VendorError(
		`The login succeeded, and ${names.length} values look like its token: ${names.join(', ')}`,
		{
			...statusDetails(response, now),
			credentialRejected: true,
			description: labels.areCustom
				? 'Say which one it is under "Token Is At".'
				: 'The description has to say which one it is, as "token".',
		},
	);
}

export function missing(
	credentials: LoginCredentials,
	name: string,
	place: ExtraValue,
	response: HttpResponse,
	now: number,
): VendorError {
	const { labels } = credentials;
	const elsewhere = labels.areCustom
		? '"Extra Values" of the credential names another place than the service uses'
		: `another service answers at the ${labels.address}`;
	return new VendorError(`The token response has no value for "${name}"`, {
		...statusDetails(response, now),
		credentialRejected: true,
		description: `Nothing stands at ${describePlace(place)}. ${eitherOr(credentials, elsewhere)}`,
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
