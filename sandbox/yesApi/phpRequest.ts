import { hasMediaType, parseJson } from '../body';
import { readMultipart, type UploadedFile } from '../multipart';
import type { Exchange } from '../types';

export interface PhpRequest {
	/** Of several with one name the last counts, and one in the body hides one in the URL. */
	parameters: Map<string, string>;
	files: UploadedFile[];
}

/**
 * Reads a request as a service written in PHP with the vendor's framework does: the query, the form of a
 * `POST` (under another method no form is read), and a body that is a JSON object or array, whatever its
 * type is called.
 */
export function readPhpRequest(exchange: Exchange): PhpRequest {
	const { headers, content, query, record } = exchange;
	const parameters = new Map(query);
	const files: UploadedFile[] = [];
	const add = (pairs: Iterable<[string, string]>) => {
		for (const [name, value] of pairs) parameters.set(name, value);
	};
	const form = readMultipart(headers, content);
	if (form) {
		if (record.method === 'POST') {
			add(form.fields);
			files.push(...form.files);
		}
	} else {
		const isForm = hasMediaType(headers, 'application/x-www-form-urlencoded');
		if (isForm && record.method === 'POST') add(new URLSearchParams(content.toString('utf8')));
		const json = parseJson(content);
		if (typeof json === 'object' && json !== null) {
			add(Object.entries(json).map(([name, value]) => [name, phpText(value)]));
		}
	}
	return { parameters, files };
}

/** A value as PHP writes it where it needs a text. */
function phpText(value: unknown): string {
	if (value === null || value === false) return '';
	if (value === true) return '1';
	return typeof value === 'object' ? 'Array' : String(value);
}
