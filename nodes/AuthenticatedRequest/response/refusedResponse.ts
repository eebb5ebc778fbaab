import { cutTo, parsedJson, scrubber } from '../../../providers';
import { bounded } from './bounded';
import { visibleText } from './html';
import { contentTypeOf } from './takeIn';
import type { StreamedResponse } from './streamedResponse';

/** How much of a response goes into a message. */
const MAX_QUOTE = 500;

const MAX_CODE = 100;

/** What a response that is no success says, by the names that most services use. Nothing of it is secret. */
export interface RefusedResponse {
	code: string | null;
	/** In words; `null` when there are none. */
	message: string | null;
	/** By which whoever runs the service finds the call. */
	requestId: string | null;
	/** The response itself, bounded, where it is JSON. */
	response?: unknown;
}

type Clean = (text: string) => string;

const CODES = ['errorCode', 'error_code', 'errcode', 'errCode', 'code', 'ret'];

const MESSAGES = [
	'errorMessage',
	'error_message',
	'error_description',
	'message',
	'errMsg',
	'errmsg',
	'msg',
	'detail',
	'title',
	'reason',
	'description',
	'faultstring',
];

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
	{ headers }: Pick<StreamedResponse, 'headers'>,
	text: string,
	secrets: string[],
): RefusedResponse {
	const clean = scrubber(secrets);
	const json = parsedJson(text);
	const places = placesIn(json);
	const words =
		json === undefined ? plainText(text, contentTypeOf({ headers })) : wordsIn(json, places, clean);
	const short = (value: string | null) => value && cutTo(clean(value), MAX_CODE);
	return {
		code: short(firstOf(places, CODES) ?? errorName(places)),
		message: cutTo(clean(words), MAX_QUOTE) || null,
		requestId: short(firstOf(places, REQUEST_IDS) ?? firstOf([headers], REQUEST_ID_HEADERS)),
		...(isObject(json) && { response: bounded(json, clean) }),
	};
}

/** What of it goes into the details of an item that did not succeed. */
export function detailsOf({ message, requestId, response }: RefusedResponse) {
	return {
		...(message !== null && { message }),
		...(requestId !== null && { requestId }),
		...(response !== undefined && { response }),
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** The objects in which services say what is wrong: the response, and what it calls an error. */
function placesIn(json: unknown): Array<Record<string, unknown>> {
	const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
	const root = first(json);
	if (!isObject(root)) return [];
	const { error, errors, fault, Error: capital } = root;
	return [root, ...[error, errors, fault, capital].map(first)].filter(isObject);
}

/** The first text or number by one of these names. */
function firstOf(places: Array<Record<string, unknown>>, names: string[]): string | null {
	for (const place of places) {
		for (const name of names) {
			const value = Object.hasOwn(place, name) ? place[name] : undefined;
			if (typeof value === 'string' && value.trim() !== '') return value.trim();
			if (typeof value === 'number') return String(value);
		}
	}
	return null;
}

/** OAuth has its code in `error`; others have a sentence there. */
function errorName([root]: Array<Record<string, unknown>>): string | null {
	const error = root?.error;
	return typeof error === 'string' && /^[\w.-]+$/.test(error) ? error : null;
}

/** The message of a response, and after it which fields are wrong, and why. */
function wordsIn(json: unknown, places: Array<Record<string, unknown>>, clean: Clean): string {
	const message = firstOf(places, MESSAGES) ?? firstOf(places, ['error']);
	if (message === null) return typeof json === 'string' ? json : inShort(json, clean);
	const lists = Object.entries(places[0] ?? {}).filter(
		([, value]) => isObject(value) && Object.keys(value).length > 0,
	);
	return lists.length === 0 ? message : `${message} ${inShort(Object.fromEntries(lists), clean)}`;
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
	const [, title = ''] = /<title\b[^>]*>([^<]*)/i.exec(page) ?? [];
	const heading = visibleText(title);
	const text = visibleText(page);
	return text.startsWith(heading) ? text : `${heading}: ${text}`.replace(/: $/, '');
}
