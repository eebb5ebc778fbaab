import { FormFields, type RequestSpec } from '../http/requestSpec';
import { isJsonObject, isWebPage, parsedJson, scalarText } from '../kit/json';
import type { CallContext } from './callContext';

/** Shorter ones stand in many a text by chance. */
const SHORTEST_SECRET = 6;

/** What stands in the name of a field that holds a password, in one word. */
const PASSWORD = /passw(?:or)?d|passphrase|passcode|pwd\d*$|密码/;

/** What such a name ends with where it is several words. */
const LAST_WORD = /(?:^|_)(?:pass|pin|t?otp|secret)\d*$/;

const JSON_START = /^\s*[{[]/;

/** An element of XML that has a text. */
const ELEMENT = /<([\w.:-]+)(?: [^<>]*)?>[^<>]/g;

/** Whether a call of the user's own carries a secret of an account: a wrong one may be counted each time. */
export function callCarriesSecret(
	{ provider, credentials }: Pick<CallContext, 'provider' | 'credentials'>,
	{ uri, qs, headers, form, formData, body, text, raw }: RequestSpec,
): boolean {
	const parts = [new URL(uri).search.slice(1), qs, headers, form, formData, body, text, raw];
	return carriesSecret(parts, provider.secretsOf({ credentials }));
}

/**
 * Whether one of these parts of a call has a field that is named like a password, or holds one of the secrets.
 * @param parts texts (also of JSON, forms and XML), bytes, and objects of fields
 */
export function carriesSecret(parts: unknown[], secrets: string[]): boolean {
	const known = secrets.filter(({ length }) => length >= SHORTEST_SECRET);
	// A list and not a recursion: what is sent may be nested as deep as one likes.
	const left = [...parts];
	while (left.length > 0) {
		const part = left.pop();
		if (typeof part === 'string' && known.some((secret) => part.includes(secret))) return true;
		for (const [name, value] of fieldsOf(part)) {
			if (isNamedSecret(name) && holdsSomething(value)) return true;
			// A text in a form may look like a form again, and that for as long as it is.
			if (typeof value !== 'string' || name === '' || JSON_START.test(value)) left.push(value);
			else if (known.some((secret) => value.includes(secret))) return true;
		}
	}
	return false;
}

function fieldsOf(part: unknown): Array<[name: string, value: unknown]> {
	if (typeof part === 'string') return fieldsInText(part);
	if (part instanceof FormFields) return FormFields.entriesOf(part);
	if (part instanceof Uint8Array) return [['', new TextDecoder().decode(part)]];
	if (Array.isArray(part)) return part.map((item) => ['', item]);
	return isJsonObject(part) ? Object.entries(part) : [];
}

function fieldsInText(text: string): Array<[name: string, value: unknown]> {
	if (JSON_START.test(text)) {
		const json = parsedJson(text);
		return typeof json === 'object' ? [['', json]] : [];
	}
	if (isWebPage(text)) return [...text.matchAll(ELEMENT)].map(([, name = '']) => [name, '?']);
	return /^[^\s=]+=/.test(text) ? [...new URLSearchParams(text)] : [];
}

function isNamedSecret(name: string): boolean {
	const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[^\p{L}\d]+/gu, '_');
	return (
		PASSWORD.test(words.replaceAll('_', '').toLowerCase()) ||
		LAST_WORD.test(words.replace(/_$/, '').toLowerCase())
	);
}

/** A switch says something about a password, and is none. */
function holdsSomething(value: unknown): boolean {
	return !['', 'true', 'false'].includes(scalarText(value));
}
