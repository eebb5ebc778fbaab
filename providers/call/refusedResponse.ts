import { bounded } from '../kit/bounded';
import { cleanedTo } from '../kit/cutTo';
import { parsedJson } from '../kit/json';
import { firstScalar, placesIn, reasonIn } from '../kit/refusalText';
import { scrubber } from '../kit/scrub';
import { visibleText } from '../kit/webPage';
import { contentTypeOf, type Response } from '../http/response';

/** How much of a response goes into a message. */
const MAX_QUOTE = 500;

/** Characters of a code or an ID. */
const MAX_ID = 100;

/** What a response that is no success says, by the names that most services use. Nothing of it is secret. */
export interface RefusedResponse {
	code: string | null;
	/** In words; `null` when there are none. */
	message: string | null;
	/** An ID by which the operator of the service finds the call. */
	requestId: string | null;
	/** The response itself, bounded, where it is JSON. */
	response?: unknown;
}

type Clean = (text: string) => string;

const REQUEST_IDS = ['logUUID', 'requestId', 'request_id', 'RequestId', 'traceId', 'trace_id'];

const REQUEST_ID_HEADERS = [
	'x-request-id',
	'request-id',
	'x-correlation-id',
	'x-trace-id',
	'x-amzn-requestid',
	'x-log-id',
	'traceparent',
	'cf-ray',
];

/**
 * Reads a response that is no success. Its texts are scrubbed once JSON has no more escapes in which a token
 * could hide, and before they are cut to a length: half a token is not known as one.
 */
export function readRefusedResponse(
	{ headers }: Pick<Response, 'headers'>,
	text: string,
	secrets: string[],
): RefusedResponse {
	const clean = scrubber(secrets);
	const json = parsedJson(text);
	const { code } = reasonIn(json);
	const words =
		json === undefined ? plainText(text, contentTypeOf({ headers })) : wordsIn(json, clean);
	const short = (value: string | null) => value && cleanedTo(value, MAX_ID, clean);
	const id = firstScalar(placesIn(json), REQUEST_IDS) ?? firstScalar([headers], REQUEST_ID_HEADERS);
	return {
		code: short(code),
		message: cleanedTo(words, MAX_QUOTE, clean) || null,
		requestId: short(id),
		...(typeof json === 'object' && json !== null && { response: bounded(json, clean) }),
	};
}

/** The part of a refusal that goes into the `details` of a failed item. */
export function detailsOf({ message, requestId, response }: RefusedResponse) {
	return {
		...(message !== null && { message }),
		...(requestId !== null && { requestId }),
		...(response !== undefined && { response }),
	};
}

/** The message of a response, and after it which fields are wrong, and why. */
function wordsIn(json: unknown, clean: Clean): string {
	const { message } = reasonIn(json);
	if (message === null) return typeof json === 'string' ? json : inShort(json, clean);
	const lists = Object.entries(placesIn(json)[0] ?? {}).filter(
		([, value]) => typeof value === 'object' && value !== null && saysMore(value, message),
	);
	return lists.length === 0 ? message : `${message} ${inShort(Object.fromEntries(lists), clean)}`;
}

/** Whether a list or an object says more than the message that was taken out of it. */
function saysMore(value: object, message: string): boolean {
	const values = Object.values(value) as unknown[];
	return values.length > 1 || (values.length === 1 && values[0] !== message);
}

function inShort(json: unknown, clean: Clean): string {
	return JSON.stringify(bounded(json, clean)) ?? '';
}

function plainText(text: string, contentType: string): string {
	const isPage =
		/html|xml/i.test(contentType) || /^\s*<(!doctype|html|head|body|\?xml)/i.test(text);
	return isPage ? textOfPage(text) : text.trim();
}

/** The title and the text of a page that came in the place of a response. */
function textOfPage(page: string): string {
	const [, title = ''] = /<title\b[^<>]*>([^<]*)/i.exec(page) ?? [];
	const heading = visibleText(title);
	const text = visibleText(page);
	return text.startsWith(heading) ? text : `${heading}: ${text}`.replace(/: $/, '');
}
