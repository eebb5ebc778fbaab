/** Unix milliseconds as ISO 8601 in UTC; `null` for a time beyond what a date can say, too. */
export function isoTime(time: number | null): string | null {
	const date = new Date(time ?? NaN);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Whole seconds from `now` until `expiresAt`, rounded down, never negative. Both Unix milliseconds. */
export function secondsLeft(expiresAt: number, now: number): number {
	return Math.max(0, Math.floor((expiresAt - now) / 1000));
}
