import type { IncomingHttpHeaders } from 'node:http';

export interface UploadedFile {
	name: string;
	fileName: string;
	contentType: string;
	content: Buffer;
}

export interface MultipartForm {
	fields: Array<[name: string, value: string]>;
	files: UploadedFile[];
}

/** Reads a `multipart/form-data` body; `null` if it is none, or is not whole. */
export function readMultipart(headers: IncomingHttpHeaders, content: Buffer): MultipartForm | null {
	const boundary = boundaryOf(headers['content-type'] ?? '');
	if (!boundary) return null;
	const form: MultipartForm = { fields: [], files: [] };
	// With a line break before it, the first delimiter is like all others.
	const body = Buffer.concat([Buffer.from('\r\n'), content]);
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	let at = body.indexOf(delimiter);
	while (at >= 0) {
		const begin = at + delimiter.length;
		if (body.subarray(begin, begin + 2).toString() === '--') return form;
		const end = body.indexOf(delimiter, begin);
		if (end < 0) return null;
		addPart(form, body.subarray(begin, end));
		at = end;
	}
	return null;
}

function boundaryOf(contentType: string): string | undefined {
	const match = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
	return match?.[1] ?? match?.[2];
}

function addPart(form: MultipartForm, part: Buffer): void {
	const headEnd = part.indexOf('\r\n\r\n');
	if (headEnd < 0) return;
	const head = part.subarray(0, headEnd).toString('utf8');
	const content = part.subarray(headEnd + 4);
	const disposition = /^content-disposition:\s*form-data(;.*)$/im.exec(head)?.[1] ?? '';
	const name = parameterOf(disposition, 'name');
	if (name === undefined) return;
	const fileName = parameterOf(disposition, 'filename');
	if (fileName === undefined) {
		form.fields.push([name, content.toString('utf8')]);
		return;
	}
	const contentType = /^content-type:\s*(.*)$/im.exec(head)?.[1]?.trim() ?? '';
	form.files.push({ name, fileName, contentType, content });
}

function parameterOf(disposition: string, name: string): string | undefined {
	const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(
		disposition,
	);
	return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
}
