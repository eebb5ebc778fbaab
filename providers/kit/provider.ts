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
}

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

/** What a provider reads from outside, so that tests can set it. */
export interface Surroundings {
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
	/** How many processes of n8n share its limit; default 1. */
	processes?: number;
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
	/** Calls a minute the vendor allows, token requests included; 0: it names no limit. */
	readonly requestsPerMinute: number;
	/** Whether a call carries a token; if not, `authorize` gets an empty one. */
	readonly needsToken: boolean;
	/** Whether n8n's HTTP Request node uses one token for several calls. */
	readonly reusesTokens: boolean;
	/** Whether Authenticated Request does so too, unless told otherwise. */
	readonly prefersReuse?: boolean;
	/**
	 * Whether wrong logins lock the account: then a login is sent again only if it cannot have arrived,
	 * and never beside another one.
	 */
	readonly locksAccounts: boolean;
	/** How long a refused credential is not sent again, in milliseconds; default: a minute. */
	readonly refusalMemoryMs?: number;
	/** Whether the token is made for the user's own servers, on any host. */
	readonly tokenMayGoAnywhere: boolean;
	/** What a user can do about a business call that was refused, by HTTP status. */
	readonly statusHints?: Readonly<Record<number, string>>;

	/**
	 * The same vendor's other way to authorize calls, with the same credential and without a token.
	 * @throws {InputError} when the options of the call cannot be right
	 */
	signing?(options: object): Provider<C, O>;
	/** Trims and checks a credential. @throws {InputError} naming the field that cannot be right. */
	readCredentials(data: Record<string, unknown>): C;
	/** The values that no message may show. */
	secretsOf(credentials: C, options?: O): string[];
	/** A token that is made here, without a request; `null` where one has to be requested. */
	makeToken?(credentials: C, surroundings: Surroundings): Promise<AccessToken> | null;
	/** The credential with what a token request needs besides and takes time to make; asked before each. */
	prepare?(credentials: C, surroundings: Surroundings): Promise<C>;
	/** The request for a token. @throws {InputError} when `options` cannot be right. */
	tokenRequest(credentials: C, options: O, surroundings: Surroundings): HttpRequest;
	/** The token in the response to it. @throws {VendorError} when there is none. */
	readTokenResponse(
		credentials: C,
		options: O,
		response: HttpResponse,
		surroundings: Surroundings,
	): AccessToken | Promise<AccessToken>;
	/** The header a business call carries the token in; `null`: it goes into none. */
	tokenHeader(
		token: string,
		credentials: C,
		extra?: Record<string, string>,
	): { name: string; value: string } | null;
	/**
	 * What makes a call an authorized one. Asked before each attempt: a nonce and a timestamp serve once.
	 * @throws {InputError} when the call cannot be authorized, e.g. for its body
	 */
	authorize(
		credentials: C,
		token: string,
		request: BusinessRequest,
		surroundings: Surroundings,
		extra?: Record<string, string>,
	): Authorization;
	/**
	 * What the vendor's own code says in the response to a business request: why it was refused, whatever the
	 * HTTP status, or `null` when it was not or the response has another form.
	 */
	readBusinessResponse?(
		credentials: C,
		response: BusinessResponse,
		surroundings: Surroundings,
	): VendorError | null;
	/**
	 * Where the response to a business request has to prove where it came from.
	 * @throws {VendorError} when it does not, whatever the user wants to see of refusals
	 */
	verifyBusinessResponse?(
		credentials: C,
		response: BusinessResponse,
		surroundings: Surroundings,
	): void;
}
