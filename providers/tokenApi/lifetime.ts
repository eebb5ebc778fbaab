import { timeClaim } from '../kit/jwt';
import type { Lifetime, TimeUnit } from './form';
import { valueAtPath } from './jsonPath';

const UNIT_MS: Partial<Record<TimeUnit, number>> = { s: 1000, ms: 1, min: 60_000 };

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

function timeOf(value: unknown, unit: TimeUnit, now: number): number | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	if (unit === 'iso') {
		const time = Date.parse(String(value));
		return Number.isNaN(time) ? null : time;
	}
	const number = String(value).trim() === '' ? NaN : Number(value);
	if (!Number.isFinite(number)) return null;
	if (unit === 'unixS') return number * 1000;
	if (unit === 'unixMs') return number;
	return now + number * (UNIT_MS[unit] ?? 1000);
}
