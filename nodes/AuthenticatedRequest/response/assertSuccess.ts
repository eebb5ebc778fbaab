import { proxyWantsLogin, scrubber, VendorError } from '../../../providers';
import type { RequestContext } from '../request/requestContext';
import { decodeText } from './decodeText';
import { detailsOf, readRefusedResponse } from './refusedResponse';
import { contentTypeOf } from './takeIn';
import type { RequestOptions } from '../parameters/readOptions';
import type { StreamedResponse } from './streamedResponse';
import { redirectHint } from '../request/redirect';

/** Bytes of a refusal that are looked at. */
const MAX_READ = 1024 * 1024;

/**
 * @throws {VendorError} when the status or the vendor's own code is no success, unless the user wants to see
 * it anyway
 */
export async function assertSuccess(
	{ context, provider, options, secrets }: RequestContext,
	response: StreamedResponse,
): Promise<void> {
	const { statusCode, body, refusal } = response;
	if (options.neverError) return;
	if (refusal !== undefined) {
		refusal.description ??= hintFor(response) ?? undefined;
		refusal.cleanTexts(scrubber([...secrets]));
		throw refusal;
	}
	if (statusCode >= 200 && statusCode < 300) return;
	if (statusCode === 407) throw proxyWantsLogin();
	const httpStatus = `HTTP ${statusCode} ${response.statusMessage ?? ''}`.trim();
	const bytes = await body.onlyStart(MAX_READ);
	const text = await decodeText(context, bytes, contentTypeOf(response));
	const parsed = readRefusedResponse(response, text, [...secrets]);
	throw new VendorError(`The service answered ${httpStatus}`, {
		httpStatus: statusCode,
		vendorCode: parsed.code ?? String(statusCode),
		description: [
			provider.statusHints?.[statusCode] ?? hintFor(response),
			mayBeFromProxy(response, options) ? 'The answer may be that of the proxy.' : null,
			parsed.message === null ? null : `The service says: ${parsed.message}`,
		]
			.filter((part) => part !== null)
			.join(' '),
		details: detailsOf(parsed),
	});
}

/** A proxy that opens no tunnel says so in the place of the service. */
function mayBeFromProxy({ url, statusCode }: StreamedResponse, { proxy }: RequestOptions): boolean {
	return (
		proxy !== undefined && url.startsWith('https:') && [403, 502, 503, 504].includes(statusCode)
	);
}

function hintFor({ statusCode, headers, url }: StreamedResponse): string | null {
	switch (statusCode) {
		case 401:
			return 'The token was refused, a renewed one too. Check the credential and what it is allowed to do.';
		case 403:
			return 'The credential is valid, but it is not allowed to do this.';
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
