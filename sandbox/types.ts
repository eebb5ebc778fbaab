import type { IncomingHttpHeaders } from 'node:http';

export interface SandboxOptions {
	/** Port of the HTTP server; 0, the default, takes any free one. */
	port?: number;
	/** Port of the HTTPS server; 0, the default, takes any free one. */
	tlsPort?: number;
	/** Also serve HTTPS with a self-signed certificate. */
	tls?: boolean;
	/** The clock of all vendors in milliseconds; `Date.now` by default. */
	now?: () => number;
}

/** One request as a server received it, and what it was answered. */
export interface RecordedRequest {
	/** Its name, or `stranger`. */
	vendor: string;
	/** `logout`: it ends the session of the token that it carries. */
	kind: 'token' | 'business' | 'logout';
	/** When it arrived, by the sandbox's clock. */
	at: number;
	method: string;
	/** Includes the vendor's prefix, without the query. */
	path: string;
	/** As it came, without the question mark. */
	query: string;
	url: string;
	headers: Record<string, string | string[]>;
	rawHeaders: string[];
	/** At most the first 1 MiB; `bodyBytes` and `bodySha256` are of the whole body. */
	body: string;
	rawBody: Buffer;
	bodyBytes: number;
	bodySha256: string;
	/** Agent Auth: the decrypted JSON. */
	decrypted?: unknown;
	/** The token a business call carried, or the one a token call was given. */
	token: string | null;
	/** What was answered; 0 if the connection was cut or the client went away first. */
	status: number;
	/** The client went away before the answer was complete. */
	aborted: boolean;
}

/** What a vendor says when it refuses, in the form it has for that. */
export interface Refusal {
	/**
	 * Agent Auth's `code`, ServiceComb's `errorCode` or YesApi's `ret`. Maxus has none: it says
	 * `status` 0 and no more.
	 */
	code?: number;
	/** YesApi: refuse by `data.err_code`, with `ret` 200. */
	errCode?: number;
	/** By default what the vendor says to this code; Maxus: `Unknown Exception`. */
	message?: string;
	/** ServiceComb: the reason, beside the message. */
	detail?: string;
}

/** An answer given instead of the vendor's own. */
export interface Failure {
	/** Default 500, 302 with `redirectTo`, or what the vendor uses with `refusal`. */
	status?: number;
	/**
	 * Refuse as the vendor itself does.
	 *
	 * @example
	 * sandbox.faults.maxus.tokenFailures = [{ refusal: {}, times: 3 }];
	 * sandbox.faults.agentAuth.businessFailures = [{ refusal: { code: 7 } }];
	 */
	refusal?: Refusal;
	headers?: Record<string, string>;
	body?: string;
	contentType?: string;
	/** Close the connection without an answer. */
	cut?: boolean;
	/** Send a `Location` header. */
	redirectTo?: string;
	/** For how many requests; default 1, `Infinity` allowed. */
	times?: number;
}

export interface VendorFaults {
	tokenDelayMs?: number;
	/** Send the answer to a token request byte by byte, this far apart. */
	tokenDripMs?: number;
	/** Used up one per token request, in order. */
	tokenFailures?: Failure[];
	businessDelayMs?: number;
	/** Used up one per business request that would have been let in, in order. */
	businessFailures?: Failure[];
	/** How long tokens issued from now on are good for. */
	tokenLifetimeSeconds?: number;
}

/** What can be wrong with one vendor alone. */
export interface OwnFaults {
	/** Requests a minute, token and business calls together; 0 is no limit. Default 600. */
	maxusRateLimit: number;
	/** Refuse a Maxus token that was used before. */
	maxusSingleUse: boolean;
	/** ServiceComb accounts that were deleted after they got their tokens. */
	serviceCombDeletedAccounts: string[];
	/**
	 * With `off`, ServiceComb asks for no token and gives none. With `halfOpen` only accounts are
	 * guarded, and a wrong login has the code 401302. Default `on`.
	 */
	serviceCombSecurity: 'on' | 'off' | 'halfOpen';
	/** ServiceComb cannot read the key it signs with: right logins end in 500003. */
	serviceCombUnreadableKey: boolean;
	/** Spell `err_code` of VerifyToken `err_coce`, as the vendor's document does once. */
	yesApiMisspelledErrCode: boolean;
}

/** What vendors share: the clock, the faults, and where a stranger lives. */
export interface Surroundings {
	now: () => number;
	faults: OwnFaults;
	/** How long tokens that a vendor issues from now on are good for, where that was set. */
	tokenSeconds: (vendor: string) => number | undefined;
	strangerUrl: string;
	/** Whether a path below a base URL is one of the endpoints every vendor has. */
	isEveryVendors: (path: string) => boolean;
}

/** One request on its way through a vendor. */
export interface Exchange {
	record: RecordedRequest;
	headers: IncomingHttpHeaders;
	/** The path below the vendor's base URL, beginning with a slash. */
	path: string;
	query: URLSearchParams;
	/** Scheme, host and port as the client wrote them. */
	origin: string;
	/** The client's address. */
	address: string;
	/** The body, up to a limit well above what is recorded. */
	content: Buffer;
}

/** What to answer. */
export interface Answer {
	status: number;
	headers?: Record<string, string | string[]>;
	body?: string | Buffer;
	/** Stream this many bytes as the body. */
	streamBytes?: number;
	delayMs?: number;
	/** Send the body byte by byte, this far apart. */
	dripMs?: number;
	/** Close the connection without an answer. */
	cut?: boolean;
}

/** One vendor: how it tells its calls apart, and what it answers. */
export interface Vendor {
	name: string;
	/** The path all its URLs begin with. */
	prefix: string;
	/** Sees paths with two slashes in a row; else such a path is unknown. */
	takesExtraSlashes?: boolean;
	kindOf(exchange: Exchange): 'token' | 'business' | 'logout';
	/** Refuses a call of either kind before anything else is looked at. */
	admit?(exchange: Exchange): Answer | null;
	answerToken(exchange: Exchange): Answer;
	/** Refuses a business call that is not allowed in. */
	authorize(exchange: Exchange): Answer | null;
	/** Answers business calls that only this vendor has. */
	answerBusiness?(exchange: Exchange): Answer | null;
	/** Writes a refusal in the form this vendor has for one; the Token API's services have many. */
	refuse?(refusal: Refusal, exchange: Exchange): Answer;
	/** Encodes the body of every answer, also of those that are not the vendor's own. */
	encode?(answer: Answer, exchange: Exchange): Answer;
	expireTokens(): void;
	reset(): void;
}

/** A business request that shows a vendor at work and changes nothing. */
export interface Sample {
	method: 'GET' | 'POST';
	/** Below the base URL; may have a query. */
	path: string;
	/** Sent as JSON. */
	body?: object;
	/**
	 * The headers it needs beside the token's, with n8n's expressions in them; `null`: headers alone do
	 * not make it one the vendor lets in.
	 */
	headers: Record<string, string> | null;
}

/** What to type into a field of a credential's form; a list has a row of texts for each of its rows. */
export type Entry = [label: string, value: string | string[][]];

/** How a person tries one account by hand: what goes into the credential, and a call. */
export interface Guide {
	title: string;
	/** Fields by the labels that the form shows, in its order. What is left out stays as it is. */
	credential: Entry[];
	/** Fields of Authenticated Request. */
	call: Entry[];
	/** What else is worth a try, a sentence each. */
	hints?: string[];
}

/** All the sandbox has of one vendor. `vendors.ts` lists them. */
export interface SandboxVendor {
	/** The credential type that is for it. */
	credentialType: string;
	/** The name of the server that `credentials` is for: of its faults, and of what it received. */
	server: string;
	/** How long its tokens are good for. */
	tokenLifetimeSeconds: number;
	/** The vendor at work; whatever else a test may hold of it goes beside `servers`. */
	create(surroundings: Surroundings): { servers: Vendor[] } | Promise<{ servers: Vendor[] }>;
	/** Credential data that are accepted below `url`: those of the credential type's name, and others. */
	credentials(url: string): Record<string, object>;
	/** The headers by which a call carries a token. */
	tokenHeaders(token: string): Record<string, string>;
	/** What its login answers where the secret is not that of the account. */
	wrongSecret: Failure;
	/** The Test of its credential logs in a second time and makes no call with the token. */
	isTestedByLogin?: boolean;
	/** @param n - what tells one item's request from another's: a number, or an expression */
	sample(n: string): Sample;
	/**
	 * A guide for each account.
	 *
	 * @param tlsUrl - the same as `url` over HTTPS
	 */
	guides(url: string, tlsUrl: string): Guide[];
}
