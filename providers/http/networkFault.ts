import { HOSTS, TOKEN_TARGETS } from '../kit/tokenTargets';
import { CanceledError, InputError, NetworkError, type ProviderError } from '../kit/errors';
import { BROKEN_OFF, faultOf, MAY_BE_DONE, NOT_SECURED, type Fault } from './faults';
import { hostOf, proxyBehind } from './proxyFault';

/** What is read of an error, whichever library or realm made it. */
interface ErrorLike {
	code?: unknown;
	name?: unknown;
	message?: unknown;
	cause?: unknown;
}

/** Where a request went, as far as that helps to explain what became of it. */
export interface Route {
	/** The proxy that was asked for; the one that an instance is set up with is not known here. */
	proxy?: unknown;
	/** The response had begun. */
	isResponding?: boolean;
	/** It is a token request, and no call of the user's own. */
	isTokenRequest?: boolean;
	/** There are certificates, and n8n took no notice of them. */
	lacksCertificates?: boolean;
}

const LACKS_CERTIFICATES = 'This n8n ignores "SSL Certificates": that takes n8n 2.20 or newer.';

/** An error and what caused it, outermost first. */
function causesOf(error: unknown): ErrorLike[] {
	const chain: ErrorLike[] = [];
	let at = error;
	while (typeof at === 'object' && at !== null && chain.length < 5) {
		chain.push(at);
		at = (at as ErrorLike).cause;
	}
	return chain;
}

/** Whether a connection did not come about, did not hold, or was given up. */
export function isNetworkFault(error: unknown): boolean {
	return causesOf(error).some(
		({ code, name }) =>
			code === 'ERR_CANCELED' ||
			name === 'AbortError' ||
			(typeof code === 'string' && faultOf(code) !== undefined),
	);
}

/**
 * What n8n's request helper threw, in words a user can act on. Only codes are taken from it, and the
 * message where n8n itself blocked the request: the rest holds headers and bodies.
 */
export function explainNetworkFault(error: unknown, url: string, route: Route = {}): ProviderError {
	const { proxy, isResponding = false } = route;
	const chain = causesOf(error);
	if (chain.some(({ code, name }) => code === 'ERR_CANCELED' || name === 'AbortError')) {
		return new CanceledError();
	}
	const { host, hostname } = new URL(url);
	for (const { code, message } of chain) {
		const fault = faultIn(code, String(message), isResponding);
		if (fault === undefined) continue;
		return toError(fault, String(code), url, proxyBehind(chain, fault, url, proxy), route);
	}
	if (chain.some(({ message }) => /^proxy connection ended/i.test(String(message)))) {
		return toError(NOT_SECURED, 'ECONNRESET', url, hostOf(proxy), route);
	}
	if (isMalformed(error)) {
		return new InputError('The method or a header of the request is not valid', {
			description:
				'A method and the name of a header have no spaces and no letters beyond a-z; the value of a header is one line.',
		});
	}
	if (error instanceof Error && /allowed domain|domain not allowed/i.test(error.message)) {
		return new InputError(`The credential does not allow requests to ${host}`, {
			description: `Open the credential and look at "${TOKEN_TARGETS}": where it lists hosts, add ${hostname} to "${HOSTS}", since the host of the token endpoint must be listed there too.`,
		});
	}
	return isBlockedByInstance(error) ? blocked(host) : unknownFault(chain, host, route);
}

/** A request that was given up because its time was over. It is not sent again: that would take as long. */
export function explainTimeout(
	url: string,
	ms: number,
	{ isResponding }: Route = {},
): NetworkError {
	const { host } = new URL(url);
	const message =
		isResponding === true
			? `${host} did not finish its response in time`
			: `${host} did not respond in time`;
	return new NetworkError(message, {
		description: `It had ${ms / 1000} s. Check that n8n can reach the address; if the service is slow or the response large, raise the timeout. ${MAY_BE_DONE}`,
		isTransient: false,
		wasNotSent: false,
		vendorCode: 'ETIMEDOUT',
	});
}

function faultIn(code: unknown, message: string, isResponding: boolean): Fault | undefined {
	if (typeof code !== 'string') return undefined;
	if (code !== 'ECONNRESET') return faultOf(code, message);
	if (/before secure TLS connection/.test(message)) return NOT_SECURED;
	return isResponding ? BROKEN_OFF : faultOf(code);
}

/** @param culprit the proxy that the fault concerns; `null`: it concerns the service */
function toError(
	fault: Fault,
	vendorCode: string,
	url: string,
	culprit: string | null,
	route: Route,
): NetworkError {
	const { message, description, businessAdvice, isTransient, wasNotSent } = fault;
	const { proxy, lacksCertificates = false } = route;
	if (culprit !== null) {
		return new NetworkError(`The proxy ${culprit} could not be used: ${message(culprit)}`, {
			description:
				'The service itself was not reached. Check "Proxy" in the options, or the proxy that this n8n instance is set up with.',
			isTransient,
			wasNotSent: true,
			vendorCode,
		});
	}
	const { host, protocol } = new URL(url);
	const mayBeProxy = wasNotSent && protocol === 'https:' && /^https:/i.test(String(proxy));
	const place = mayBeProxy ? `${host} (or of the proxy ${hostOf(proxy)})` : host;
	const advice = wasNotSent ? description : mayBeDone(route, description, businessAdvice);
	return new NetworkError(message(place), {
		description:
			lacksCertificates && protocol === 'https:' ? `${advice} ${LACKS_CERTIFICATES}` : advice,
		isTransient,
		wasNotSent,
		vendorCode,
	});
}

/** What to do about a request that may have arrived. */
function mayBeDone(
	{ isTokenRequest }: Route,
	description: string,
	businessAdvice?: string,
): string {
	return isTokenRequest === true
		? description
		: [description, businessAdvice, MAY_BE_DONE].filter((text) => text !== undefined).join(' ');
}

function blocked(host: string): NetworkError {
	return new NetworkError(`The request to ${host} was blocked`, {
		description:
			'The security settings of this n8n instance block requests to that address. Ask the person who runs the instance.',
		isTransient: false,
		wasNotSent: true,
		vendorCode: 'REQUEST_NOT_MADE',
	});
}

/** A code is named, so that it can be looked up or reported. */
function unknownFault(chain: ErrorLike[], host: string, route: Route): NetworkError {
	const code = chain
		.map((cause) => cause.code)
		.find((found) => typeof found === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(found));
	const named = code === undefined ? '' : ` (${String(code)})`;
	return new NetworkError(`The request to ${host} got no response${named}`, {
		description: mayBeDone(
			route,
			'n8n could not complete it and gives no reason that is known here.',
		),
		isTransient: false,
		wasNotSent: false,
		vendorCode: code === undefined ? 'REQUEST_NOT_MADE' : String(code),
	});
}

/** Whether Node.js refused to write the head of the request. */
function isMalformed(error: unknown): boolean {
	const { code } = (error ?? {}) as ErrorLike;
	return code === 'ERR_INVALID_HTTP_TOKEN' || code === 'ERR_INVALID_CHAR';
}

function isBlockedByInstance(error: unknown): boolean {
	return error instanceof Error && /ssrf|blocked/i.test(`${error.name} ${error.message}`);
}
