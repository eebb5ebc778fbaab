import type { IDataObject } from 'n8n-workflow';

import { MultipartBody } from './multipartBody';
import type { Readable, RequestSpec } from './requestSpec';

/** The type under which n8n's helpers take text for a form and nothing else. */
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** What goes out as the body of a call, opened anew for each attempt. */
export async function openBody({
	text,
	formData,
	raw,
	headers,
}: RequestSpec): Promise<Uint8Array | string | MultipartBody | Readable | undefined> {
	if (formData !== undefined) return new MultipartBody(formData);
	const body = text ?? raw;
	if (typeof body === 'string') return asItIs(body, headers);
	return body === undefined || body instanceof Uint8Array ? body : await body.open();
}

/** The axios inside n8n puts text under a JSON type into quotes, or trims it, unless it comes as bytes. */
function asItIs(text: string, headers: IDataObject): string | Uint8Array {
	const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
	return type?.[1] === FORM_TYPE ? text : Buffer.from(text);
}
