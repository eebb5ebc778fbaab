import type { IHttpRequestMethods } from 'n8n-workflow';

/** The credential types of this package; each names one vendor. */
export type ProviderType = 'maxusApi' | 'agentAuthApi' | 'serviceCombApi' | 'yesApi';

/** A token request, complete: the body is what goes over the wire. */
export interface HttpRequest {
	method: IHttpRequestMethods;
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** The answer to a token request. */
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
}

/** A business call as the user described it, before it is authorized. */
export interface BusinessCall {
	url: string;
	/** The plain JSON body: a value, or its text. `undefined`: the call has no body. */
	body?: unknown;
}

/** What makes a business call an authorized one. */
export interface Authorization {
	headers: Record<string, string>;
	/** Takes the place of the call's body, where the vendor wants it encrypted. */
	body?: string;
}

/** What a provider reads from outside, so that tests can set it. */
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
	/** The hosts the user listed in n8n's *Allowed domains*; `null`: the user restricted nothing. */
	allowedDomains: string[] | null;
	allowUnauthorizedCerts?: boolean;
}

/**
 * One vendor. Pure functions only: whatever waits, caches or retries lives outside.
 * `C` is the vendor's credential, `O` what can be asked of a token.
 */
export interface Provider<C extends Credentials = Credentials, O extends object = object> {
	readonly type: ProviderType;
	/** The vendor's name in messages. */
	readonly displayName: string;
	/** Calls a minute the vendor allows, token requests included; 0: it names no limit. */
	readonly requestsPerMinute: number;
	/** Whether n8n's HTTP Request node uses one token for several calls. */
	readonly reusesTokens: boolean;
	/** Whether wrong logins lock the account: then a login is never sent twice. */
	readonly locksAccounts: boolean;
	/** Whether the token is made for the user's own servers, on any host. */
	readonly tokenMayGoAnywhere: boolean;

	/** Trims and checks a credential. @throws {InputError} naming the field that cannot be right. */
	readCredentials(data: Record<string, unknown>): C;
	/** The values that no message may show. */
	secretsOf(credentials: C, options?: O): string[];
	/** The request for a token. @throws {InputError} when `options` cannot be right. */
	tokenRequest(credentials: C, options: O, environment: Environment): HttpRequest;
	/** The token in the answer to it. @throws {VendorError} when there is none. */
	readTokenResponse(
		credentials: C,
		options: O,
		response: HttpResponse,
		environment: Environment,
	): AccessToken | Promise<AccessToken>;
	/** The header a business call carries the token in. */
	tokenHeader(token: string): { name: string; value: string };
	/**
	 * What makes a call an authorized one. Asked before each attempt: a nonce and a timestamp serve once.
	 * @throws {InputError} when the call cannot be authorized, e.g. for its body
	 */
	authorize(
		credentials: C,
		token: string,
		call: BusinessCall,
		environment: Environment,
	): Authorization;
}
