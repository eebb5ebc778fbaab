import {
	tokenRulesOf,
	type AccessToken,
	type Credentials,
	type HttpRequest,
	type Provider,
} from '../kit/provider';
import { withinTime } from '../http/deadline';
import { CanceledError } from '../kit/errors';
import { BUSY_STATUSES } from '../kit/retryPolicy';
import { unlessAborted } from '../http/unlessAborted';
import type { Engine } from './engine';
import { authorizedRequest } from './ownRequest';
import type { EndSession } from './sessions';
import type { TokenKey } from './tokenSource';
import type { VendorRequestOptions } from './vendorRequest';

/** So long a token needs no check after it came or was seen to be good. */
const TRUSTED_MS = 60_000;

const CHECK_MS = 10_000;

/** Checks under way: all calls that need one wait for the same. */
const checks = new WeakMap<AccessToken, Promise<void>>();

/** How a check is made, and for which token. */
type Check = VendorRequestOptions & { key: TokenKey; endSession: EndSession };

/**
 * Whether a kept token has to be checked before a call. It is not known to be good within the last minute, and
 * something has spoken against it, or it can end without a word where nobody sees the response.
 */
export function needsCheck(
	{ tokenSource }: Engine,
	provider: Provider,
	credentials: Credentials,
	{ key, isResponseSeen = false }: Pick<Check, 'key'> & { isResponseSeen?: boolean },
	token: AccessToken,
): boolean {
	if ((tokenSource.trustedFor(key, token) ?? Infinity) < TRUSTED_MS) return false;
	if (tokenSource.isDoubted(key, token)) return true;
	const { endsUnseen = false } = tokenRulesOf(provider, credentials);
	return !isResponseSeen && (endsUnseen || token.expiresAt === Infinity);
}

/** Forgets a kept token that a call which only reads finds to have ended. That the check fails says nothing. */
export async function checkToken(
	engine: Engine,
	provider: Provider,
	credentials: Credentials,
	check: Check,
	token: AccessToken,
): Promise<void> {
	const underWay =
		checks.get(token) ??
		makeCheck(engine, provider, credentials, { ...check, token })
			.catch(() => {})
			.finally(() => checks.delete(token));
	checks.set(token, underWay);
	await unlessAborted(underWay, check.signal);
}

async function makeCheck(
	engine: Engine,
	provider: Provider,
	credentials: Credentials,
	{ key, token, place, send, endSession }: Check & { token: AccessToken },
): Promise<void> {
	const { runtime, tokenSource } = engine;
	const request = checkOf(engine, provider, credentials, token);
	if (request === null) return;
	const ofCheck = place.again();
	try {
		const limit = { ms: CHECK_MS, late: () => new CanceledError() };
		const response = await withinTime(
			runtime,
			limit,
			async (stop) => await ofCheck.use(async () => await send(request, stop), stop),
		);
		const read = { ...response, url: request.url };
		const said = provider.readCallResponse?.({ credentials, response: read, env: runtime });
		const statuses = provider.tokenStatuses?.(credentials) ?? [401];
		if (said?.tokenState === 'refused' || statuses.includes(response.status)) {
			tokenSource.drop(key, token.token, endSession);
		} else if (!BUSY_STATUSES.includes(response.status)) {
			tokenSource.markGood(key, token.token);
		}
	} finally {
		ofCheck.leave();
	}
}

/** The request by which a token is checked; `null`: there is none, or this token cannot make it. */
function checkOf(
	{ runtime: env }: Engine,
	provider: Provider,
	credentials: Credentials,
	token: AccessToken,
): HttpRequest | null {
	const asked = provider.checkRequest?.({ credentials, token, env }) ?? null;
	return asked && authorizedRequest(provider, credentials, token, asked, env);
}
