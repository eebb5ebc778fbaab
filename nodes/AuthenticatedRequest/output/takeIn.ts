import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { contentTypeOf, type Response, type UploadFile } from '../../../providers';
import { contentKind, looksLikeText } from './contentKind';
import type { RequestOptions } from '../read/readOptions';
import { lastSegment, readFileName } from './contentDisposition';

/** The body of a response, whole: a file in the storage of n8n, or bytes to be read as JSON or text. */
type Taken =
	| { format: 'file'; file: IBinaryData; bytes: number | null }
	| { format: 'json' | 'text'; bytes: Buffer };

/** Milliseconds that a file may take, unless the user sets "Timeout". */
const FILE_TIMEOUT_MS = 3_600_000;

/** Bytes that are looked at to tell text from a file. */
const SAMPLE = 4096;

/** Bytes up to which a file can still be looked at after it has been saved. */
export const SMALL_FILE = 1024 * 1024;

/** A body can be consumed once, and is used twice where a page is looked at first. */
const takenBefore = new WeakMap<Response['body'], Promise<Taken>>();

/** Consumes the whole body, as the user wants it, or as its type or its first bytes say. */
export async function takeIn(
	context: IExecuteFunctions,
	response: Response,
	options: RequestOptions,
): Promise<Taken> {
	const taken = takenBefore.get(response.body) ?? take(context, response, options);
	takenBefore.set(response.body, taken);
	return await taken;
}

async function take(
	context: IExecuteFunctions,
	response: Response,
	options: RequestOptions,
): Promise<Taken> {
	const contentType = contentTypeOf(response);
	const kind =
		options.responseFormat === 'autodetect' ? contentKind(contentType) : options.responseFormat;
	const format = kind === 'unknown' ? await sniff(response, contentType) : kind;
	return format === 'file'
		? { format, ...(await takeFile(context, response, options)) }
		: { format, bytes: await response.body.all() };
}

async function sniff({ body }: Response, contentType: string): Promise<'file' | 'text'> {
	const start = await body.start(SAMPLE);
	return looksLikeText(start.subarray(0, SAMPLE), contentType) ? 'text' : 'file';
}

/** The file in the storage of n8n; for a model, which can read none, only what it is. */
async function takeFile(
	{ helpers }: IExecuteFunctions,
	{ body, headers, url }: Response,
	{ timeout, forModel }: RequestOptions,
): Promise<{ file: IBinaryData; bytes: number | null }> {
	if (timeout === undefined) body.allow(FILE_TIMEOUT_MS);
	await body.ifSmall(SMALL_FILE);
	const fileName = readFileName(headers['content-disposition']) ?? lastSegment(url);
	const mimeType = contentTypeOf({ headers }).split(';')[0]?.trim() || undefined;
	if (forModel === true) {
		const bytes = await body.pass(sizeOf);
		return { file: { data: '', mimeType: mimeType ?? UNKNOWN_TYPE, fileName }, bytes };
	}
	const saved = await body.pass(
		async (content) => await helpers.prepareBinaryData(content, fileName, mimeType),
	);
	if (!saved.fileName && saved.fileExtension) saved.fileName = `data.${saved.fileExtension}`;
	return { file: saved, bytes: null };
}

/** The type of a file of unknown type (RFC 2046). */
const UNKNOWN_TYPE = 'application/octet-stream';

async function sizeOf(content: Awaited<ReturnType<UploadFile['open']>>): Promise<number> {
	if (Buffer.isBuffer(content)) return content.length;
	let size = 0;
	for await (const chunk of content) size += (chunk as Buffer).length;
	return size;
}

/** Type of JSON, also as a suffix: `application/problem+json`. */
const JSON_TYPE = /[/+]json/i;

/** Whether the body of a response may hold words, and not a file: then a refusal may stand in it. */
export function mayHoldText(response: Response, { responseFormat }: RequestOptions): boolean {
	const contentType = contentTypeOf(response);
	const kind = responseFormat === 'autodetect' ? contentKind(contentType) : responseFormat;
	return kind !== 'file' || JSON_TYPE.test(contentType);
}
