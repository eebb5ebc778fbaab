import { withQuery } from '../http/formEncoding';
import type { RequestSpec } from '../http/requestSpec';
import type { Response } from '../http/response';
import { IDEMPOTENT_METHODS } from '../kit/retryPolicy';
import { scrubError } from '../tokens/vendorRequest';
import { assertSuccess } from './assertSuccess';
import { attemptCall, tokenKey, type Attempt } from './attempt';
import type { CallContext } from './callContext';
import { callCarriesSecret } from './carriesSecret';
import { endOfRedirects, redirectedRequest, redirectsInCircle, redirectTarget } from './redirect';

/** So long a token counts as one that not all machines of the service may know yet. */
const NEW_TOKEN_MS = 10_000;

const NEVER_TRUSTED = { keptAt: -Infinity, goodAt: null };

/** Between the tries with such a token: 3 seconds in all. */
const NEW_TOKEN_WAITS_MS = [300, 700, 2000];

/**
 * Makes one call with a token and returns the response. A token that is no longer good is renewed once; busy
 * services and broken connections are tried again as far as that repeats nothing; redirects are followed within
 * the origin, each hop with a token like any other call.
 * @param lastStatuses statuses that are no refusal, e.g. since they end a pagination
 * @throws {VendorError} when the response is no success, unless the user wants to see it anyway; scrubbed of
 * every secret, like all that is thrown
 */
export async function makeCall(
	call: CallContext,
	spec: RequestSpec,
	lastStatuses: readonly number[] = [],
): Promise<Response> {
	try {
		const attempt = await followRedirects(call, spec);
		if (!lastStatuses.includes(attempt.response.statusCode)) await assertSuccess(call, attempt);
		return attempt.response;
	} catch (error) {
		throw scrubError(error, [...call.secrets]);
	}
}

async function followRedirects(call: CallContext, spec: RequestSpec): Promise<Attempt> {
	const { maxRedirects, neverError } = call.options;
	let next = spec;
	const called = new Set<string>();
	for (let hops = 0; ; hops += 1) {
		called.add(nameOf(next));
		// The page behind a redirect may be what tells that the token is no longer good: then the call is made again.
		const whole = IDEMPOTENT_METHODS.includes(spec.method) ? spec : next;
		const attempt = await callAndRenew(call, next, whole);
		if (attempt.spec !== next) called.clear();
		const { statusCode, headers, url, body } = attempt.response;
		const target = redirectTarget(statusCode, headers, url);
		if (target === null || maxRedirects === 0) return attempt;
		const mayFollow = target.origin === new URL(url).origin && hops < maxRedirects;
		if (!mayFollow && neverError) return attempt;
		body.discard();
		if (!mayFollow) throw endOfRedirects(statusCode, url, target, maxRedirects);
		next = redirectedRequest(attempt.spec, statusCode, target);
		if (called.has(nameOf(next))) throw redirectsInCircle(statusCode);
	}
}

/** A call as a service sees it, but for its body. */
const nameOf = ({ method, uri, qs }: RequestSpec) =>
	`${method} ${new URL(withQuery(uri, qs)).href}`;

/** @param whole what is sent once the token is renewed */
async function callAndRenew(
	call: CallContext,
	spec: RequestSpec,
	whole: RequestSpec,
): Promise<Attempt> {
	const first = await untilAccepted(call, spec);
	if (!mayBeSentAgain(call, spec, first)) {
		if (first.verdict.kind === 'renew') giveUp(call, first);
		return first;
	}
	if (!giveUp(call, first)) return first;
	first.response.body.discard();
	call.report.tokenDropped(first.verdict.doubt === 'outdated' ? 'outdated' : 'refused');
	call.report.callRepeated(first.verdict.refusal ?? first.response.statusCode, 2, 0);
	const second = await untilAccepted(call, whole);
	const renewals = call.engine.tokenSource.renewalsOf(tokenKey(call));
	if (second.verdict.kind !== 'renew') renewals.helped();
	else if (second.verdict.doubt === 'refused') renewals.wasInVain();
	return second;
}

/** Sends a call with a token that was just issued again after short waits, until the service knows the token. */
async function untilAccepted(call: CallContext, spec: RequestSpec): Promise<Attempt> {
	const { tokenSource, runtime } = call.engine;
	const key = tokenKey(call);
	let attempt = await attemptCall(call, spec);
	const { release } = attempt;
	try {
		for (const ms of NEW_TOKEN_WAITS_MS) {
			const { kind, doubt } = attempt.verdict;
			if (kind !== 'renew' || doubt !== 'refused' || !mayBeSentAgain(call, spec, attempt)) break;
			const isNew = tokenSource.ageOf(attempt.token) < NEW_TOKEN_MS;
			if (!isNew || tokenSource.renewalsOf(key).areInVain) break;
			await runtime.pause(ms, call.signal);
			attempt.response.body.discard();
			call.report.callRepeated(attempt.verdict.refusal ?? attempt.response.statusCode, 2, 0);
			attempt = await attemptCall(call, spec, attempt.token);
		}
		if (attempt.verdict.kind !== 'renew') tokenSource.markGood(key, attempt.token.token);
		return attempt;
	} finally {
		release();
	}
}

/**
 * Whether a call whose token is no longer good can be sent again: a success may have been carried out, and a wrong
 * password is counted each time.
 */
function mayBeSentAgain(call: CallContext, spec: RequestSpec, { verdict }: Attempt) {
	const isHarmless =
		!verdict.mayBeDone ||
		IDEMPOTENT_METHODS.includes(spec.method) ||
		call.options.retryNonIdempotent;
	return verdict.kind === 'renew' && isHarmless && !callCarriesSecret(call, spec);
}

/** @returns whether the next attempt has another token */
function giveUp(call: CallContext, attempt: Attempt): boolean {
	const { token, verdict, endSession } = attempt;
	const { tokenSource } = call.engine;
	const key = tokenKey(call);
	if (verdict.doubt === null) return false;
	if (call.tokenUse === 'reuse') {
		const doubt = isAboutSecret(call, attempt) ? 'unknown' : verdict.doubt;
		return tokenSource.giveUp(key, token.token, doubt, endSession);
	}
	// Each call has a new token anyway: a second one is for refusals of the token alone.
	if (verdict.doubt === 'outdated' || verdict.doubt === 'unknown') return false;
	return tokenSource.renewalsOf(key).mayGiveUp(verdict.doubt, NEVER_TRUSTED);
}

/** Whether what was refused may as well be the secret in the call, since no code says that it is the token. */
function isAboutSecret(call: CallContext, { spec, verdict }: Attempt): boolean {
	return verdict.refusal?.tokenState !== 'refused' && callCarriesSecret(call, spec);
}
