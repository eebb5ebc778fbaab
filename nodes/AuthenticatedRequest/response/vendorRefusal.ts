import type { VendorError } from '../../../providers';
import { decodeText } from './decodeText';
import { resolveFormat } from './readResponse';
import type { StreamedResponse } from '../request/exchange';
import type { Readable } from '../request/requestSpec';
import type { RequestContext } from '../request/sendAuthorized';

/** Bytes. No refusal is longer. */
const LONGEST_REFUSAL = 1024 * 1024;

const JSON_TYPE = /[/+]json/i;

/**
 * `response` with what the vendor's own code says about the call, where that says no. The body is read for
 * it as far as a refusal can reach, and put back for whoever reads it next.
 */
export async function withRefusal(
	request: RequestContext,
	response: StreamedResponse,
): Promise<StreamedResponse> {
	if (!isLookedAt(request, response)) return response;
	const bytes = await readSmall(response.body);
	if (bytes === null) return response;
	const refusal = await readRefusal(request, response, bytes);
	return { ...response, body: bytes, ...(refusal !== null && { refusal }) };
}

function isLookedAt(
	{ provider, options }: RequestContext,
	{ statusCode, headers }: StreamedResponse,
): boolean {
	if (provider.readBusinessResponse === undefined) return false;
	const contentType = String(headers['content-type'] ?? '');
	const isFile = resolveFormat(options.responseFormat, contentType) === 'file';
	if (isFile && !JSON_TYPE.test(contentType)) return false;
	return statusCode >= 400 || (statusCode < 300 && options.failOnVendorErrorCode);
}

/** The whole body; `null`, and the body as it was, when it is longer than a refusal can be. */
async function readSmall(body: Buffer | Readable): Promise<Buffer | null> {
	if (Buffer.isBuffer(body)) return body.length > LONGEST_REFUSAL ? null : body;
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body.iterator({ destroyOnReturn: false })) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length > LONGEST_REFUSAL) {
			body.unshift(Buffer.concat(chunks));
			return null;
		}
	}
	return Buffer.concat(chunks);
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
