import { NetworkError } from '../kit/errors';
import type { Fault } from './faults';

/** What Node.js says about a connection that did not come about. */
interface ConnectionError {
	syscall?: unknown;
	hostname?: unknown;
	address?: unknown;
	port?: unknown;
	errors?: unknown;
}

/**
 * The proxy that a fault concerns, as `host` or `host:port`; `null` when it concerns the service. The
 * proxy of the instance is not known here, but the name or port that was not reached is.
 */
export function proxyBehind(
	chain: object[],
	fault: Fault,
	url: string,
	proxy: unknown,
): string | null {
	const wanted = new URL(url);
	for (const error of chain as ConnectionError[]) {
		const { syscall, hostname, address, port } = firstOf(error);
		if (syscall === 'getaddrinfo' && typeof hostname === 'string') {
			return hostname === wanted.hostname ? null : hostname;
		}
		if (syscall === 'connect' && port !== undefined) {
			const isWanted = String(port) === portOf(wanted) && proxy === undefined;
			return isWanted ? null : `${String(address)}:${String(port)}`;
		}
	}
	// The address is plain http, so a fault of TLS can only be that of the proxy.
	const isSecuredByProxy = fault.wasNotSent && wanted.protocol === 'http:';
	return isSecuredByProxy && proxy !== undefined ? hostOf(proxy) : null;
}

/** How a proxy names itself where it says 401, as some do in the place of 407. */
const NAMES_PROXY = /proxy|squid/i;

/** Whether a response is that of a proxy which wants a login of its own; the service has not heard of the request. */
export function isOfProxy(status: number, headers: Record<string, unknown>): boolean {
	if (status === 407) return true;
	const isNamed =
		'proxy-authenticate' in headers ||
		'x-squid-error' in headers ||
		NAMES_PROXY.test(String(headers['www-authenticate'] ?? ''));
	return status === 401 && isNamed;
}

/** What a proxy said that wants to know who asks; the service has not heard of the request. */
export function proxyWantsLogin(status = 407): NetworkError {
	return new NetworkError(`The proxy on the way wants a login (HTTP ${status})`, {
		description:
			'Give the user name and the password in the address of the proxy, as in http://user:password@myproxy:3128.',
		isTransient: false,
		wasNotSent: true,
		vendorCode: String(status),
	});
}

/** The host of a proxy's address, without the user and password that may stand in it. */
export function hostOf(proxy: unknown): string {
	return typeof proxy === 'string' && URL.canParse(proxy)
		? new URL(proxy).host
		: 'of this n8n instance';
}

/** Where a host has several addresses, each has an error of its own. */
function firstOf(error: ConnectionError): ConnectionError {
	return Array.isArray(error.errors) ? ((error.errors[0] ?? error) as ConnectionError) : error;
}

function portOf({ port, protocol }: URL): string {
	return port || (protocol === 'https:' ? '443' : '80');
}
