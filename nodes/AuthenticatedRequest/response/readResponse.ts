import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { parseJson, VendorError } from '../../../providers';
import { contentKind } from './contentKind';
import { decodeText } from './decodeText';
import { contentTypeOf, takeIn } from './takeIn';
import type { StreamedResponse } from './streamedResponse';
import type { RequestOptions } from '../parameters/readOptions';

type Trim = (body: unknown) => unknown;

/** Turns the response to one call, or to one page, into items, as the HTTP Request node does. */
export async function readResponse(
	context: IExecuteFunctions,
	itemIndex: number,
	response: StreamedResponse,
	options: RequestOptions,
	trim: Trim,
): Promise<INodeExecutionData[]> {
	const taken = await takeIn(context, response, options);
	const meta = {
		headers: response.headers as IDataObject,
		statusCode: response.statusCode,
		statusMessage: response.statusMessage,
	};

	if (taken.format === 'file') {
		const input = context.getInputData()[itemIndex];
		return [
			{
				json: options.fullResponse ? meta : (input?.json ?? {}),
				binary: { ...input?.binary, [options.outputPropertyName]: taken.file },
			},
		];
	}

	const text = await decodeText(context, taken.bytes, contentTypeOf(response));
	if (taken.format === 'text') {
		const body = trim(text);
		const shown = typeof body === 'object' && body !== null ? JSON.stringify(body) : body;
		const isEmpty = shown === '' && options.responseFormat === 'autodetect';
		const json = { [options.outputPropertyName]: (isEmpty ? undefined : shown) as string };
		return [{ json: options.fullResponse ? { ...json, ...meta } : json }];
	}

	const body = trim(readJson(text, options));
	if (options.fullResponse) return [{ json: { body: body as IDataObject, ...meta } }];
	if (body === null) return [{ json: {} }];
	return [body].flat().map((value) => ({ json: recordOf(value, options.outputPropertyName) }));
}

/** The JSON of an item has to be an object: a plain value, or a list in a list, becomes a field of one. */
function recordOf(value: unknown, name: string): IDataObject {
	const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isRecord ? (value as IDataObject) : { [name]: value as IDataObject[string] };
}

/** What an expression sees of a page as `$response.body`: JSON parsed, text, nothing of a file. */
export async function viewOfResponse(
	context: IExecuteFunctions,
	response: StreamedResponse,
	options: RequestOptions,
): Promise<unknown> {
	const taken = await takeIn(context, response, options);
	if (taken.format === 'file') return {};
	const text = await decodeText(context, taken.bytes, contentTypeOf(response));
	try {
		return contentKind(contentTypeOf(response)) === 'json' ? parsed(text, options) : text;
	} catch {
		return {};
	}
}

function readJson(body: string, options: RequestOptions): unknown {
	if (body.trim() === '') return {};
	try {
		return parsed(body, options);
	} catch {
		if (options.neverError && options.responseFormat === 'autodetect') return {};
	}
	throw new VendorError('Response body is not valid JSON', {
		description: 'Change "Response Format" to "Text" to see what the service sent.',
	});
}

/** @throws {SyntaxError} */
function parsed(text: string, { largeNumbersAsText }: RequestOptions): unknown {
	return largeNumbersAsText ? parseJson(text, (digits) => digits) : JSON.parse(text);
}
