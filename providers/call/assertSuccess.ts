import { decodeText } from '../http/decodeText';
import { isOfProxy, proxyWantsLogin } from '../http/proxyFault';
import { contentTypeOf, isSuccess, type Response } from '../http/response';
import { VendorError } from '../kit/errors';
import { readRetryAfter } from '../kit/retryPolicy';
import { scrubber } from '../kit/scrub';
import type { Attempt } from './attempt';
import type { CallContext, CallOptions } from './callContext';
import { callCarriesSecret } from './carriesSecret';
import { redirectHint } from './redirect';
import { detailsOf, readRefusedResponse } from './refusedResponse';
import { becomesOutput } from './verdict';

/** Bytes of a refusal that are looked at. */
const MAX_READ = 1024 * 1024;

/**
 * @throws {VendorError} when the status or the vendor's own code is no success, unless the user wants to see
 * it anyway
 */
export async function assertSuccess(
	call: CallContext,
	{ response, verdict, spec, tries }: Attempt,
): Promise<void> {
	const { helpers, provider, options, secrets } = call;
	const { statusCode, body } = response;
	const { refusal } = verdict;
	const hint =
		verdict.kind === 'renew' && callCarriesSecret(call, spec)
			? SENT_ONCE
			: hintFor(response, tries);
	if (becomesOutput(call, response, refusal)) return;
	if (isOfProxy(statusCode, response.headers)) throw proxyWantsLogin(statusCode);
	const isBusy = verdict.kind === 'busy';
	const retryAfterMs = isBusy ? readRetryAfter(response.headers, call.engine.runtime.now()) : null;
	if (refusal !== null) {
		refusal.retryAfterMs ??= retryAfterMs;
		if (hint === SENT_ONCE) refusal.description = hint;
		refusal.description ??= hint ?? undefined;
		refusal.cleanTexts(scrubber([...secrets]));
		throw refusal;
	}
	if (isSuccess(response)) return;
	const httpStatus = `HTTP ${statusCode} ${response.statusMessage ?? ''}`.trim();
	const bytes = await body.onlyStart(MAX_READ);
	const text = await decodeText(helpers, bytes, contentTypeOf(response));
	const parsed = readRefusedResponse(response, text, [...secrets]);
	throw new VendorError(`The service responded with ${httpStatus}`, {
		httpStatus: statusCode,
		vendorCode: parsed.code ?? String(statusCode),
		description: [
			provider.statusHints?.[statusCode] ?? hint,
			mayBeFromProxy(response, options) ? 'The response may be from the proxy.' : null,
			parsed.message === null ? null : `The service says: ${parsed.message}`,
		]
			.filter((part) => part !== null)
			.join(' '),
		details: detailsOf(parsed),
		said: [response.statusMessage ?? '', parsed.message ?? ''],
		isTransient: isBusy,
		retryAfterMs,
	});
}

const SENT_ONCE =
	'The call carries a password or another secret, so it was not sent again with a new token. Check that secret first, and then run it again.';

/** A proxy that opens no tunnel says so in the place of the service. */
function mayBeFromProxy({ url, statusCode }: Response, { proxy }: CallOptions): boolean {
	return (
		proxy !== undefined && url.startsWith('https:') && [403, 502, 503, 504].includes(statusCode)
	);
}

function hintFor({ statusCode, headers, url }: Response, tries: number): string | null {
	if (statusCode >= 500) {
		const often = tries > 1 ? `, ${tries} times in a row` : '';
		return `The service has a fault of its own${often}. Try again later. Calls for other items may have been carried out.`;
	}
	switch (statusCode) {
		case 401:
			return 'The token was refused, and so was a renewed one. Check the credential and what it is allowed to do.';
		case 403:
			return 'The service does not allow this call. Check what the account of the credential may do.';
		case 404:
			return 'Check the URL.';
		case 405:
			return typeof headers.allow === 'string' && headers.allow !== ''
				? `Check the method: the service offers ${headers.allow} here.`
				: 'Check the method: the service does not offer this one here.';
		case 429:
			return 'Too many requests. Set "Requests per Minute", or lower "Concurrency".';
		default:
			return redirectHint(statusCode, headers, url);
	}
}
