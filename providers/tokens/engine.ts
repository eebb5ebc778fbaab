import { RateLimit } from '../limit/rateLimit';
import { AllSlots } from '../limit/slots';
import { systemRuntime, type Runtime } from '../http/runtime';
import { SeenOnce } from '../kit/seenOnce';
import { Sessions } from './sessions';
import { TokenSource } from './tokenSource';

/** All that outlives one request: tokens, refusals and limits, and the clock they are measured by. */
export interface Engine {
	readonly runtime: Runtime;
	/** Requests made with each credential, token requests included. */
	readonly rateLimit: RateLimit;
	/** How many calls each service takes at once. */
	readonly slots: AllSlots;
	readonly tokenSource: TokenSource;
	readonly sessions: Sessions;
	/** Requests that a vendor made of a webhook. */
	readonly seen: SeenOnce;
}

/**
 * An engine with nothing in memory. A process has one, which nodes and credentials share; a test makes
 * its own, with a clock that it sets.
 */
export function createEngine(runtime: Partial<Runtime> = {}): Engine {
	const complete = { ...systemRuntime, ...runtime };
	const sessions = new Sessions();
	return {
		runtime: complete,
		rateLimit: new RateLimit(complete),
		slots: new AllSlots(complete),
		tokenSource: new TokenSource(complete, sessions),
		sessions,
		seen: new SeenOnce(),
	};
}
