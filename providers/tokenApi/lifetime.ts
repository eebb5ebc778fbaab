import { timeClaim } from '../kit/jwt';
import type { Lifetime, TimeUnit } from './form';
import { valueAtPath } from './jsonPath';
import { textOf } from './places';

/** A token that is kept until it is refused. */
export const UNTIL_REFUSED = Infinity;

/**
 * When a token expires, in Unix milliseconds, by the rule of the credential; {@link UNTIL_REFUSED} where the
 * service does not tell.
 */
export function readExpiry(
	lifetime: Lifetime,
	json: unknown,
	claims: Record<string, unknown> | null,
	now: number,
): number {
	switch (lifetime.by) {
		case 'jwt':
			return timeClaim(claims, 'exp') ?? UNTIL_REFUSED;
		case 'fixed':
			return now + lifetime.seconds * 1000;
		case 'field':
			return timeOf(valueAtPath(json, lifetime.path), lifetime.unit, now) ?? UNTIL_REFUSED;
		case 'refusal':
			return UNTIL_REFUSED;
	}
}

/** A date and time without its zone: in UTC, wherever n8n runs. */
const ZONELESS = /^(\d{4}-\d\d-\d\d)[T ]([\d:.]+)$/;

const READ: Record<TimeUnit, (text: string, now: number) => number> = {
	s: (left, now) => now + Number(left) * 1000,
	ms: (left, now) => now + Number(left),
	min: (left, now) => now + Number(left) * 60_000,
	unixS: (time) => Number(time) * 1000,
	unixMs: Number,
	iso: (time) => Date.parse(time.replace(ZONELESS, '$1T$2Z')),
};

/**
 * The time that a value says; `null` when it says none. A time in the past is none: -1 means that a token does
 * not expire, and what else looks like that is of another unit.
 */
function timeOf(value: unknown, unit: TimeUnit, now: number): number | null {
	const text = textOf(value);
	const time = text === null ? NaN : READ[unit](text, now);
	return Number.isFinite(time) && time >= now ? time : null;
}
