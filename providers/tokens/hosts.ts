import { InputError } from '../kit/errors';
import type { Credentials, Provider } from '../kit/provider';
import { HOSTS, LISTED_HOSTS, TOKEN_TARGETS } from '../kit/tokenTargets';

/** Matches as n8n does: a name exactly, `*.example.com` any name below it. */
function isListed(hostname: string, domains: string[]): boolean {
	return domains.some((domain) =>
		domain.startsWith('*.') ? hostname.endsWith(domain.slice(1)) : hostname === domain,
	);
}

/** `URL` has lower-cased the name before. */
function withoutDot(hostname: string): string {
	return hostname.replace(/\.$/, '');
}

/**
 * A token goes to its vendor only: the host of `url` must be the host of the credential's base URL
 * or be listed in the credential. To the host of an `https` base URL none goes out over `http`.
 * @throws {InputError} when the token may not go there, or `url` is no absolute `http(s)` URL.
 */
export function assertTokenMayGo(provider: Provider, credentials: Credentials, url: string): void {
	if (!URL.canParse(url)) {
		throw new InputError('The URL of the call is not a valid URL', {
			description: 'Give an absolute URL, or a path below the base URL of the credential.',
		});
	}
	const target = new URL(url);
	if (target.protocol !== 'https:' && target.protocol !== 'http:') {
		throw new InputError('The URL of the call must begin with https:// or http://');
	}
	// A URL with user and password makes axios send them as the header Authorization, in the place of the token.
	if (target.username !== '' || target.password !== '') {
		throw new InputError('The URL of the call must not hold a user name or password', {
			description: `Remove what stands before the @ in front of ${target.host}: the token takes its place. An @ that belongs to a path is written %40.`,
		});
	}
	const base = new URL(credentials.baseUrl);
	const hostname = withoutDot(target.hostname);
	const isDowngrade = target.protocol === 'http:' && base.protocol === 'https:';
	// On another port and with the dot of a full name, too: it is the same machine.
	if (isDowngrade && hostname === withoutDot(base.hostname)) {
		throw new InputError(`${provider.displayName} tokens must not go out unencrypted`, {
			description: `The base URL of the credential begins with https://, the URL of the call with http://. Use https://${target.host}.`,
		});
	}
	if (target.host === base.host) return;
	if (
		hostname === withoutDot(base.hostname) &&
		provider.hosts.ports?.includes(Number(target.port))
	) {
		return;
	}

	const { allowedDomains } = credentials;
	if (allowedDomains !== null ? isListed(hostname, allowedDomains) : provider.hosts.anywhere) {
		return;
	}
	throw new InputError(`${provider.displayName} tokens must not go to ${target.host}`, {
		forCaller: `${provider.displayName} tokens must not go to ${target.host}. Call the service that this tool is for.`,
		description: `Tokens go to ${base.host} only, the host of the credential's base URL. If you trust ${target.host}, open the credential, set "${TOKEN_TARGETS}" to "${LISTED_HOSTS}" and list ${[...new Set([base.hostname, hostname])].join(' and ')}.`,
	});
}

/**
 * A login keeps to the hosts that the credential lists, as n8n has it for its own nodes.
 * @throws {InputError} when its host is not among them
 */
export function assertLoginMayGo({ allowedDomains }: Credentials, url: string): void {
	// None are listed where HTTP Request may not use the credential at all.
	if (allowedDomains === null || allowedDomains.length === 0) return;
	const hostname = withoutDot(new URL(url).hostname);
	if (isListed(hostname, allowedDomains)) return;
	throw new InputError(`The login must not go to ${hostname}: "${LISTED_HOSTS}" leaves it out`, {
		description: `Open the credential and add ${hostname} to "${HOSTS}". n8n keeps the logins of all nodes and of the test to that list.`,
	});
}
