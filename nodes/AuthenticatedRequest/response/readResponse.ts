import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { VendorError } from '../../../providers';
import { lastSegment, readFileName } from './contentDisposition';
import { decodeText } from './decodeText';
import type { StreamedResponse } from '../request/exchange';
import type { Page } from '../request/pagination';
import type { RequestOptions } from '../parameters/readOptions';
import type { Readable } from '../request/requestSpec';

/** Content types that are saved as a file when the response format is detected. */
const FILE_TYPES =
	/^(image|audio|video)\/|^application\/(octet-stream|gzip|zip|pdf|epub\+zip|msword|vnd\.rar|vnd\.visio|vnd\.ms-(excel|fontobject)|vnd\.amazon\.ebook|vnd\.oasis\.opendocument\.\w+|vnd\.openxmlformats-officedocument\.[\w.]+|x-(7z-compressed|bzip2?|cdf|tar))/i;

type Trim = (body: unknown) => unknown;

/** Turns the answer to one call, or to one page, into items, as the HTTP Request node does. */
export async function readResponse(
	context: IExecuteFunctions,
	itemIndex: number,
	response: Page | StreamedResponse,
	options: RequestOptions,
	trim: Trim,
): Promise<INodeExecutionData[]> {
	const contentType = String(response.headers['content-type'] ?? '');
	const format = resolveFormat(options.responseFormat, contentType);
	const meta = {
		headers: response.headers as IDataObject,
		statusCode: response.statusCode,
		statusMessage: response.statusMessage,
	};

	if (format === 'file') {
		const input = context.getInputData()[itemIndex];
		return [
			{
				json: options.fullResponse ? meta : (input?.json ?? {}),
				binary: {
					...input?.binary,
					[options.outputPropertyName]: await saveFile(context, response, contentType),
				},
			},
		];
	}

	const text = await readText(context, response.body, contentType);
	if (format === 'text') {
		const body = trim(text);
		const shown = typeof body === 'object' && body !== null ? JSON.stringify(body) : body;
		const isEmpty = shown === '' && options.responseFormat === 'autodetect';
		const json = { [options.outputPropertyName]: (isEmpty ? undefined : shown) as string };
		return [{ json: options.fullResponse ? { ...json, ...meta } : json }];
	}

	const body = trim(parseJson(text, options));
	if (options.fullResponse) return [{ json: { body: body as IDataObject, ...meta } }];
	return [body].flat().map((json) => ({ json: (json ?? {}) as IDataObject }));
}

/** As what an answer of that type is read. */
export function resolveFormat(
	wanted: RequestOptions['responseFormat'],
	contentType: string,
): 'file' | 'json' | 'text' {
	if (wanted !== 'autodetect') return wanted;
	if (/application\/json/i.test(contentType)) return 'json';
	return FILE_TYPES.test(contentType) ? 'file' : 'text';
}

/** A body that pagination has already read is text, or JSON already parsed. */
async function readText(
	context: IExecuteFunctions,
	body: unknown,
	contentType: string,
): Promise<unknown> {
	if (!isStream(body) && !Buffer.isBuffer(body)) return body;
	return await decodeText(context, await context.helpers.binaryToBuffer(body), contentType);
}

function isStream(body: unknown): body is Readable {
	return typeof body === 'object' && body !== null && 'pipe' in body;
}

function parseJson(body: unknown, options: RequestOptions): unknown {
	if (typeof body !== 'string') return body ?? {};
	if (body.trim() === '') return {};
	try {
		return JSON.parse(body);
	} catch {
		if (options.neverError && options.responseFormat === 'autodetect') return {};
	}
	throw new VendorError('Response body is not valid JSON', {
		description: 'Change "Response Format" to "Text" to see what the service sent.',
	});
}

async function saveFile(
	{ helpers }: IExecuteFunctions,
	response: Page | StreamedResponse,
	contentType: string,
) {
	const body = response.body as Buffer | Readable;
	const fileName =
		readFileName(response.headers['content-disposition']) ?? lastSegment(response.url);
	const mimeType = contentType.split(';')[0]?.trim() || undefined;
	const saved = await helpers.prepareBinaryData(body, fileName, mimeType);
	if (!saved.fileName && saved.fileExtension) saved.fileName = `data.${saved.fileExtension}`;
	return saved;
}
