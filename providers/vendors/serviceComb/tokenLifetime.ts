import { InputError } from '../../kit/errors';
import { optionalText } from '../../kit/credentialFields';

const UNIT_SECONDS: Record<string, number> = {
	h: 3600,
	m: 60,
	s: 1,
	ms: 1e-3,
	us: 1e-6,
	// The micro sign, and the Greek letter.
	µs: 1e-6,
	μs: 1e-6,
	ns: 1e-9,
};

/** As Go reads it: a sign, and digits on one side of the point at least. */
const DURATION = /^\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:h|ms|us|µs|μs|ns|m|s))+$/;

const PART = /(?<![\d.])([\d.]+)([a-zµμ]+)/g;

const SHORTEST_SECONDS = 15 * 60;

const LONGEST_SECONDS = 24 * 3600;

/**
 * A lifetime as the Go language writes durations, e.g. `1h30m`, from 15 minutes to 24 hours;
 * `undefined` when none was asked for. @throws {InputError} when it cannot be right
 */
export function readTokenLifetime(value: unknown): string | undefined {
	const text = optionalText({ tokenExpirationTime: value }, 'tokenExpirationTime');
	if (text === '') return undefined;
	const seconds = DURATION.test(text) ? durationSeconds(text) : NaN;
	if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return text;
	throw new InputError(`The Token Expiration Time "${text}" is not a duration from 15m to 24h`, {
		description: 'Write hours, minutes and seconds like 12h, 1h30m or 15m, without spaces.',
	});
}

function durationSeconds(text: string): number {
	return [...text.matchAll(PART)].reduce(
		(sum, [, amount, unit = '']) => sum + Number(amount) * (UNIT_SECONDS[unit] ?? NaN),
		0,
	);
}
