import { NetworkError, type BusinessResponse } from '../../../providers';
import { decodeText } from './decodeText';
import { contentKind } from './contentKind';
import { detailsOf, readRefusedResponse } from './refusedResponse';
import { contentTypeOf } from './takeIn';
import type { StreamedResponse } from './streamedResponse';
import type { RequestContext } from '../request/requestContext';

/** Bytes. No refusal is longer. */
const LONGEST_REFUSAL = 1024 * 1024;

const JSON_TYPE = /[/+]json/i;

/**
 * `response` with what the vendor's own code says about the call, where that says no. The body is read for
 * it as far as a refusal can reach.
 * @throws {VendorError} when the response had to prove where it came from, and does not
 */
export async function withRefusal(
	request: RequestContext,
	response: StreamedResponse,
): Promise<StreamedResponse> {
	const { provider, credentials, engine } = request;
	const mustProve = provider.verifyBusinessResponse !== undefined && isUsed(request, response);
	const mayRefuse =
		provider.readBusinessResponse !== undefined && mayHoldRefusal(request, response);
	const bytes = mustProve
		? await response.body.all()
		: mayRefuse
			? await readSmall(response)
			: null;
	if (bytes === null) return response;

	const read = await asText(request, response, bytes);
	const refusal = mayRefuse
		? provider.readBusinessResponse?.(credentials, read, engine.runtime)
		: null;
	if (refusal) {
		refusal.details = detailsOf(readRefusedResponse(response, read.body, [...request.secrets]));
		return { ...response, refusal };
	}
	if (mustProve) provider.verifyBusinessResponse?.(credentials, read, engine.runtime);
	return response;
}

/** Whether the response becomes the output, and not only a message. */
function isUsed({ options }: RequestContext, { statusCode }: StreamedResponse): boolean {
	return options.neverError || (statusCode >= 200 && statusCode < 300);
}

function mayHoldRefusal({ options }: RequestContext, response: StreamedResponse): boolean {
	const { statusCode } = response;
	const { responseFormat, failOnVendorErrorCode } = options;
	const contentType = contentTypeOf(response);
	const isFile =
		(responseFormat === 'autodetect' ? contentKind(contentType) : responseFormat) === 'file';
	if (isFile && !JSON_TYPE.test(contentType)) return false;
	return statusCode >= 400 || (statusCode < 300 && failOnVendorErrorCode);
}

/** The whole body; `null` when it is longer than a refusal can be, or when a refusal by status breaks off. */
async function readSmall({ body, statusCode }: StreamedResponse): Promise<Buffer | null> {
	return await body.ifSmall(LONGEST_REFUSAL).catch((error: unknown) => {
		if (error instanceof NetworkError && error.isTransient && statusCode >= 400) return null;
		throw error;
	});
}

async function asText(
	{ context }: RequestContext,
	response: StreamedResponse,
	bytes: Buffer,
): Promise<BusinessResponse> {
	const { url, statusCode, headers } = response;
	const body = await decodeText(context, bytes, contentTypeOf(response));
	return { url, status: statusCode, headers, body };
}
