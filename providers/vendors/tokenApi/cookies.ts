/** A cookie that a response set. */
export interface Cookie {
	name: string;
	value: string;
	/** The host whose requests carry it, and those below it unless it is for the host alone. */
	host: string;
	isHostOnly: boolean;
	/** What the paths of these requests begin with. */
	path: string;
}

/**
 * The cookies after a response (RFC 6265): of one name and path the last counts, and one that ends at once is
 * gone. Quotes and commas belong to a value.
 * @param url where the response came from
 * @param before those that were set before it
 */
export function cookiesAfter(
	before: Cookie[],
	headers: Record<string, unknown>,
	url: string,
	now: number,
): Cookie[] {
	const { hostname, pathname } = new URL(url);
	const lines = [headers['set-cookie']].flat().filter((line) => typeof line === 'string');
	const cookies = new Map(before.map((cookie) => [keyOf(cookie), cookie]));
	for (const line of lines) {
		const [pair = '', ...attributes] = line.split(';');
		const at = pair.indexOf('=');
		const name = pair.slice(0, Math.max(at, 0)).trim();
		if (name === '') continue;
		const given = attributeIn(attributes, 'path') ?? '';
		const path = given.startsWith('/') ? given : pathname.replace(/\/[^/]*$/, '') || '/';
		const domain = (attributeIn(attributes, 'domain') ?? '').replace(/^\./, '').toLowerCase();
		const isHostOnly = domain === '' || !isWithin(hostname, domain);
		const host = isHostOnly ? hostname : domain;
		const cookie = { name, value: pair.slice(at + 1).trim(), host, isHostOnly, path };
		// The last one set also stands last.
		cookies.delete(keyOf(cookie));
		if (!isGone(attributes, now)) cookies.set(keyOf(cookie), cookie);
	}
	return [...cookies.values()];
}

/** Cookies with the same one replace each other. */
const keyOf = ({ name, path, host }: Cookie) => JSON.stringify([name, path, host]);

/** The cookie header of a request to `url`; `''`: no cookie goes there. */
export function cookieHeader(cookies: Cookie[], url: string): string {
	const { pathname } = new URL(url);
	return hostCookies(
		cookies.filter(({ path }) => isBelow(pathname, path)),
		url,
	);
}

/** The cookies for the host of `url`, whatever their path, as a header has them: the longest path first. */
export function hostCookies(cookies: Cookie[], url: string): string {
	const { hostname } = new URL(url);
	return cookies
		.filter(
			({ host, isHostOnly }) => host === hostname || (!isHostOnly && isWithin(hostname, host)),
		)
		.sort((a, b) => b.path.length - a.path.length)
		.map(({ name, value }) => `${name}=${value}`)
		.join('; ');
}

const isWithin = (hostname: string, domain: string) =>
	hostname === domain || hostname.endsWith(`.${domain}`);

const isBelow = (pathname: string, path: string) =>
	pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);

/** The last attribute of that name counts. */
function attributeIn(attributes: string[], name: string): string | undefined {
	return attributes
		.map((attribute) => attribute.split('='))
		.findLast(([key = '']) => key.trim().toLowerCase() === name)
		?.slice(1)
		.join('=')
		.trim();
}

/** `Max-Age` counts more than `Expires`. */
function isGone(attributes: string[], now: number): boolean {
	const end = cookieEnd(attributes, now);
	return end !== null && end <= now;
}

function cookieEnd(attributes: string[], now: number): number | null {
	const maxAge = attributeIn(attributes, 'max-age');
	if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000;
	const expires = Date.parse(attributeIn(attributes, 'expires') ?? '');
	return Number.isNaN(expires) ? null : expires;
}

/** The value of a cookie that a response sets and does not end at once; `undefined`: there is none. */
export function cookieValue(
	headers: Record<string, unknown>,
	name: string,
	now: number,
): string | undefined {
	return cookiesAfter([], headers, 'http://localhost/', now).findLast((one) => one.name === name)
		?.value;
}

/** When a cookie that a response sets ends, in Unix milliseconds; `null`: with the session. */
export function cookieExpiry(
	headers: Record<string, unknown>,
	name: string,
	now: number,
): number | null {
	const lines = [headers['set-cookie']].flat().filter((line) => typeof line === 'string');
	const line = lines.findLast((one) => one.split('=')[0]?.trim() === name);
	return line === undefined ? null : cookieEnd(line.split(';').slice(1), now);
}

/** The names of the cookies that a response sets and does not end at once. */
export function cookieNames(headers: Record<string, unknown>, now: number): string[] {
	return cookiesAfter([], headers, 'http://localhost/', now).map(({ name }) => name);
}
