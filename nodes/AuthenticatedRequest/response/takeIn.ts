import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { lastSegment, readFileName } from './contentDisposition';
import { contentKind, looksLikeText } from './contentKind';
import type { RequestOptions } from '../parameters/readOptions';
import type { StreamedResponse, Taken } from './streamedResponse';

/** Milliseconds that a file may take, unless the user sets "Timeout". */
const FILE_TIMEOUT_MS = 3_600_000;

/** Bytes that are looked at to tell text from a file. */
const SAMPLE = 4096;

/** Bytes up to which a file can still be looked at after it has been saved. */
export const SMALL_FILE = 1024 * 1024;

/** Takes in the whole body, as the user wants it, or as its type or its first bytes say. */
export async function takeIn(
	context: IExecuteFunctions,
	response: StreamedResponse,
	options: RequestOptions,
): Promise<Taken> {
	response.taken ??= await take(context, response, options);
	return response.taken;
}

async function take(
	context: IExecuteFunctions,
	response: StreamedResponse,
	options: RequestOptions,
): Promise<Taken> {
	const contentType = contentTypeOf(response);
	const kind =
		options.responseFormat === 'autodetect' ? contentKind(contentType) : options.responseFormat;
	const format = kind === 'unknown' ? await sniff(response, contentType) : kind;
	return format === 'file'
		? { format, file: await saveFile(context, response, options) }
		: { format, bytes: await response.body.all() };
}

async function sniff({ body }: StreamedResponse, contentType: string): Promise<'file' | 'text'> {
	const start = await body.start(SAMPLE);
	return looksLikeText(start.subarray(0, SAMPLE), contentType) ? 'text' : 'file';
}

async function saveFile(
	{ helpers }: IExecuteFunctions,
	{ body, headers, url }: StreamedResponse,
	{ timeout }: RequestOptions,
): Promise<IBinaryData> {
	if (timeout === undefined) body.allow(FILE_TIMEOUT_MS);
	await body.ifSmall(SMALL_FILE);
	const fileName = readFileName(headers['content-disposition']) ?? lastSegment(url);
	const mimeType = contentTypeOf({ headers }).split(';')[0]?.trim() || undefined;
	const saved = await body.pass(
		async (content) => await helpers.prepareBinaryData(content, fileName, mimeType),
	);
	if (!saved.fileName && saved.fileExtension) saved.fileName = `data.${saved.fileExtension}`;
	return saved;
}

/** The content type of a response; empty when it names none. */
export function contentTypeOf({ headers }: Pick<StreamedResponse, 'headers'>): string {
	return String(headers['content-type'] ?? '');
}
