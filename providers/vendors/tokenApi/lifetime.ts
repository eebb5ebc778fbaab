import { timeClaim } from '../../kit/jwt';
import type { HttpResponse } from '../../kit/provider';
import { cookieExpiry } from './cookies';
import type { Lifetime } from './description/schema';
import { expiryFound } from './detect';
import { describePlace, readPlace } from './places';
import { dateOf, durationOf } from './times';

/** A token that is kept until it is refused. */
export const UNTIL_REFUSED = Infinity;

/** When a token expires, in Unix milliseconds, and what is odd about that. */
interface Expiry {
	expiresAt: number;
	/** As a sentence goes on after "the login succeeded, but". */
	remark?: string;
}

const SHORTEST_MS = 10_000;
const LONGEST_MS = 366 * 86_400_000;

/** By the rule of the description; {@link UNTIL_REFUSED} where the service does not tell. */
export function readExpiry(
	lifetime: Lifetime | undefined,
	response: HttpResponse | null,
	token: string,
	claims: Record<string, unknown> | null,
	now: number,
): Expiry {
	if (lifetime === undefined) return { expiresAt: expOf(claims) ?? UNTIL_REFUSED };
	const { seconds, untilRefused, auto } = lifetime;
	if (untilRefused === true || response === null) return { expiresAt: UNTIL_REFUSED };
	if (seconds !== undefined) return { expiresAt: now + seconds * 1000 };
	if (auto === true) return { expiresAt: expiryFound(response, token, now) ?? UNTIL_REFUSED };
	return expiryAt(lifetime, response, token, now);
}

/** Some write the claim as text. */
function expOf(claims: Record<string, unknown> | null): number | null {
	const text = claims?.exp;
	return typeof text === 'string' && /^\d{9,11}$/.test(text)
		? Number(text) * 1000
		: timeClaim(claims, 'exp');
}

function expiryAt(lifetime: Lifetime, response: HttpResponse, token: string, now: number): Expiry {
	const where = describePlace(lifetime);
	const ofCookie =
		lifetime.cookie === undefined ? null : cookieExpiry(response.headers, lifetime.cookie, now);
	const text = readPlace(lifetime, response, token, now);
	if (text === null) {
		return { expiresAt: UNTIL_REFUSED, remark: `no lifetime stands at ${where} of the response` };
	}
	// Without an end of its own, a cookie is good as long as the session.
	if (lifetime.cookie !== undefined && ofCookie === null) return { expiresAt: UNTIL_REFUSED };
	const time = ofCookie ?? timeOf(text, lifetime, now);
	if (!Number.isFinite(time)) {
		return { expiresAt: UNTIL_REFUSED, remark: `the lifetime at ${where} cannot be read` };
	}
	// -1 means that a token does not expire.
	if (Number(text) < 0) return { expiresAt: UNTIL_REFUSED };
	const left = time - now;
	const expiresAt = left < 0 ? UNTIL_REFUSED : time;
	if (left >= SHORTEST_MS && left <= LONGEST_MS) return { expiresAt };
	const much =
		left < 0 ? 'is over' : left < SHORTEST_MS ? 'is less than ten seconds' : 'is more than a year';
	return { expiresAt, remark: `its lifetime at ${where}, as read by its unit, ${much}` };
}

const MS: Partial<Record<Lifetime['unit'], number>> = { s: 1000, ms: 1, min: 60_000, h: 3_600_000 };

/** What a value says; a text with a unit or a date of its own says more than the unit of the description. */
function timeOf(text: string, { unit, zone }: Lifetime, now: number): number {
	const number = Number(text);
	if (Number.isNaN(number)) {
		const duration = durationOf(text);
		return duration === null ? dateOf(text, zone) : now + duration;
	}
	const ms = MS[unit];
	if (ms !== undefined) return now + number * ms;
	return unit === 'unixS' || (unit === 'date' && number < 1e11) ? number * 1000 : number;
}
