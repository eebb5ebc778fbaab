import { isJsonObject } from './json';

type JsonObject = Record<string, unknown>;

/** Where services write why they refuse, the most telling first. */
const MESSAGES = [
	'error_description',
	'errorMessage',
	'error_message',
	'errorSummary',
	'message',
	'Message',
	'errMsg',
	'errmsg',
	'msg',
	'detail',
	'title',
	'reason',
	'description',
	'faultstring',
	'text',
	'default_message',
];

const CODES = ['errorCode', 'error_code', 'errcode', 'errCode', 'code', 'Code', 'ret'];

/** Members whose first text is the reason where no member of {@link MESSAGES} is. */
const LISTS = ['error', 'errors', 'errorMessages', 'non_field_errors', 'fault'];

/** What a refusal says, by the names that most services use; `null`: it says nothing that is known. */
export interface Reason {
	message: string | null;
	code: string | null;
}

/** Why a service refused, out of its JSON. */
export function reasonIn(json: unknown): Reason {
	const places = placesIn(json);
	return {
		message: messageIn(places),
		code: firstScalar(places, CODES) ?? nameOfError(places),
	};
}

/** The first text or number that stands in one of these places under one of these names. */
export function firstScalar(places: JsonObject[], names: string[]): string | null {
	return firstOf(places, names, scalarOf);
}

/** The objects in which services say what is wrong, the innermost first: it says the most. */
export function placesIn(json: unknown): JsonObject[] {
	const root = firstItem(json);
	if (!isJsonObject(root)) return [];
	const { error, errors, fault, messages, Error: capital } = root;
	const inner = [error, errors, fault, messages, capital].map(firstItem).filter(isJsonObject);
	const deeper = inner.flatMap(({ data, extensions }) => [data, extensions]).filter(isJsonObject);
	return [root, ...deeper, ...inner];
}

function messageIn(places: JsonObject[]): string | null {
	// JSON-RPC has a general `message`, and the reason in `data`.
	const ofRpc = firstOf(places.slice(1), ['data'], scalarOf);
	const [root, ...others] = places;
	return (
		(root && firstOf([root], MESSAGES, textOf)) ??
		ofRpc ??
		firstOf(others, MESSAGES, textOf) ??
		(root && firstOf([root], LISTS, textOf)) ??
		null
	);
}

/** OAuth has its code in `error`; others have a sentence there. */
function nameOfError([root]: JsonObject[]): string | null {
	const error = root?.error;
	return typeof error === 'string' && /^[\w.-]+$/.test(error) ? error : null;
}

function firstOf(
	places: JsonObject[],
	names: string[],
	read: (value: unknown) => string | null,
): string | null {
	for (const place of places) {
		for (const name of names) {
			const text = Object.hasOwn(place, name) ? read(place[name]) : null;
			if (text !== null) return text;
		}
	}
	return null;
}

/** A text or a number, also as the first of a list, or as what an object says: `{"lang":"en","value":"…"}`. */
function textOf(value: unknown): string | null {
	const first = firstItem(value);
	if (!isJsonObject(first)) return scalarOf(first);
	return firstOf([first], ['value', 'message', 'msg'], scalarOf);
}

function scalarOf(value: unknown): string | null {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	return text === '' ? null : text;
}

const firstItem = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
