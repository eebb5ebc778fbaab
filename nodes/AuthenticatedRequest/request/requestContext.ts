import type { IExecuteFunctions } from 'n8n-workflow';

import type { Credentials, Engine, Provider, TokenUse } from '../../../providers';
import type { RequestOptions } from '../parameters/readOptions';
import type { StreamedResponse } from '../response/streamedResponse';

/** Whether a response that says 200 means that the token has expired. */
export type ExpiryCheck = (response: StreamedResponse) => Promise<boolean>;

/** What all attempts and pages of one item's request share. */
export interface RequestContext {
	engine: Engine;
	context: IExecuteFunctions;
	provider: Provider;
	credentials: Credentials;
	tokenUse: TokenUse;
	options: RequestOptions;
	signal: AbortSignal | undefined;
	/** What no message may show; the tokens of the call are added as they come. */
	secrets: Set<string>;
	isExpired: ExpiryCheck;
	onRetry: () => void;
	onWait: () => void;
}
