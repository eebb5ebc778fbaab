import { NetworkError, type VendorError } from '../../../providers';
import { decodeText } from './decodeText';
import { kindOf } from './contentKind';
import { contentTypeOf } from './takeIn';
import type { StreamedResponse } from '../request/exchange';
import type { RequestContext } from '../request/sendAuthorized';

/** Bytes. No refusal is longer. */
const LONGEST_REFUSAL = 1024 * 1024;

const JSON_TYPE = /[/+]json/i;

/**
 * `response` with what the vendor's own code says about the call, where that says no. The body is read for
 * it as far as a refusal can reach.
 */
export async function withRefusal(
	request: RequestContext,
	response: StreamedResponse,
): Promise<StreamedResponse> {
	if (!isLookedAt(request, response)) return response;
	const bytes = await readSmall(response);
	if (bytes === null) return response;
	const refusal = await readRefusal(request, response, bytes);
	return refusal === null ? response : { ...response, refusal };
}

function isLookedAt(
	{ provider, options }: RequestContext,
	{ statusCode, headers }: StreamedResponse,
): boolean {
	if (provider.readBusinessResponse === undefined) return false;
	const contentType = contentTypeOf({ headers });
	const { responseFormat } = options;
	const isFile =
		(responseFormat === 'autodetect' ? kindOf(contentType) : responseFormat) === 'file';
	if (isFile && !JSON_TYPE.test(contentType)) return false;
	return statusCode >= 400 || (statusCode < 300 && options.failOnVendorErrorCode);
}

/** The whole body; `null` when it is longer than a refusal can be, or when a refusal by status breaks off. */
async function readSmall({ body, statusCode }: StreamedResponse): Promise<Buffer | null> {
	return await body.ifSmall(LONGEST_REFUSAL).catch((error: unknown) => {
		if (error instanceof NetworkError && error.isTransient && statusCode >= 400) return null;
		throw error;
	});
}

async function readRefusal(
	{ context, provider, credentials, engine }: RequestContext,
	{ url, statusCode, headers }: StreamedResponse,
	bytes: Buffer,
): Promise<VendorError | null> {
	const body = await decodeText(context, bytes, String(headers['content-type'] ?? ''));
	const response = { url, status: statusCode, headers, body };
	return provider.readBusinessResponse?.(credentials, response, engine.runtime) ?? null;
}
