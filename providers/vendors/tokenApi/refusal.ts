import type { HttpResponse } from '../../kit/provider';
import { reasonIn } from '../../kit/refusalText';
import { textOf } from './places';
import { responseJson } from './responseJson';
import { elementIn } from './xml';

/** A longer text is no sentence. */
const MAX_SENTENCE = 200;

/** The words of a refusal that are its whole body: plain text, or a JSON string; `null`: they are not. */
export function refusalSentence({ status, body }: HttpResponse): string | null {
	const json = responseJson(body);
	const text = typeof json === 'string' ? json : json === undefined ? body.trim() : '';
	// In another answer that could be the token.
	const isSentence = status >= 400 && text.length <= MAX_SENTENCE && !/^[<{[]/.test(text);
	return isSentence ? textOf(text) : null;
}

/** Elements of a SOAP fault, of version 1.1 and 1.2. */
const FAULT_TEXTS = ['faultstring', 'Text', 'Reason'];
const FAULT_CODES = ['faultcode', 'Value', 'Code'];

/** Whether a body is a SOAP fault: these come under 500, whatever was wrong. */
export const isSoapFault = (body: string) => /<(?:[\w.-]+:)?Fault[\s>]/.test(body);

/** What a service says in the body of a refusal; `null`: it says nothing we know. */
export function refusalText(body: string): { text: string | null; code: string | null } {
	if (isSoapFault(body)) {
		const first = (names: string[]) =>
			names.map((name) => textOf(elementIn(body, name))).find((text) => text !== null) ?? null;
		return { text: first(FAULT_TEXTS), code: first(FAULT_CODES) };
	}
	const { message, code } = reasonIn(responseJson(body));
	// WordPress writes its sentences in HTML.
	return { text: message?.replace(/<[^<>]*>/g, '') ?? null, code };
}
