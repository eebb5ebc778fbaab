import { NetworkError } from './errors';

/** Statuses after which the same request may succeed: too many requests, or a fault of the server. */
export const BUSY_STATUSES: readonly number[] = [429, 500, 502, 503, 504];

/** RFC 9110, section 9.2.2: to send a request with one of these methods again repeats nothing. */
export const IDEMPOTENT_METHODS: readonly string[] = [
	'GET',
	'HEAD',
	'OPTIONS',
	'PUT',
	'DELETE',
	'PROPFIND',
	'REPORT',
];

/**
 * Milliseconds that a response asks to wait before the next request; `null` when it names no time. `Retry-After`
 * is in seconds or an HTTP date (RFC 9110). Without it, `RateLimit-Reset` counts where no request is left: in
 * seconds, as the IETF drafts have it.
 * @param now Unix milliseconds
 */
export function readRetryAfter(headers: Record<string, unknown>, now: number): number | null {
	const asked = textOf(headers['retry-after']);
	if (asked !== null) {
		const seconds = Number(asked);
		if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
		const date = Date.parse(asked);
		if (!Number.isNaN(date)) return Math.max(0, date - now);
	}
	const remaining = textOf(headers['ratelimit-remaining']);
	const reset = Number(textOf(headers['ratelimit-reset']) ?? NaN);
	const isUsedUp = remaining === null || Number(remaining) === 0;
	return isUsedUp && Number.isFinite(reset) && reset >= 0 ? reset * 1000 : null;
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** How long to wait before a request is sent again: milliseconds, `back-off` where no time is named, `null`: not at all. */
export type Wait = number | 'back-off' | null;

/**
 * Whether a request is sent again after a fault of the network. @param mayRepeat whether that does no harm when
 * the first one has arrived
 */
export function waitAfterFault(error: unknown, mayRepeat: boolean): Wait {
	const isTransient = error instanceof NetworkError && error.isTransient;
	return isTransient && (error.wasNotSent || mayRepeat) ? 'back-off' : null;
}
