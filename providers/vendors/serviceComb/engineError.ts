import { isWebPage, parseObject } from '../../kit/json';
import type { HttpResponse } from '../../kit/provider';

/** What is longer is no message. */
const MAX_TEXT_LENGTH = 200;

/** What an engine says when it refuses. */
export interface EngineError {
	/** Begins with the HTTP status; `null` when the response has none, e.g. because it is plain text. */
	errorCode: string | null;
	/** The code, or the HTTP status, for a message. */
	label: string;
	/** The message and its reason, each after a colon. */
	said: string;
	/** The reason alone, which tells kinds of one code apart. */
	detail: string;
}

/** Reads a response under a status of 400 and above. */
export function readEngineError({ status, body }: HttpResponse): EngineError {
	const text = body.trim();
	const isMessage = text.length <= MAX_TEXT_LENGTH && !isWebPage(text);
	const parsed = parseObject(body) ?? (isMessage ? { errorMessage: text } : {});
	const errorCode = filled(parsed.errorCode);
	const detail = filled(parsed.detail) ?? '';
	return {
		errorCode,
		label: errorCode ?? `HTTP ${status}`,
		said: [filled(parsed.errorMessage), detail].map((part) => part && `: ${part}`).join(''),
		detail,
	};
}

function filled(value: unknown): string | null {
	return (typeof value === 'string' && value !== '') || typeof value === 'number'
		? String(value)
		: null;
}
