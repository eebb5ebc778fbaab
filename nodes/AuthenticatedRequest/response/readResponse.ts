import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { VendorError } from '../../../providers';
import { kindOf } from './contentKind';
import { decodeText } from './decodeText';
import { contentTypeOf, takeIn } from './takeIn';
import type { StreamedResponse } from '../request/exchange';
import type { RequestOptions } from '../parameters/readOptions';

type Trim = (body: unknown) => unknown;

/** Turns the answer to one call, or to one page, into items, as the HTTP Request node does. */
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

	const body = trim(parseJson(text, options));
	if (options.fullResponse) return [{ json: { body: body as IDataObject, ...meta } }];
	return [body].flat().map((json) => ({ json: (json ?? {}) as IDataObject }));
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
		return kindOf(contentTypeOf(response)) === 'json' ? JSON.parse(text) : text;
	} catch {
		return {};
	}
}

function parseJson(body: string, options: RequestOptions): unknown {
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
