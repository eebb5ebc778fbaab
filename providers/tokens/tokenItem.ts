import { isJsonObject, parsedJson } from '../kit/json';
import type { AccessToken, Authorization, Credentials, Provider } from '../kit/provider';
import { masker } from '../kit/scrub';
import { isoTime, secondsLeft } from '../kit/times';

/** Shorter ones stand in many a text by chance. */
const SHORTEST_SECRET = 4;

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
	const isOfLogin = ofLogin(provider, credentials, accessToken);
	const only = provider.tokenHeader({ credentials, token: accessToken });
	const header = only !== null && isOfLogin(only.value) ? only : null;
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
		...(carried && { request: requestOf(carried, isOfLogin) }),
	};
}

/** What a call has to carry, as the fields of a request have it. */
function requestOf({ headers, query, form, body }: Authorization, isOfLogin: Check) {
	const made = (part: unknown) => onlyOfLogin(part, isOfLogin);
	return {
		headers: made(headers),
		...(query !== undefined && { query: made(query) }),
		...(form !== undefined && { body: made(form) }),
		...(body !== undefined && { body: made(parsedJson(body)) }),
	};
}

type Check = (text: string) => boolean;

/** Whether a text holds nothing that is stored: what the login itself gave may be like it by chance. */
function ofLogin(
	provider: Provider,
	credentials: Credentials,
	{ token, extra = {} }: AccessToken,
): Check {
	const given = [token, ...Object.values(extra)].filter((value) => value !== '');
	const secrets = provider.secretsOf({ credentials });
	const mask = masker(secrets.filter(({ length }) => length >= SHORTEST_SECRET));
	return (text) => {
		const rest = given.reduce((left, value) => left.replaceAll(value, ''), text);
		return mask(rest) === rest;
	};
}

/** The fields whose texts pass, at any depth. */
function onlyOfLogin(part: unknown, isOfLogin: Check): unknown {
	if (!isJsonObject(part)) return part;
	return Object.fromEntries(
		Object.entries(part)
			.filter(([, value]) => typeof value !== 'string' || isOfLogin(value))
			.map(([name, value]) => [name, onlyOfLogin(value, isOfLogin)]),
	);
}
