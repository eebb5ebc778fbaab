import { parsedJson } from '../kit/json';
import type { AccessToken, Authorization, Credentials, Provider } from '../kit/provider';
import { isoTime, secondsLeft } from '../kit/times';

/** The `json` of a token item. */
export type TokenItem = ReturnType<typeof toTokenItem>;

/** The `json` of a token item: the token, the header that carries it, and what is known about it. */
export function toTokenItem(
	provider: Provider,
	credentials: Credentials,
	accessToken: AccessToken,
	now: number,
) {
	const { token, issuedAt, expiresAt, claims, details, extra } = accessToken;
	const header = provider.tokenHeader({ credentials, token: accessToken });
	const expiry = isoTime(expiresAt);
	const carried = header === null ? provider.carried?.({ credentials, token: accessToken }) : null;
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
		...(carried && { request: requestOf(carried) }),
	};
}

/** What a call has to carry, as the fields of a request have it. */
function requestOf({ headers, query, form, body }: Authorization) {
	return {
		headers,
		...(query !== undefined && { query }),
		...(form !== undefined && { body: form }),
		...(body !== undefined && { body: parsedJson(body) }),
	};
}
