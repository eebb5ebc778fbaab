import type { IExecuteFunctions } from 'n8n-workflow';

import type { ExchangeOptions, HttpHelpers } from '../http/exchange';
import type { Response } from '../http/response';
import type { Credentials, Provider } from '../kit/provider';
import type { Pace } from '../limit/pace';
import type { Engine } from '../tokens/engine';
import type { RunReport } from '../tokens/runReport';
import type { TokenUse } from '../tokens/tokenSource';

/** What a call needs of n8n's helpers. */
export type CallHelpers = HttpHelpers &
	Pick<IExecuteFunctions['helpers'], 'binaryToString' | 'detectBinaryEncoding'>;

/** How a call is made and judged. */
export interface CallOptions extends ExchangeOptions {
	/** Whether a call that the vendor's own code refuses fails, though the HTTP status is a success. */
	failOnVendorErrorCode: boolean;
	/**
	 * Whether a model asked for the call: then nothing waits longer than a few seconds, and the address at which the
	 * credential logs in must not be called.
	 */
	forModel?: boolean;
	maxRedirects: number;
	maxRetries: number;
	/** Whether every response is the output, whatever it says. */
	neverError: boolean;
	requestsPerMinute: number;
	/** Whether `POST` and `PATCH` are sent again after a fault of the server or a broken connection. */
	retryNonIdempotent: boolean;
	/** Milliseconds; `undefined`: the default of each kind of request. */
	timeout?: number;
}

/** What all attempts and pages of one item's call share. */
export interface CallContext {
	engine: Engine;
	helpers: CallHelpers;
	/** Stands for the run of a node with all its items. */
	run: object;
	provider: Provider;
	credentials: Credentials;
	tokenUse: TokenUse;
	options: CallOptions;
	/** How many calls are under way together; `null`: as many as come. */
	pace: Pace | null;
	signal?: AbortSignal;
	/** What no message may show; the tokens of the call are added as they come. */
	secrets: Set<string>;
	/** Whether the user says that a response means that the token is no longer good. */
	isExpired: (response: Response) => Promise<boolean>;
	/** Whether the body of a response may hold words, and not a file. */
	mayHoldText: (response: Response) => boolean;
	/** Consumes a response that becomes the output, so that one that breaks off is an attempt like any other. */
	consume: (response: Response) => Promise<unknown>;
	/** Where it is told what becomes of the calls and their tokens. */
	report: RunReport;
}
