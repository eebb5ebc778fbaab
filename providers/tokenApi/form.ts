import type { Credentials } from '../kit/provider';

/** A name and a template for its value. */
export interface Row {
	name: string;
	value: string;
}

/** Where a value stands in a response. */
export interface Place {
	from: 'json' | 'header' | 'cookie' | 'body' | 'xml' | 'claim';
	/** A JSON path, or the name of the header, cookie, XML element or claim; unused for `body`. */
	path: string;
}

/** Where a request carries the token, or what came with it; name and value are templates. */
export interface Placement extends Row {
	place: 'header' | 'query' | 'cookie' | 'body';
	/** Only for methods that change something: what guards against forged requests goes there. */
	isForWritesOnly: boolean;
}

export type TimeUnit = 's' | 'ms' | 'min' | 'unixS' | 'unixMs' | 'iso';

/** How long a token is good for. */
export type Lifetime =
	| { by: 'jwt' }
	| { by: 'field'; path: string; unit: TimeUnit }
	| { by: 'fixed'; seconds: number }
	| { by: 'refusal' };

/** What a response says when the token is no longer good. */
export interface ExpiredRule {
	statuses: number[];
	/** A JSON path whose value is one of `values`. */
	path: string;
	values: string[];
	/** A text that is part of the value at `path`, or of the whole body where there is no path. */
	text: string;
	/** A header that is there, with that value if one is given. */
	header: { name: string; value: string } | null;
}

export type JwtAlgorithm =
	| 'RS256'
	| 'RS384'
	| 'RS512'
	| 'PS256'
	| 'PS384'
	| 'PS512'
	| 'ES256'
	| 'ES384'
	| 'ES512'
	| 'EdDSA'
	| 'HS256'
	| 'HS384'
	| 'HS512';

/** A JWT that is made here. */
export interface JwtForm {
	algorithm: JwtAlgorithm;
	/** PEM, or the shared secret of the HS algorithms in `keyEncoding`. */
	key: string;
	keyEncoding: 'utf8' | 'hex' | 'base64';
	passphrase: string;
	/** Templates. */
	keyId: string;
	/** JSON whose texts are templates. */
	claims: unknown;
	/** Seconds. */
	lifetime: number;
	/** Seconds by which `iat` is set back, for clocks that are behind. */
	margin: number;
}

/** The request for a token. Names and values are templates. */
export interface TokenRequestForm {
	method: 'GET' | 'POST' | 'PUT';
	/** Absolute; its path and query are templates. */
	url: string;
	headers: Row[];
	query: Row[];
	body:
		| { type: 'none' }
		/** JSON whose texts are templates. */
		| { type: 'json'; template: unknown }
		| { type: 'form'; rows: Row[] }
		| { type: 'raw'; text: string; contentType: string };
	/** Whether it carries user name and password as Basic authentication, and how they are encoded in it. */
	basicAuth: 'plain' | 'form' | null;
}

/** The fields that lead to a token, by the names that the user sees. */
export interface FieldLabels {
	username: string;
	password: string;
	/** What the address of the login follows from. */
	address: string;
	/** Whether the user says where in the response the token stands. */
	areCustom: boolean;
}

/** A Token API credential, read and checked. */
export interface TokenApiCredentials extends Credentials {
	/** What the form calls its fields, for advice. */
	labels: FieldLabels;
	/** By the names that templates use: `username`, `password`, and the user's own. */
	values: Record<string, string>;
	/** `null`: the JWT that is made here is the token. */
	request: TokenRequestForm | null;
	jwt: JwtForm | null;
	token: Place;
	extra: Array<{ name: string; place: Place }>;
	placements: Placement[];
	lifetime: Lifetime;
	/** Whether the lifetime begins anew with each use. */
	isIdleLifetime: boolean;
	expired: ExpiredRule;
}
