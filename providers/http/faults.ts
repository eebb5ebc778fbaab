/** What happened to a request, in words a user can act on. */
export interface Fault {
	message: (host: string) => string;
	description: string;
	/** What else the user can do about a call (and not a login). */
	businessAdvice?: string;
	/** The same request may succeed later. */
	isTransient: boolean;
	/** The request cannot have reached the service. */
	wasNotSent: boolean;
}

/** What a user has to know before sending a call once more that was sent; of a login it does not matter. */
export const MAY_BE_DONE = 'The call may still have been carried out.';

const UNKNOWN_HOST: Fault = {
	message: (host) => `The host ${host} could not be found`,
	description: 'Check the spelling of the address, and that n8n can resolve it.',
	isTransient: false,
	wasNotSent: true,
};

const REFUSED: Fault = {
	message: (host) => `${host} refused the connection`,
	description: 'Check the host and the port of the address, and that the service is running.',
	isTransient: true,
	wasNotSent: true,
};

const UNREACHABLE: Fault = {
	message: (host) => `${host} cannot be reached from n8n`,
	description: 'Check the address, and the network and firewall between n8n and the service.',
	isTransient: true,
	wasNotSent: true,
};

const TIMED_OUT: Fault = {
	message: (host) => `${host} did not respond in time`,
	description: 'Check that n8n can reach the address; if the service is slow, raise the timeout.',
	isTransient: true,
	wasNotSent: false,
};

const BROKEN: Fault = {
	message: (host) => `${host} closed the connection before it responded`,
	description:
		'Try again; if this continues, check the address, also whether it must begin with https://, and any proxy or firewall on the way.',
	isTransient: true,
	wasNotSent: false,
};

/** The response had begun, and its end did not come. */
export const BROKEN_OFF: Fault = {
	message: (host) => `${host} broke off its response`,
	description:
		'The connection ended before the response was complete, or what came was not valid HTTP.',
	isTransient: true,
	wasNotSent: false,
};

/** The TCP connection stood, and ended while it was being secured. */
export const NOT_SECURED: Fault = {
	message: (host) => `${host} closed the connection before it was secured`,
	description:
		'Check that the service speaks HTTPS on this port, and any proxy or firewall on the way.',
	isTransient: true,
	wasNotSent: true,
};

const GARBLED: Fault = {
	message: (host) => `The response of ${host} is not valid HTTP`,
	description: 'The service, or a proxy on the way, breaks the rules of HTTP.',
	isTransient: false,
	wasNotSent: false,
};

const OVERSIZED_HEAD: Fault = {
	...GARBLED,
	message: (host) => `The headers of the response of ${host} are too large`,
	description:
		'n8n takes 16 KB of headers, unless it is started with NODE_OPTIONS=--max-http-header-size=65536.',
};

const NOT_HTTP: Fault = {
	...GARBLED,
	message: (host) => `${host} does not respond in HTTP`,
	description: 'Check the port of the address: another kind of service responds there.',
};

const BAD_COMPRESSION: Fault = {
	message: (host) => `The compressed response of ${host} is damaged`,
	description: 'The service, or a proxy on the way, damages what it compresses.',
	businessAdvice:
		'To get it uncompressed, send the header "Accept-Encoding" with the value "identity".',
	isTransient: false,
	wasNotSent: false,
};

const SWITCH =
	'switch on "Ignore SSL Issues" in the credential (that of a node is for its calls alone)';

const NOT_SENT = { isTransient: false, wasNotSent: true };

const UNTRUSTED: Fault = {
	message: (host) => `The certificate of ${host} is not trusted`,
	description: `Check the address. If the service uses a self-signed certificate that you trust, ${SWITCH}.`,
	...NOT_SENT,
};

const EXPIRED: Fault = {
	message: (host) => `The certificate of ${host} has expired`,
	description: `The operator of the service has to renew it. Until then, if you trust the service, ${SWITCH}. Check the clock of the machine that runs n8n, too.`,
	...NOT_SENT,
};

const NOT_YET_VALID: Fault = {
	message: (host) => `The certificate of ${host} is not valid yet`,
	description: 'Check the clock of the machine that runs n8n.',
	...NOT_SENT,
};

const OTHER_HOST: Fault = {
	message: (host) => `The certificate is not made for ${host}`,
	description: `It belongs to another host: use the name that the certificate is made for, as its operator gives it. If you reach the service by another name on purpose, ${SWITCH}.`,
	...NOT_SENT,
};

const CLIENT_CERTIFICATE: Fault = {
	message: (host) => `${host} wants a client certificate, or does not accept the one it got`,
	description:
		'Switch on "SSL Certificates" in the settings of the node, and choose a credential with the certificate and key that the service issued.',
	...NOT_SENT,
};

const UNUSABLE_CERTIFICATE: Fault = {
	message: () => 'The client certificate, its key or the passphrase cannot be used',
	description:
		'Check the SSL certificate credential: certificate and key in PEM form, belonging together, and the right passphrase.',
	...NOT_SENT,
};

const PLAIN_PORT: Fault = {
	message: (host) => `${host} does not speak HTTPS`,
	description: 'Check the port, and whether the address must begin with http://.',
	...NOT_SENT,
};

const TLS_VERSION: Fault = {
	message: (host) => `${host} speaks another version of TLS`,
	description: 'n8n speaks TLS 1.2 and 1.3. Whoever runs the service has to allow one of them.',
	...NOT_SENT,
};

const NO_AGREEMENT: Fault = {
	message: (host) => `${host} broke off the TLS handshake`,
	description:
		'It wants a client certificate, which the setting "SSL Certificates" of the node gives, or it offers no encryption that n8n knows.',
	...NOT_SENT,
};

/** By the codes of Node.js, of OpenSSL, and of axios. */
const BY_CODE: Record<string, Fault> = {
	ENOTFOUND: UNKNOWN_HOST,
	EAI_AGAIN: { ...UNKNOWN_HOST, isTransient: true },
	EAI_FAIL: UNKNOWN_HOST,
	EAI_NODATA: UNKNOWN_HOST,
	ECONNREFUSED: REFUSED,
	EHOSTUNREACH: UNREACHABLE,
	EHOSTDOWN: UNREACHABLE,
	ENETUNREACH: UNREACHABLE,
	ENETDOWN: UNREACHABLE,
	EADDRNOTAVAIL: UNREACHABLE,
	ETIMEDOUT: TIMED_OUT,
	ECONNABORTED: TIMED_OUT,
	ECONNRESET: BROKEN,
	EPIPE: BROKEN,
	ERR_STREAM_PREMATURE_CLOSE: BROKEN_OFF,
	ERR_STREAM_DESTROYED: BROKEN_OFF,
	EPROTO: {
		message: (host) => `${host} does not speak the protocol of the address`,
		description: 'Check whether the address must begin with https:// or http://.',
		...NOT_SENT,
	},
	CERT_HAS_EXPIRED: EXPIRED,
	CERT_NOT_YET_VALID: NOT_YET_VALID,
	ERR_TLS_CERT_ALTNAME_INVALID: OTHER_HOST,
	HOSTNAME_MISMATCH: OTHER_HOST,
	DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
	SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
	INVALID_CA: UNTRUSTED,
	INVALID_PURPOSE: UNTRUSTED,
	PATH_LENGTH_EXCEEDED: UNTRUSTED,
	HPE_HEADER_OVERFLOW: OVERSIZED_HEAD,
	HPE_INVALID_CONSTANT: NOT_HTTP,
	HPE_INVALID_VERSION: NOT_HTTP,
	ERR_CONTENT_DECODING_FAILED: BAD_COMPRESSION,
};

/** By how a family of codes looks. */
const BY_FAMILY: Array<[pattern: RegExp, fault: Fault]> = [
	[/^HPE_/, GARBLED],
	[/^(Z_|ZSTD_|ERR_ZSTD|ERR_BROTLI|ERR__ERROR_)/, BAD_COMPRESSION],
	[/^(CERT_|UNABLE_TO_|CRL_)/, UNTRUSTED],
	[/^ERR_OSSL_/, UNUSABLE_CERTIFICATE],
];

/** By what OpenSSL says, in a code such as `ERR_SSL_WRONG_VERSION_NUMBER` or in the text of an `EPROTO`. */
const BY_TLS_REASON: Array<[pattern: RegExp, fault: Fault]> = [
	[
		/alert[ _](bad[ _]certificate|certificate[ _]|unknown[ _]ca|no[ _]certificate)/i,
		CLIENT_CERTIFICATE,
	],
	[/wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|http[ _]request/i, PLAIN_PORT],
	[/protocol[ _]version|unsupported[ _]protocol/i, TLS_VERSION],
	[/handshake[ _]failure|no[ _]shared[ _]cipher|insufficient[ _]security/i, NO_AGREEMENT],
	[/key[ _]values[ _]mismatch|no[ _]start[ _]line|bad[ _]decrypt/i, UNUSABLE_CERTIFICATE],
];

/** The fault behind a code; `undefined` when the code is not known. */
export function faultOf(code: string, text = ''): Fault | undefined {
	const isTls = code === 'EPROTO' || code.startsWith('ERR_SSL_');
	return (
		(isTls ? BY_TLS_REASON.find(([pattern]) => pattern.test(`${code} ${text}`))?.[1] : undefined) ??
		(Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined) ??
		BY_FAMILY.find(([pattern]) => pattern.test(code))?.[1] ??
		(isTls ? BY_CODE.EPROTO : undefined)
	);
}
