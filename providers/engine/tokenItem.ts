import type { AccessToken, Credentials, Provider } from '../kit/provider';
import { isoTime, secondsLeft } from '../kit/times';

/** The `json` of a token item: the token, the header that carries it, and what is known about it. */
export function toTokenItem(
	provider: Provider,
	credentials: Credentials,
	accessToken: AccessToken,
	now: number,
) {
	const { token, issuedAt, expiresAt, claims, details, extra } = accessToken;
	const header = provider.tokenHeader(token, credentials, extra);
	const expiry = isoTime(expiresAt);
	return {
		token,
		headerName: header?.name ?? null,
		headerValue: header?.value ?? null,
		issuedAt: isoTime(issuedAt),
		expiresAt: expiry,
		expiresIn: expiresAt === null || expiry === null ? null : secondsLeft(expiresAt, now),
		claims,
		...details,
		...(extra !== undefined && { extra }),
	};
}
