import { cutTo } from './cutTo';

/** Characters: editor, database and log take every text, and a service may say as much as it likes. */
const MAX_MESSAGE = 1000;
const MAX_DESCRIPTION = 3000;
const MAX_CODE = 100;
const MAX_STACK = 5000;

/** What every error of a provider carries, next to its message. Holds no secret and no token. */
interface ErrorDetails {
	/** What the user can do about it. */
	description?: string;
	/** The vendor's own code, else the HTTP status or the name of the network fault. */
	vendorCode?: string;
}

/**
 * The base of all errors of this package. It has none of the properties `code`, `status`,
 * `statusCode`, `httpCode` and `response`: n8n's Test button would show those in place of the message.
 */
export abstract class ProviderError extends Error {
	/** Written out: the names of classes do not outlast the build. */
	abstract override readonly name: string;

	description: string | undefined;

	vendorCode: string | null;

	constructor(message: string, details: ErrorDetails = {}) {
		super(message);
		this.description = details.description;
		this.vendorCode = details.vendorCode ?? null;
	}

	/**
	 * Passes every text of this error through `clean`, the stack included: it repeats the message. After
	 * that they are cut to a length: half a secret is not known as one.
	 */
	cleanTexts(clean: (text: string) => string): void {
		this.message = cutTo(clean(this.message), MAX_MESSAGE);
		this.description &&= cutTo(clean(this.description), MAX_DESCRIPTION);
		this.vendorCode &&= cutTo(clean(this.vendorCode), MAX_CODE);
		this.stack &&= cutTo(clean(this.stack), MAX_STACK);
	}

	/** A copy with another sentence about what the user can do. */
	withAdvice(advice: string): this {
		const copy = Object.create(
			Object.getPrototypeOf(this) as object,
			Object.getOwnPropertyDescriptors(this),
		) as this;
		copy.description = [this.description, advice].filter((text) => text !== undefined).join(' ');
		return copy;
	}
}

/** What the user typed cannot be right. Thrown before any call is made. */
export class InputError extends ProviderError {
	override readonly name = 'InputError';
}

interface VendorErrorDetails extends ErrorDetails {
	/** HTTP status of the response. */
	httpStatus?: number;
	/** The vendor refused these credentials; asking again with the same ones can only do harm. */
	credentialRejected?: boolean;
	/** Milliseconds after which the vendor allows the next try; `null` when it named no time. */
	retryAfterMs?: number | null;
	/** The same request may succeed later. */
	isTransient?: boolean;
	tokenState?: TokenState;
	/** Something else than the vendor's endpoint answered, and will do so again. */
	isForeign?: boolean;
	/** What the service said besides, without secrets and of bounded size: for who goes on with the item. */
	details?: Record<string, unknown>;
}

/**
 * What a refusal says about the token of the request. `refused`: it is not accepted any more. `outdated`: it
 * is, but what it tells about the account may have changed since.
 */
export type TokenState = 'refused' | 'outdated' | null;

/** The vendor refused what was asked of it. */
export class VendorError extends ProviderError {
	override readonly name = 'VendorError';

	readonly httpStatus: number | null;

	readonly credentialRejected: boolean;

	readonly retryAfterMs: number | null;

	readonly isTransient: boolean;

	readonly tokenState: TokenState;

	readonly isForeign: boolean;

	details: Record<string, unknown>;

	constructor(message: string, details: VendorErrorDetails = {}) {
		super(message, details);
		this.httpStatus = details.httpStatus ?? null;
		this.credentialRejected = details.credentialRejected ?? false;
		this.retryAfterMs = details.retryAfterMs ?? null;
		this.isTransient = details.isTransient ?? false;
		this.tokenState = details.tokenState ?? null;
		this.isForeign = details.isForeign ?? false;
		this.details = details.details ?? {};
	}
}

interface NetworkErrorDetails extends ErrorDetails {
	/** The same request may succeed later. */
	isTransient: boolean;
	/** The request cannot have reached the vendor, so sending it again repeats nothing. */
	wasNotSent: boolean;
}

/** No answer came: unknown host, refused or broken connection, timeout, certificate. */
export class NetworkError extends ProviderError {
	override readonly name = 'NetworkError';

	readonly isTransient: boolean;

	readonly wasNotSent: boolean;

	constructor(message: string, details: NetworkErrorDetails) {
		super(message, details);
		this.isTransient = details.isTransient;
		this.wasNotSent = details.wasNotSent;
	}
}

/** The execution was stopped while a call was waiting or under way. */
export class CanceledError extends ProviderError {
	override readonly name = 'CanceledError';

	constructor() {
		super('The execution was stopped before this call was made', { vendorCode: 'CANCELED' });
	}
}
