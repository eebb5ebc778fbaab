import { InputError } from '../../kit/errors';
import { readClaims, timeClaim } from '../../kit/jwt';
import type { AccessToken, HttpResponse } from '../../kit/provider';
import { COOKIES } from './authorize';
import { conditionMet } from './conditions';
import { cookiesAfter, hostCookies, type Cookie } from './cookies';
import type { ExtraValue, Place, Step } from './description/schema';
import { tokenPlaces } from './detect';
import { readExpiry, UNTIL_REFUSED } from './lifetime';
import type { LoggedIn, LoginCredentials, StepName } from './loginCredentials';
import {
	busy,
	missing,
	notSendable,
	redirected,
	refused,
	severalTokens,
	TOKEN_PLACES,
} from './loginRefusal';
import { isToken, readPlace, withoutScheme } from './places';
import { currentStep, missingBeside, stepAfter, takeFrom } from './steps';
import { urlOf } from './tokenRequest';

/** ASCII: a header loses other characters, or the service reads others. Blanks may follow a scheme. */
const TOKEN = /^[\x20-\x7e]+$/;

/**
 * The credential for the next request of a login; `null`: this was the last.
 * @throws {VendorError} when the response has not what that needs
 */
export function nextOfLogin(
	credentials: LoginCredentials,
	response: HttpResponse,
	now: number,
): LoginCredentials | null {
	const current = currentStep(credentials);
	const next = current && stepAfter(credentials.description, current.name);
	if (current === null || next == null) return null;
	const { token, login, ...read } = READ[current.name](credentials, response, now);
	const taken = { ...credentials.progress?.taken, ...read.taken };
	const cookies = cookiesOfLogin(credentials, response, now);
	return {
		...credentials,
		values: { ...credentials.values, ...taken, ...(token !== undefined && { token }) },
		progress: { step: next, cookies, taken, ...(login && { login }) },
	};
}

/** The token of a login, by the response to its last request. @throws {VendorError} when there is none */
export function readLastResponse(
	credentials: LoginCredentials,
	response: HttpResponse,
	now: number,
): AccessToken {
	const { description, baseUrl, progress } = credentials;
	const current = currentStep(credentials);
	if (current === null) throw new InputError('This credential makes its tokens itself');
	const { taken, login } = READ[current.name](credentials, response, now);
	const extra: Record<string, string> = { ...progress?.taken, ...taken };
	if (description.keepCookies || login?.isFoundCookie === true) {
		extra[COOKIES] = hostCookies(cookiesOfLogin(credentials, response, now), baseUrl);
	}
	return toAccessToken(credentials, login?.token ?? '', extra, login?.response ?? null, now);
}

function cookiesOfLogin(
	credentials: LoginCredentials,
	{ headers }: HttpResponse,
	now: number,
): Cookie[] {
	const { progress, loginAddress } = credentials;
	const url = urlOf(currentStep(credentials)?.step.url ?? '', loginAddress);
	return cookiesAfter(progress?.cookies ?? [], headers, url, now);
}

/** What one response gave. */
interface Read {
	taken: Record<string, string>;
	token?: string;
	login?: LoggedIn;
}

const READ: Record<
	StepName,
	(credentials: LoginCredentials, response: HttpResponse, now: number) => Read
> = {
	before: (credentials, response, now) => readBeside('before', credentials, response, now),
	login: readLogin,
	after(credentials, response, now) {
		const { description, progress } = credentials;
		const read = readBeside('after', credentials, response, now);
		if (description.exchangedToken === undefined) return { ...read, login: progress?.login };
		const login = readToken(credentials, description.exchangedToken, response, now);
		return { ...read, token: login.token, login };
	},
};

function readBeside(
	which: 'before' | 'after',
	credentials: LoginCredentials,
	response: HttpResponse,
	now: number,
): Read {
	const { description } = credentials;
	const later = conditionMet(description.laterIf, response, now);
	if (later !== undefined) throw busy(credentials, later, response, now);
	const { take = {} } = description[which] ?? {};
	const missed = (name: string, place: ExtraValue) =>
		missingBeside(which, name, place, response, now);
	return { taken: takeFrom(take, response, '', now, missed) };
}

/** Where the token should stand and does not, the service has refused, whatever the status. */
function readLogin(credentials: LoginCredentials, response: HttpResponse, now: number): Read {
	const { token: places = TOKEN_PLACES, also, login: step } = credentials.description;
	const login = readToken(credentials, places, response, now);
	const { token } = login;
	const missed = (name: string, place: ExtraValue) =>
		missing(credentials, name, place, response, now);
	const taken = takeFrom({ ...step?.take, ...also }, response, token, now, missed);
	return { taken, token, login };
}

/** @throws {VendorError} when a response has no token that a call can carry */
function readToken(
	credentials: LoginCredentials,
	places: Place[],
	response: HttpResponse,
	now: number,
): LoggedIn {
	const { description } = credentials;
	const later = conditionMet(description.laterIf, response, now);
	if (later !== undefined) throw busy(credentials, later, response, now);
	const refusal = conditionMet(description.refusedIf, response, now);
	const isGood = refusal === undefined && isAnswer(credentials, places, response);
	const found = isGood
		? firstFound(placesIn(credentials, places, response, now), response, now)
		: null;
	if (found === null) {
		const isRedirect = response.status >= 300 && response.status < 400;
		throw isRedirect && refusal === undefined
			? redirected(credentials, response, now)
			: refused(credentials, refusal, response, now);
	}
	const { place, text } = found;
	// A cookie goes back as it came.
	const token = place.cookie === undefined ? withoutScheme(text) : text;
	if (!TOKEN.test(token)) throw notSendable(credentials, place, response, now);
	const isFoundCookie = place.cookie !== undefined && places.some(({ auto }) => auto === true);
	return { token, response, isFoundCookie };
}

/** A refusal, too, may hold some value where the token would stand, so the status is looked at first. */
function isAnswer(credentials: LoginCredentials, places: Place[], response: HttpResponse): boolean {
	const { step } = currentStep(credentials) ?? {};
	const { status } = response;
	if (step?.successStatuses !== undefined) return step.successStatuses.includes(status);
	if (status < 300) return true;
	// A login page sends on who has logged in, and back to itself who has not.
	const isOutside = places.some(({ cookie, header, auto }) => cookie ?? header ?? auto);
	return status < 400 && isOutside && !leadsBack(step, credentials, response);
}

function leadsBack(
	step: Step | undefined,
	{ loginAddress }: LoginCredentials,
	{ headers }: HttpResponse,
): boolean {
	const from = urlOf(step?.url ?? '', loginAddress);
	const to = String([headers.location].flat()[0] ?? '');
	return URL.canParse(to, from) && new URL(to, from).pathname === new URL(from).pathname;
}

/** The places, with those that a response itself suggests. @throws {VendorError} where these are several */
function placesIn(
	credentials: LoginCredentials,
	places: Place[],
	response: HttpResponse,
	now: number,
): Place[] {
	return places.flatMap((place) => {
		if (place.auto !== true) return place;
		const found = tokenPlaces(response, now);
		if (found.length > 1) throw severalTokens(credentials, found, response, now);
		return found;
	});
}

function firstFound(
	places: Place[],
	response: HttpResponse,
	now: number,
): { text: string; place: Place } | null {
	for (const place of places) {
		const text = readPlace(place, response, '', now);
		if (isToken(text)) return { text, place };
	}
	return null;
}

/** What is known of a token. @param response the token response, where there was one */
export function toAccessToken(
	{ description: { lifetime }, labels }: LoginCredentials,
	token: string,
	extra: Record<string, string>,
	response: HttpResponse | null,
	now: number,
): AccessToken {
	const claims = readClaims(token);
	const { expiresAt, remark } = readExpiry(lifetime, response, token, claims, now);
	const isKnown = expiresAt !== UNTIL_REFUSED;
	return {
		token,
		issuedAt: timeClaim(claims, 'iat'),
		expiresAt,
		claims,
		extra,
		...(lifetime?.idle === true && isKnown && { idleLifetimeMs: expiresAt - now }),
		// Of a known service the user can change nothing.
		...(remark !== undefined && labels.areCustom && { remark }),
	};
}
