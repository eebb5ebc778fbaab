import { ProviderError, VendorError } from '../kit/errors';
import type { HttpRequest, HttpResponse, Provider } from '../kit/provider';
import { waitAfterFault, type Wait } from '../kit/retryPolicy';
import { scrubber } from '../kit/scrub';
import type { Engine } from './engine';
import type { RunReport } from './runReport';
import { explainNetworkFault } from '../http/networkFault';
import type { Place } from '../limit/rateLimit';
import { TimeBudget, withRetries, type Outcome } from '../http/retry';
import type { Send } from '../http/transport';
import { withinTime } from '../http/deadline';

/** How long one try may take, its response included, unless the user says otherwise. */
const TRY_MS = 30_000;

/** How long all tries may take with the waits between them. Waiting for room is not counted. */
const TOTAL_MS = 60_000;

/** A wait that would leave less than this for the try after it is not made. */
const LAST_TRY_MS = 1000;

/** How requests to the vendor itself are made. */
export interface VendorRequestOptions {
	send: Send;
	maxRetries: number;
	/** Milliseconds for each try. */
	timeout?: number;
	/** Where it waits for room under the rate limit. */
	place: Place;
	/** Whether it is for a call that is made right afterwards, for which room is kept then. */
	businessRequestFollows: boolean;
	signal?: AbortSignal;
	onRetry?: (reason: unknown) => void;
	/** Where it is told what becomes of it. */
	report?: RunReport;
}

/** A request to the vendor itself, and how its response is read. */
export interface VendorRequest<T> {
	request: () => HttpRequest | Promise<HttpRequest>;
	read: (response: HttpResponse) => T | Promise<T>;
	/** The values that no message may show. */
	secrets: string[];
}

/**
 * One request to the vendor itself, made again while the vendor is busy or cannot be reached; within a
 * minute in all. @throws {ProviderError} scrubbed of every secret
 */
export async function requestVendor<T>(
	{ runtime }: Engine,
	provider: Provider,
	how: VendorRequestOptions,
	{ request, read, secrets }: VendorRequest<T>,
): Promise<T> {
	const { place, businessRequestFollows, send, signal, timeout = TRY_MS } = how;
	const budget = new TimeBudget(TOTAL_MS - LAST_TRY_MS);
	const attempt = async () => {
		await place.keep(businessRequestFollows ? 2 : 1, signal);
		const startedAt = runtime.elapsed();
		try {
			const httpRequest = await request();
			const ms = Math.min(timeout, budget.leftMs + LAST_TRY_MS);
			const late = () =>
				explainNetworkFault({ code: 'ETIMEDOUT' }, httpRequest.url, { isTokenRequest: true });
			return await withinTime(runtime, { ms, signal, late }, async (stop) =>
				read(await place.use(async () => await send(httpRequest, stop))),
			);
		} catch (error) {
			place.giveBack();
			throw scrubError(error, secrets);
		} finally {
			const ms = runtime.elapsed() - startedAt;
			budget.leftMs -= ms;
			how.report?.tokenRequested(ms);
		}
	};
	return await withRetries(attempt, {
		maxRetries: how.maxRetries,
		waitBeforeRetry: (outcome) => waitBeforeNextTry(provider, outcome),
		budget,
		pause: runtime.pause,
		signal,
		onRetry: (outcome, pauseMs) => {
			const reason = 'error' in outcome ? outcome.error : undefined;
			how.report?.tokenRequestRepeated(reason, pauseMs);
			how.onRetry?.(reason);
		},
	});
}

/** Takes the secrets out of the texts of one of our errors, and returns it; others are left as they are. */
export function scrubError(error: unknown, secrets: string[]): unknown {
	if (error instanceof ProviderError) error.cleanTexts(scrubber(secrets));
	return error;
}

/** Faults of a server that may have judged the login before it failed. */
const MAY_BE_JUDGED: ReadonlyArray<number | null> = [500, 502, 504];

/** A vendor that locks accounts gets again only what cannot have arrived, or was not judged. */
function waitBeforeNextTry(
	{ tokens: { locksAccounts } }: Provider,
	outcome: Outcome<unknown>,
): Wait {
	if (!('error' in outcome)) return null;
	const { error } = outcome;
	if (error instanceof VendorError && error.isTransient) {
		const isDangerous = locksAccounts && MAY_BE_JUDGED.includes(error.httpStatus);
		return isDangerous ? null : (error.retryAfterMs ?? 'back-off');
	}
	return waitAfterFault(error, !locksAccounts);
}
