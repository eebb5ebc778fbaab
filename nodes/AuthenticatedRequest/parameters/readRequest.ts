import type { IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';

import { InputError } from '../../../providers';
import { readBody } from './readBody';
import type { RequestOptions, ResponseFormat } from './readOptions';
import { readNamedValues } from './readParameters';
import type { RequestSpec } from '../request/requestSpec';

/** What the HTTP Request node accepts, by the format the response is expected in. */
const ACCEPT: Record<ResponseFormat, string> = {
	autodetect:
		'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
	file: 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
	json: 'application/json,text/*;q=0.99',
	text: 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, */*;q=0.1',
};

/** The call that the parameters of one item describe. @throws {InputError} */
export async function readRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	baseUrl: string,
	options: RequestOptions,
): Promise<RequestSpec> {
	const method = context.getNodeParameter('method', itemIndex, 'GET') as IHttpRequestMethods;
	const uri = resolveUrl(context.getNodeParameter('url', itemIndex, ''), baseUrl);
	const { headers: bodyHeaders, ...body } = await readBody(context, itemIndex, method);
	const headers: IDataObject = {
		...(body.body !== undefined && { 'content-type': 'application/json' }),
		...(body.form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
		...(typeof body.raw !== 'string' && bodyHeaders),
		...lowercased(readNamedValues(context, itemIndex, 'Headers'), options.lowercaseHeaders),
		...(typeof body.raw === 'string' && bodyHeaders),
	};
	if (!Object.keys(headers).some((name) => name.toLowerCase() === 'accept')) {
		headers.accept = ACCEPT[options.responseFormat];
	}
	return { method, uri, qs: readNamedValues(context, itemIndex, 'Query'), headers, ...body };
}

function lowercased(headers: IDataObject, isWanted: boolean): IDataObject {
	return isWanted
		? Object.fromEntries(
				Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
			)
		: headers;
}

const URL_HINT = 'Give an absolute URL, or a path below the base URL of the credential.';

/**
 * An absolute `http(s)` URL as it is, anything else as a path below the base URL.
 * @throws {InputError} when `url` is empty or has another scheme
 */
export function resolveUrl(url: unknown, baseUrl: string): string {
	if (typeof url !== 'string' || url.trim() === '') {
		throw new InputError('The URL is empty', { description: URL_HINT });
	}
	const text = url.trim();
	const absolute = /^https?:\/\//i.test(text) ? text : `${baseUrl}/${text.replace(/^\/+/, '')}`;
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) && absolute !== text) {
		throw new InputError('The URL must begin with https:// or http://', { description: URL_HINT });
	}
	if (!URL.canParse(absolute)) {
		throw new InputError('The URL is not valid', { description: URL_HINT });
	}
	return absolute;
}
