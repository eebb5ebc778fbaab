import type { AccessToken, Provider } from '../kit/provider';

/** Unix milliseconds as ISO 8601 in UTC; `null` for a time beyond what a date can say, too. */
export function isoTime(time: number | null): string | null {
	const date = new Date(time ?? NaN);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Whole seconds from `now` until `expiresAt`, rounded down, never negative. Both Unix milliseconds. */
export function secondsLeft(expiresAt: number, now: number): number {
	return Math.max(0, Math.floor((expiresAt - now) / 1000));
}

/** The `json` of a token item: the token, the header that carries it, and what is known about it. */
export function toTokenItem(provider: Provider, accessToken: AccessToken, now: number) {
	const { token, issuedAt, expiresAt, claims, details } = accessToken;
	const header = provider.tokenHeader(token);
	const expiry = isoTime(expiresAt);
	return {
		token,
		headerName: header.name,
		headerValue: header.value,
		issuedAt: isoTime(issuedAt),
		expiresAt: expiry,
		expiresIn: expiresAt === null || expiry === null ? null : secondsLeft(expiresAt, now),
		claims,
		...details,
	};
}
