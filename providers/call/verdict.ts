import { decodeText } from '../http/decodeText';
import { isOfProxy } from '../http/proxyFault';
import { contentTypeOf, isSuccess, type Response } from '../http/response';
import { NetworkError, type VendorError } from '../kit/errors';
import type { BusinessResponse } from '../kit/provider';
import { BUSY_STATUSES } from '../kit/retryPolicy';
import type { Doubt } from '../tokens/renewals';
import type { CallContext } from './callContext';
import { redirectTarget } from './redirect';
import { detailsOf, readRefusedResponse } from './refusedResponse';

/** HTTP statuses by which a service says that a token is no longer good, unless its credential names others. */
const RENEW_STATUSES = [401];

const LOGIN_PAGE = /\/(log-?in|sign-?in|sso|auth)\b/i;

/** Bytes. No refusal is longer. */
const LONGEST_REFUSAL = 1024 * 1024;

/**
 * What the response to a call means for the call, whatever the user wants to see of it.
 *
 * - `good`: it was carried out, or it redirects.
 * - `renew`: its token is doubted: it is no longer good, or may not be.
 * - `busy`: the same call may succeed later.
 * - `refused`: it was not carried out, and will not be.
 */
export interface Verdict {
	kind: 'good' | 'renew' | 'busy' | 'refused';
	/** What the vendor's own code says, where it says no. */
	refusal: VendorError | null;
	/** Of `renew`: why the token is doubted; else `null`. */
	doubt: Doubt | null;
	/** Whether the call may have been carried out all the same. */
	mayBeDone: boolean;
}

/**
 * Judges a response: by the vendor's own code and the rules of the credential first, then by the HTTP status and
 * what the user says of expired tokens.
 * @throws {VendorError} when the response had to prove where it came from, and does not
 */
export async function judge(call: CallContext, response: Response): Promise<Verdict> {
	const { provider, credentials, engine } = call;
	const read = await readForVendor(call, response);
	const said =
		provider.readCallResponse?.({ credentials, response: read, env: engine.runtime }) ?? null;
	// What was carried out was allowed, whatever words it holds.
	const refusal = said?.tokenState === 'refused' && isCarriedOut(response) ? null : said;
	if (refusal !== null) {
		refusal.details = detailsOf(readRefusedResponse(response, read.body, [...call.secrets]));
	}
	if (provider.verifyCallResponse !== undefined && becomesOutput(call, response, refusal)) {
		const whole = await textOf(call, response, await response.body.all());
		provider.verifyCallResponse({ credentials, response: whole, env: engine.runtime });
	}
	const doubt = await doubtOf(call, response, refusal);
	return {
		kind: doubt !== null ? 'renew' : kindWithoutToken(response.statusCode, refusal),
		refusal,
		doubt,
		mayBeDone: refusal?.mayBeDone === true || isRedirect(response),
	};
}

/** Whether a response becomes the output, and not only a message. */
export function becomesOutput(
	{ options }: CallContext,
	response: Response,
	refusal: VendorError | null,
): boolean {
	if (options.neverError) return true;
	return isSuccess(response) && (refusal === null || !options.failOnVendorErrorCode);
}

function kindWithoutToken(status: number, refusal: VendorError | null): Verdict['kind'] {
	if (BUSY_STATUSES.includes(status) || refusal?.isTransient === true) return 'busy';
	return refusal !== null || status >= 400 ? 'refused' : 'good';
}

/** Why the token of a call is doubted by its response; `null`: it is not. */
async function doubtOf(
	{ provider, credentials, isExpired, tokenUse }: CallContext,
	response: Response,
	refusal: VendorError | null,
): Promise<Doubt | null> {
	const { statusCode } = response;
	if (!provider.tokens.needed || isCarriedOut(response)) return null;
	if (isOfProxy(statusCode, response.headers)) return null;
	const statuses = provider.tokenStatuses?.(credentials) ?? RENEW_STATUSES;
	const said = refusal?.tokenState ?? null;
	const byRule =
		said === 'refused' ||
		(said === null && statuses.includes(statusCode)) ||
		(await isExpired(response));
	if (byRule) return mayMeanDenied(response) ? 'denied' : 'refused';
	if (said !== null) return said === 'outdated' ? 'outdated' : null;
	if (tokenUse !== 'reuse') return null;
	if (statusCode === 403) return 'outdated';
	return statusCode === 404 || leadsToLogin(response) ? 'unknown' : null;
}

/** By these a service says as well that an account may not do something, or that something is not there. */
function mayMeanDenied(response: Response): boolean {
	return response.statusCode === 403 || response.statusCode === 404 || isRedirect(response);
}

/** These statuses say that something was done; 200 alone may hold an error as well. */
function isCarriedOut({ statusCode }: Response): boolean {
	return statusCode > 200 && statusCode < 300;
}

function isRedirect({ statusCode }: Response): boolean {
	return statusCode >= 300 && statusCode < 400;
}

/** As web applications end a session. */
function leadsToLogin(response: Response): boolean {
	const { headers, statusCode, url } = response;
	const target = redirectTarget(statusCode, headers, url);
	return target !== null && LOGIN_PAGE.test(target.pathname);
}

/** A response as the vendor reads it; without a body where that is a file, or longer than a refusal. */
async function readForVendor(call: CallContext, response: Response): Promise<BusinessResponse> {
	const mayRead = call.provider.readCallResponse !== undefined && call.mayHoldText(response);
	const bytes = mayRead ? await readSmall(response) : null;
	return await textOf(call, response, bytes ?? Buffer.alloc(0));
}

/** The whole body; `null` when it is longer than a refusal can be, or when a refusal by status breaks off. */
async function readSmall({ body, statusCode }: Response): Promise<Buffer | null> {
	return await body.ifSmall(LONGEST_REFUSAL).catch((error: unknown) => {
		if (error instanceof NetworkError && error.isTransient && statusCode >= 400) return null;
		throw error;
	});
}

async function textOf(
	{ helpers }: CallContext,
	response: Response,
	bytes: Buffer,
): Promise<BusinessResponse> {
	const { url, statusCode, headers } = response;
	const body = bytes.length === 0 ? '' : await decodeText(helpers, bytes, contentTypeOf(response));
	return { url, status: statusCode, headers, body };
}
