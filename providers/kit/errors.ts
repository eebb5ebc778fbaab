import { cleanedTo, cutTo } from './cutTo';

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
	/** The parts of message and description that the service said, letter for letter; `undefined`: any may be. */
	said?: string[];
	/** What an untrusted caller is told instead of message and description. */
	forCaller?: string;
}

/** Takes secrets out of what a service said. `ownWords`: out of what is said here, where a word is no secret. */
export type Clean = ((text: string) => string) & { ownWords?: (text: string) => string };

/** Characters by which the rest of a text is found that was cut. */
const MIN_LEFT = 100;

/** A status is no secret. */
const STATUS = /^\d{3}$/;

/** What to tell a caller that does not wait itself. @param ms `null`: no time is known */
export function tryAgain(ms: number | null): string {
	return ms === null ? 'Try again later.' : `Try again in ${Math.max(1, Math.ceil(ms / 1000))} s.`;
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

	private said: string[] | undefined;

	/**
	 * What an untrusted caller, such as a model, is told: what it may do, and nothing of the credential or of
	 * the network around n8n. `undefined`: the message, which says no more than that.
	 */
	forCaller: string | undefined;

	/** The same error without what it says of waiting, where it does; `undefined`: it says nothing of that. */
	withoutWait: ProviderError | undefined;

	constructor(message: string, details: ErrorDetails = {}) {
		super(message);
		this.said = details.said?.filter((part) => part !== '');
		this.forCaller = details.forCaller;
		this.description = details.description;
		this.vendorCode = details.vendorCode ?? null;
	}

	/**
	 * Passes every text of this error through `clean`, the stack included: it repeats the message. After
	 * that they are cut to a length: half a secret is not known as one. Of our own words none is taken for a
	 * secret: what is left of them would tell which.
	 */
	cleanTexts(clean: Clean): void {
		const said = this.said?.map((part): [was: string, is: string] => [
			part,
			cleanedTo(part, MAX_DESCRIPTION, clean),
		]);
		const stands = ([part]: [string, string]) =>
			this.message.includes(part) || this.description?.includes(part) === true;
		const isKnown = said?.every(stands) === true;
		const cleaned = (text: string, max: number) =>
			isKnown ? cutTo(cleanAround(text, said, clean), max) : cleanedTo(text, max, clean);
		this.message = cleaned(this.message, MAX_MESSAGE);
		this.description &&= cleaned(this.description, MAX_DESCRIPTION);
		this.stack &&= cleaned(this.stack, MAX_STACK);
		this.forCaller &&= cutTo((clean.ownWords ?? clean)(this.forCaller), MAX_MESSAGE);
		if (this.vendorCode !== null && !STATUS.test(this.vendorCode)) {
			this.vendorCode = cleanedTo(this.vendorCode, MAX_CODE, clean);
		}
		this.said = said?.map(([, is]) => this.leftOf(is));
	}

	/** What is left of a part that the service said, where the message was cut within it. */
	private leftOf(said: string): string {
		const at = this.message.includes(said) ? -1 : this.message.indexOf(said.slice(0, MIN_LEFT));
		return at === -1 ? said : this.message.slice(at);
	}

	/** The message, with why the service refused where it does not say that. */
	get messageWithReason(): string {
		return this.message;
	}

	/**
	 * What an untrusted caller is told: what happened, and what it may do. It does not get the advice for the owner of
	 * the credential, because it may pass on what it is told.
	 */
	get textForCaller(): string {
		return this.forCaller ?? this.messageWithReason;
	}

	/** A copy that says besides how long to wait; who need not wait is told `withoutWait`. */
	withWait(advice: string): this {
		const copy = this.withAdvice(advice);
		copy.withoutWait = this;
		return copy;
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

/** `text` with each part that the service said in its cleaned form, and our own words around them. */
function cleanAround(
	text: string,
	[first, ...more]: Array<[string, string]>,
	clean: Clean,
): string {
	if (first === undefined) return (clean.ownWords ?? clean)(text);
	const [was, is] = first;
	return text
		.split(was)
		.map((around) => cleanAround(around, more, clean))
		.join(is);
}

/** What the user typed cannot be right. Thrown before any call is made. */
export class InputError extends ProviderError {
	override readonly name = 'InputError';

	constructor(message: string, details: ErrorDetails = {}) {
		super(message, { said: [], ...details });
	}
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
	/** What was refused may have been carried out all the same: only words in a text say that it was not. */
	mayBeDone?: boolean;
	/** Something else than the vendor's endpoint answered, and will do so again. */
	isForeign?: boolean;
	/** What the service said besides, without secrets and of bounded size: for who goes on with the item. */
	details?: Record<string, unknown>;
}

/**
 * What the vendor's own code says about the token of a call. `refused`: it is no longer accepted. `outdated`: it
 * is accepted, but what it tells about the account may have changed since. `unaffected`: the refusal is about
 * something else, whatever the HTTP status. `null`: it does not say, so the HTTP status decides.
 */
export type TokenState = 'refused' | 'outdated' | 'unaffected' | null;

/** The vendor refused what was asked of it. */
export class VendorError extends ProviderError {
	override readonly name = 'VendorError';

	readonly httpStatus: number | null;

	readonly credentialRejected: boolean;

	retryAfterMs: number | null;

	readonly isTransient: boolean;

	readonly tokenState: TokenState;

	readonly mayBeDone: boolean;

	readonly isForeign: boolean;

	details: Record<string, unknown>;

	/** Milliseconds until the next login, where none was sent since one was refused before. */
	lockedForMs: number | null = null;

	constructor(message: string, details: VendorErrorDetails = {}) {
		super(message, details);
		this.httpStatus = details.httpStatus ?? null;
		this.credentialRejected = details.credentialRejected ?? false;
		this.retryAfterMs = details.retryAfterMs ?? null;
		this.isTransient = details.isTransient ?? false;
		this.tokenState = details.tokenState ?? null;
		this.mayBeDone = details.mayBeDone ?? false;
		this.isForeign = details.isForeign ?? false;
		this.details = details.details ?? {};
	}

	override get messageWithReason(): string {
		const { message: reason } = this.details;
		if (typeof reason !== 'string' || this.message.includes(reason)) return this.message;
		return `${this.message}: ${reason}`;
	}

	override get textForCaller(): string {
		if (this.forCaller !== undefined || !this.isTransient) return super.textForCaller;
		return `${this.messageWithReason.replace(/\.$/, '')}. ${tryAgain(this.retryAfterMs)}`;
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
		super(message, { said: [], ...details });
		this.isTransient = details.isTransient;
		this.wasNotSent = details.wasNotSent;
	}

	override get textForCaller(): string {
		return (
			this.forCaller ??
			'The service could not be reached, or did not answer in time. Try again later.'
		);
	}
}

/** The execution was stopped while a call was waiting or under way. */
export class CanceledError extends ProviderError {
	override readonly name = 'CanceledError';

	constructor() {
		super('The execution was stopped before this call was made', { vendorCode: 'CANCELED' });
	}
}
