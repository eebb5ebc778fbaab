import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	contentTypeOf,
	decodeText,
	parseJson,
	VendorError,
	type Response,
} from '../../../providers';
import { contentKind } from './contentKind';
import { maskItems, maskValue } from './maskForModel';
import { takeIn } from './takeIn';
import type { RequestOptions } from '../read/readOptions';

type Trim = (body: unknown) => unknown;

/** Turns the response to one call, or to one page, into items, as the HTTP Request node does. */
export async function readResponse(
	context: IExecuteFunctions,
	itemIndex: number,
	response: Response,
	options: RequestOptions,
	trim: Trim,
	secrets: ReadonlySet<string>,
): Promise<INodeExecutionData[]> {
	const read = async (mask: Trim) =>
		await readItems({ context, itemIndex, response, options, trim, mask });
	if (options.forModel !== true) return await read((body) => body);
	// Before it is trimmed, as that may leave half of a token, and after: markup may hide a whole one.
	return maskItems(await read((body) => maskValue(body, secrets)), secrets);
}

interface Reading {
	context: IExecuteFunctions;
	itemIndex: number;
	response: Response;
	options: RequestOptions;
	trim: Trim;
	/** What is taken out of a body, before it is trimmed. */
	mask: Trim;
}

async function readItems({
	context,
	itemIndex,
	response,
	options,
	trim,
	mask,
}: Reading): Promise<INodeExecutionData[]> {
	const taken = await takeIn(context, response, options);
	const meta = {
		headers: response.headers as IDataObject,
		statusCode: response.statusCode,
		statusMessage: response.statusMessage,
	};

	if (taken.format === 'file') {
		if (options.forModel === true) {
			const { fileName = null, mimeType } = taken.file;
			const json = { fileName, mimeType, bytes: taken.bytes };
			return [{ json: options.fullResponse ? { ...json, ...meta } : json }];
		}
		const input = context.getInputData()[itemIndex];
		return [
			{
				json: options.fullResponse ? meta : (input?.json ?? {}),
				binary: { ...input?.binary, [options.outputPropertyName]: taken.file },
			},
		];
	}

	const text = await decodeText(context.helpers, taken.bytes, contentTypeOf(response));
	if (taken.format === 'text') {
		const body = trim(mask(text));
		const shown = typeof body === 'object' && body !== null ? JSON.stringify(body) : body;
		const isEmpty = shown === '' && options.responseFormat === 'autodetect';
		const json = { [options.outputPropertyName]: (isEmpty ? undefined : shown) as string };
		return [{ json: options.fullResponse ? { ...json, ...meta } : json }];
	}

	const whole = mask(readJson(text, options));
	const body = trim(whole);
	if (options.fullResponse) return [{ json: { body: body as IDataObject, ...meta } }];
	if (body === null) return [{ json: {} }];
	// A model would be told as many objects with one field each.
	const isPlainList =
		body === whole && Array.isArray(body) && !(body.length > 0 && body.every(isRecord));
	if (options.forModel === true && isPlainList) {
		return [{ json: { [options.outputPropertyName]: body as IDataObject[] } }];
	}
	return [body].flat().map((value) => ({ json: recordOf(value, options.outputPropertyName) }));
}

/** The JSON of an item has to be an object: a plain value, or a list in a list, becomes a field of one. */
function recordOf(value: unknown, name: string): IDataObject {
	return isRecord(value) ? (value as IDataObject) : { [name]: value as IDataObject[string] };
}

const isRecord = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an expression sees of a page as `$response.body`: JSON parsed, text, nothing of a file. */
export async function viewOfResponse(
	context: IExecuteFunctions,
	response: Response,
	options: RequestOptions,
): Promise<unknown> {
	const taken = await takeIn(context, response, options);
	if (taken.format === 'file') return {};
	const text = await decodeText(context.helpers, taken.bytes, contentTypeOf(response));
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
