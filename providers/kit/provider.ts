import type { IHttpRequestMethods } from 'n8n-workflow';

import type { VendorError } from './errors';

/** A request to the vendor itself, complete: the body is what goes over the wire. */
export interface HttpRequest {
	method: IHttpRequestMethods;
	url: string;
	headers: Record<string, string>;
	/** `undefined`: it has none. */
	body?: string;
}

/** The response to it. */
export interface HttpResponse {
	status: number;
	/** Header names in lower case. */
	headers: Record<string, unknown>;
	body: string;
}

/** A token, and what is known about it. Times are Unix milliseconds; `null`: the vendor does not tell. */
export interface AccessToken {
	token: string;
	issuedAt: number | null;
	expiresAt: number | null;
	/** The payload without private key material; `null` when the token is not a JWT. */
	claims: Record<string, unknown> | null;
	/** What this vendor says beside the token; becomes part of the token item. */
	details?: Record<string, string | null>;
	/** What a business request carries beside the token; as secret as the token itself. */
	extra?: Record<string, string>;
	/** Milliseconds after its last use at which the token expires, where that is what ends it. */
	idleLifetimeMs?: number;
	/** What is odd about it, though it may be used; as a sentence goes on after "the login succeeded, but". */
	remark?: string;
}

/** What a call carries of an access token. */
export type CarriedToken = Pick<AccessToken, 'token' | 'extra'>;

/** A business request as the user described it, before it is authorized. */
export interface BusinessRequest {
	method: string;
	/** Absolute; may have a query of its own beside `query`. */
	url: string;
	query?: Record<string, unknown>;
	/** Those the user gave. */
	headers?: Record<string, unknown>;
	/** The fields of a form in `application/x-www-form-urlencoded`. */
	form?: Record<string, unknown>;
	/** The text fields of a form in `multipart/form-data`, which may also have files. */
	multipart?: Array<[name: string, value: string]>;
	/** Any other body. JSON: a value, or its text. `undefined`: there is none. */
	body?: unknown;
}

/** What makes a business request an authorized one. */
export interface Authorization {
	/** They take the place of headers of the same name. */
	headers: Record<string, string>;
	/** Takes the place of the URL; it is of the same host. */
	url?: string;
	/** Parameters added to the query. */
	query?: Record<string, string>;
	/** Takes the place of the body, as a form with these fields. */
	form?: Record<string, string>;
	/** Fields added to the multipart form, in the place of those of the same name. */
	multipart?: Record<string, string>;
	/** Takes the place of the body, where the vendor wants it otherwise, e.g. encrypted. */
	body?: string;
}

/** The response to a business request. */
export interface BusinessResponse extends HttpResponse {
	/** Where it came from. */
	url: string;
}

/** What a provider reads from outside, so that tests can set it: the clock and the random bytes. */
export interface Environment {
	/** Unix milliseconds. */
	now: () => number;
	/** Cryptographically strong random bytes. */
	randomBytes: (length: number) => Uint8Array;
}

/** What every vendor's credential holds once it is read and checked. */
export interface Credentials {
	/** Without a trailing slash. */
	baseUrl: string;
	/** The hosts the user listed; `null`: the user restricted nothing. */
	allowedDomains: string[] | null;
	/** Whether certificates of its services are not verified. */
	allowUnauthorizedCerts?: boolean;
	/** The address of a proxy to its services. */
	proxy?: string;
	/** What is shown to its services to prove who calls, in PEM. */
	certificates?: { cert?: string; key?: string; passphrase?: string };
	/** How many processes of n8n share its limit; default 1. */
	processes?: number;
}

/** How the tokens of a vendor are requested and used. */
export interface TokenRules {
	/** Whether a call carries a token; if not, `authorize` gets an empty one. */
	readonly needed: boolean;
	/**
	 * Whether one token serves several calls. `never`: each call has a new one. `offered`: in n8n's HTTP Request
	 * node, and where the user chooses it. `preferred`: everywhere, unless the user chooses otherwise.
	 */
	readonly reuse: 'never' | 'offered' | 'preferred';
	/**
	 * Whether wrong logins lock the account: then a login is sent again only if it cannot have arrived,
	 * and never beside another one.
	 */
	readonly locksAccounts: boolean;
	/**
	 * How long a refused credential is not sent again, in milliseconds: after the first refusal, after the second in
	 * a row, and so on; the last one counts for all that follow. Default: a minute.
	 */
	readonly refusalMemoryMs?: readonly number[];
	/** Whether a login ends the token that the account has, so that all calls use one token. */
	readonly oneSession?: boolean;
	/**
	 * Whether a token may end without a word that n8n's own nodes hand to the credential: its life is not told, or
	 * its end comes under a status of success. Then it is checked before use.
	 */
	readonly endsUnseen?: boolean;
	/** Whether the session of a token is ended once nobody uses it. */
	readonly logsOut?: boolean;
	/** How many processes of n8n log in with the credential and know nothing of each other; default 1. */
	readonly processes?: number;
}

/** Whose login it is, for a service that counts wrong ones. */
export interface Account {
	/** The account at its host, whatever else the credential holds. */
	name: string;
	/** What a wrong login got wrong. */
	secret: string;
}

/** The call that follows the login of a Test. */
export interface TestRequest {
	/** Before it is authorized. */
	call: HttpRequest;
	/** Whether the user named it, and can name another. */
	isNamedByUser: boolean;
}

/** What one service of a vendor bears. */
export interface ServiceLimits {
	/** Whether a login ends the session that the account has elsewhere. */
	oneSession: boolean;
	/** Whether wrong logins lock the account; `undefined`: not known. */
	locksAccounts?: boolean;
	/** How long, in milliseconds. */
	refusalMemoryMs?: number;
	requestsPerMinute?: number;
}

/**
 * One vendor. Pure functions only: whatever waits, caches or retries lives outside.
 * `C` is the vendor's credential, `O` what can be asked of a token.
 */
export interface Provider<C extends Credentials = Credentials, O extends object = object> {
	/** The name of its credential type. */
	readonly type: string;
	/** The vendor's name in messages and in the list of providers. */
	readonly displayName: string;
	/** What the list of providers says about it. */
	readonly summary: string;
	/** The URL of a call, e.g. `/fir/update`, and what to know to type one. */
	readonly callUrl: { example: string; hint: string };
	/** The same for a call that is signed, where there is {@link signing}. */
	readonly signedCallUrl?: { example: string; hint: string };
	/** How its tokens are requested and used. */
	readonly tokens: TokenRules;
	readonly limits: {
		/** Requests a minute that the vendor allows, token requests included; 0: it names no limit. */
		readonly requestsPerMinute: number;
	};
	readonly hosts: {
		/** Whether the token is made for the user's own servers, on any host. */
		readonly anywhere: boolean;
		/** Further ports of the base URL's host that belong to the same service. */
		readonly ports?: readonly number[];
	};
	/** What a user can do about a business call that was refused, by HTTP status. */
	readonly statusHints?: Readonly<Record<number, string>>;

	/**
	 * The same vendor's other way to authorize calls, with the same credential and without a token.
	 * @throws {InputError} when the options of the call cannot be right
	 */
	signing?(options: object): Provider<C, O>;
	/** What is different for one credential. */
	tokenRules?(credentials: C): Partial<TokenRules>;
	/** The account that its wrong logins are counted for; without it, or `null`: each credential has its own. */
	accountOf?(credentials: C): Account | null;
	/** Trims and checks a credential. @throws {InputError} naming the field that cannot be right. */
	readCredentials(data: Record<string, unknown>): C;
	/** The values that no message may show. */
	secretsOf(of: { credentials: C; options?: O }): string[];
	/** A token that is made here, without a request; `null` where one has to be requested. */
	makeToken?(of: { credentials: C; env: Environment }): Promise<AccessToken> | null;
	/** The credential with what a token request needs besides and takes time to make; asked before each. */
	prepare?(of: { credentials: C; env: Environment }): Promise<C>;
	/** The request for a token. @throws {InputError} when `options` cannot be right. */
	tokenRequest(of: { credentials: C; options: O; env: Environment }): HttpRequest;
	/** The addresses that serve nothing but its logins, absolute; what stands in their query tells nothing. */
	loginUrls(of: { credentials: C }): string[];
	/**
	 * Where an address serves logins and calls: whether the texts of a request name a login. They are its path, its
	 * query, its fields and its body, with nothing percent-encoded.
	 */
	namesLogin?(of: { credentials: C; texts: string[] }): boolean;
	/**
	 * Where a login takes several requests: the credential to make the next one with, by the response to the one
	 * before; `null`: that was the last. @throws {VendorError} when it cannot go on
	 */
	nextOfLogin?(of: { credentials: C; response: HttpResponse; env: Environment }): C | null;
	/** The token in the response to it. @throws {VendorError} when there is none. */
	readTokenResponse(of: {
		credentials: C;
		options: O;
		response: HttpResponse;
		env: Environment;
	}): AccessToken | Promise<AccessToken>;
	/** The header a call carries the token in; `null`: it goes into none. */
	tokenHeader(of: { credentials: C; token: CarriedToken }): { name: string; value: string } | null;
	/**
	 * All that a call carries of what the login gave, where that may be more than one header; no stored secret is
	 * in it.
	 */
	carried?(of: { credentials: C; token: CarriedToken }): Authorization;
	/**
	 * What makes a call an authorized one. Asked before each attempt: a nonce and a timestamp serve once.
	 * @throws {InputError} when the call cannot be authorized, e.g. for its body
	 */
	authorize(of: {
		credentials: C;
		token: CarriedToken;
		request: BusinessRequest;
		env: Environment;
	}): Authorization;
	/**
	 * The call that follows the login of a Test, before it is authorized; `null`: the login alone tells. Without
	 * this function, that of the credential type.
	 * @throws {InputError} when a Test could not tell anything
	 */
	testRequest?(of: { credentials: C; token: CarriedToken; env: Environment }): TestRequest | null;
	/**
	 * A call that only reads, before it is authorized: its response tells, by `readCallResponse` and
	 * `tokenStatuses`, whether a token is still good; `null`: the service is not known to have one.
	 */
	checkRequest?(of: { credentials: C; token: CarriedToken; env: Environment }): HttpRequest | null;
	/** A call that ends the session of a token, before it is authorized; `null`: the service has none. */
	logoutRequest?(of: { credentials: C; token: CarriedToken; env: Environment }): HttpRequest | null;
	/** What is known of the limits of the service of a credential, where that differs from the vendor's. */
	limitsOf?(credentials: C): ServiceLimits;
	/** HTTP statuses by which its services say that a token is no longer good; default: 401. */
	tokenStatuses?(credentials: C): readonly number[];
	/**
	 * What the vendor's own code says in the response to a call: why it was refused, whatever the HTTP status,
	 * or `null` when it was not or the response has another form.
	 */
	readCallResponse?(of: {
		credentials: C;
		response: BusinessResponse;
		env: Environment;
	}): VendorError | null;
	/**
	 * Where the response to a call has to prove where it came from.
	 * @throws {VendorError} when it does not, whatever the user wants to see of refusals
	 */
	verifyCallResponse?(of: { credentials: C; response: BusinessResponse; env: Environment }): void;
}

/** How the tokens of a credential are requested and used. */
export function tokenRulesOf(provider: Provider, credentials: Credentials): TokenRules {
	const { processes = 1 } = credentials;
	return { ...provider.tokens, ...provider.tokenRules?.(credentials), processes };
}
