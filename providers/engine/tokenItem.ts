import type { AccessToken, Provider } from '../kit/provider';
import { isoTime, secondsLeft } from '../kit/times';

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
