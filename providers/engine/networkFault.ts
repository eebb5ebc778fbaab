import { CanceledError, InputError, NetworkError, type ProviderError } from '../kit/errors';

interface Fault {
	message: (host: string) => string;
	description: string;
	isTransient: boolean;
	wasNotSent: boolean;
}

const UNKNOWN_HOST: Fault = {
	message: (host) => `The host ${host} could not be found`,
	description: 'Check the spelling of the address, and that n8n can resolve it.',
	isTransient: false,
	wasNotSent: true,
};

const TIMED_OUT: Fault = {
	message: (host) => `${host} did not answer in time`,
	description: 'Check that n8n can reach the address; if the service is slow, raise the timeout.',
	isTransient: true,
	wasNotSent: false,
};

const BROKEN: Fault = {
	message: (host) => `${host} closed the connection before it answered`,
	description:
		'Try again; if it stays so, check the address, and any proxy or firewall on the way.',
	isTransient: true,
	wasNotSent: false,
};

const UNREACHABLE: Fault = {
	message: (host) => `${host} cannot be reached from n8n`,
	description: 'Check the address, and the network and firewall between n8n and the service.',
	isTransient: true,
	wasNotSent: true,
};

const CERTIFICATE: Fault = {
	message: (host) => `The certificate of ${host} is not trusted`,
	description:
		'Check the address. If the service uses a self-signed certificate that you trust, switch on "Ignore SSL Issues" (or "Allow Unauthorized Certificates" in the credential, where it has that).',
	isTransient: false,
	wasNotSent: true,
};

/** By the codes of Node.js, of OpenSSL, and of axios. */
const FAULTS: Record<string, Fault> = {
	ENOTFOUND: UNKNOWN_HOST,
	EAI_AGAIN: { ...UNKNOWN_HOST, isTransient: true },
	ECONNREFUSED: {
		message: (host) => `${host} refused the connection`,
		description: 'Check the host and the port of the address, and that the service is running.',
		isTransient: true,
		wasNotSent: true,
	},
	EHOSTUNREACH: UNREACHABLE,
	ENETUNREACH: UNREACHABLE,
	ETIMEDOUT: TIMED_OUT,
	ECONNABORTED: TIMED_OUT,
	ECONNRESET: BROKEN,
	EPIPE: BROKEN,
	ERR_STREAM_PREMATURE_CLOSE: BROKEN,
	EPROTO: {
		message: (host) => `${host} does not speak the protocol of the address`,
		description: 'Check whether the address must begin with https:// or http://.',
		isTransient: false,
		wasNotSent: true,
	},
	DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
	SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
	UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE,
	CERT_HAS_EXPIRED: CERTIFICATE,
	ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
};

/** What is read of an error, whichever library or realm made it. */
interface ErrorLike {
	code?: unknown;
	name?: unknown;
	cause?: unknown;
}

/** The first code or name that is known, along the chain of causes. */
function faultCode(error: unknown): string | null {
	let at = error as ErrorLike | null | undefined;
	for (let depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
		const { code, name, cause } = at;
		if (typeof code === 'string' && code in FAULTS) return code;
		if (code === 'ERR_CANCELED' || name === 'AbortError') return 'ERR_CANCELED';
		at = cause as ErrorLike | null | undefined;
	}
	return null;
}

/** Whether a connection did not come about, did not hold, or was given up. */
export function isNetworkFault(error: unknown): boolean {
	return faultCode(error) !== null;
}

/**
 * What n8n's request helper threw, in words a user can act on. Only the code is taken from it, and the
 * message where n8n itself blocked the request: the rest holds headers and bodies.
 */
export function explainNetworkFault(error: unknown, url: string): ProviderError {
	const code = faultCode(error);
	if (code === 'ERR_CANCELED') return new CanceledError();
	const { host } = new URL(url);
	const fault = code === null ? undefined : FAULTS[code];
	if (code !== null && fault !== undefined) {
		return new NetworkError(fault.message(host), {
			description: fault.description,
			isTransient: fault.isTransient,
			wasNotSent: fault.wasNotSent,
			vendorCode: code,
		});
	}
	if (isMalformed(error)) {
		return new InputError('The method or a header of the request is not valid', {
			description:
				'A method and the name of a header have no spaces and no letters beyond a-z; the value of a header is one line.',
		});
	}
	if (error instanceof Error && /allowed domain|domain not allowed/i.test(error.message)) {
		return new InputError(`The credential does not allow requests to ${host}`, {
			description: `Open the credential and add ${new URL(url).hostname} to "Allowed Domains": the host of the token endpoint must be listed there too.`,
		});
	}
	return new NetworkError(`The request to ${host} could not be made`, {
		description: isBlockedByInstance(error)
			? 'The security settings of this n8n instance block requests to that address. Ask whoever runs the instance.'
			: 'Check the address, and the network between n8n and the service.',
		isTransient: false,
		wasNotSent: false,
		vendorCode: 'REQUEST_NOT_MADE',
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
