import { scrub, VendorError } from '../../../providers';
import type { RequestContext } from '../request/sendAuthorized';
import { decodeText } from './decodeText';
import { contentTypeOf } from './takeIn';
import type { StreamedResponse } from '../request/exchange';

/** Bytes of a refusal that are looked at. */
const MAX_READ = 1024 * 1024;

/** How much of an answer goes into a message. */
const MAX_QUOTE = 500;

/** How long a refusal in the vendor's own form may be, advice included. */
const MAX_REFUSAL = 1000;

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
		refusal.cleanTexts((said) => scrub(said, [...secrets]).slice(0, MAX_REFUSAL));
		throw refusal;
	}
	if (statusCode >= 200 && statusCode < 300) return;
	const httpStatus = response.statusMessage
		? `${statusCode} ${response.statusMessage}`
		: statusCode;
	const bytes = await body.onlyStart(MAX_READ);
	const text = await decodeText(context, bytes, contentTypeOf(response));
	const answer = readAnswer(text, (quote) => scrub(quote, [...secrets]));
	throw new VendorError(`The service answered HTTP ${httpStatus}`, {
		httpStatus: statusCode,
		vendorCode: answer.code ?? String(statusCode),
		description: [provider.statusHints?.[statusCode] ?? hintFor(response), answer.message]
			.filter((part) => part !== null)
			.join(' '),
	});
}

function hintFor({ statusCode, headers }: StreamedResponse): string | null {
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
			return null;
	}
}

/**
 * The code and the words in an answer, by the names the four vendors and most others use. They are passed
 * through `clean` once JSON has no more escapes in which a token could hide, and before they are cut to a
 * length: half a token is not known as one.
 */
function readAnswer(
	text: string,
	clean: (text: string) => string,
): { code: string | null; message: string | null } {
	try {
		const answer = JSON.parse(text) as Record<string, unknown>;
		const find = (names: string[]) =>
			names
				.map((name) => answer[name])
				.find((value) => ['string', 'number'].includes(typeof value));
		const code = find(['errorCode', 'code', 'ret']);
		const message = find(['errorMessage', 'message', 'errMsg', 'msg', 'detail']);
		return {
			code: code === undefined ? null : String(code),
			message: `The service says: ${clean(String(message ?? JSON.stringify(answer))).slice(0, MAX_QUOTE)}`,
		};
	} catch {
		const quote = clean(text.trim()).slice(0, MAX_QUOTE);
		return { code: null, message: quote === '' ? null : `The service says: ${quote}` };
	}
}
