import { randomBytes } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import {
	FormFields,
	type MultipartFields,
	type Readable,
	type RequestSpec,
	type UploadFile,
} from './requestSpec';

const CRLF = '\r\n';

function escaped(name: string): string {
	return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/**
 * A form with files (RFC 7578) in the guise of a `Blob`, which axios reads piece by piece as it sends
 * it: no file is held in memory. A real `Blob` would hold them all, and the package that streams forms
 * may not be bundled: n8n's linter forbids the globals it uses.
 */
export class MultipartBody {
	readonly [Symbol.toStringTag] = 'Blob';

	readonly type: string;

	/** Bytes. */
	readonly size: number;

	private readonly parts: Array<{ head: Buffer; content: Buffer | UploadFile }>;

	private readonly end: Buffer;

	constructor(fields: MultipartFields) {
		const boundary = `--------------------------${randomBytes(12).toString('hex')}`;
		this.type = `multipart/form-data; boundary=${boundary}`;
		this.end = Buffer.from(`--${boundary}--${CRLF}`);
		this.parts = FormFields.entriesOf(fields).map(([name, value]) => ({
			head: Buffer.from(`--${boundary}${CRLF}${partHeaders(name, value)}${CRLF}${CRLF}`),
			content: typeof value === 'string' ? Buffer.from(value) : value,
		}));
		this.size = this.parts.reduce(
			(size, { head, content }) => size + head.length + sizeOf(content) + CRLF.length,
			this.end.length,
		);
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		for (const { head, content } of this.parts) {
			yield head;
			const opened = Buffer.isBuffer(content) ? content : await content.open();
			if (Buffer.isBuffer(opened)) yield opened;
			else yield* opened as AsyncIterable<Uint8Array>;
			yield Buffer.from(CRLF);
		}
		yield this.end;
	}
}

function partHeaders(name: string, value: string | UploadFile): string {
	const disposition = `Content-Disposition: form-data; name="${escaped(name)}"`;
	return typeof value === 'string'
		? disposition
		: `${disposition}; filename="${escaped(value.fileName)}"${CRLF}Content-Type: ${value.contentType.replace(/[\r\n]+/g, ' ')}`;
}

function sizeOf(content: Buffer | UploadFile): number {
	return Buffer.isBuffer(content) ? content.length : content.size;
}

/** The type under which n8n's helpers take text for a form and nothing else. */
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The body of a call as it is sent, opened again for each attempt. */
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
