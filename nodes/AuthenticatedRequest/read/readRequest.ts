import type { IDataObject } from 'n8n-workflow';

import { type RequestSpec, withHeaders } from '../../../providers';
import { readBody } from './readBody';
import { readHeaders, type RequestHeaders } from './readHeaders';
import { readMethod } from './readMethod';
import type { RequestOptions, ResponseFormat } from './readOptions';
import { readQuery } from './readQuery';
import { resolveUrl } from './readUrl';
import type { NodeParameters } from './nodeParameters';
import type { FileReader } from './readFile';

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
	parameters: NodeParameters,
	fileOf: FileReader,
	baseUrl: string,
	options: RequestOptions,
): Promise<RequestSpec> {
	const method = readMethod(parameters);
	const uri = resolveUrl(parameters.get<unknown>('url', ''), baseUrl);
	const own = readHeaders(parameters, options.lowercaseHeaders);
	const {
		headers: ofBody = {},
		keepsType = () => true,
		...body
	} = await readBody(parameters, fileOf);
	const headers: IDataObject = withHeaders(ofBody, withoutType(own, keepsType));
	if (!Object.keys(headers).some((name) => name.toLowerCase() === 'accept')) {
		headers.accept = ACCEPT[options.responseFormat];
	}
	return { method, uri, qs: readQuery(parameters), headers, ...body };
}

/** The user's headers, less a content type that the body cannot have. */
function withoutType(own: RequestHeaders, keepsType: (type: string) => boolean): RequestHeaders {
	return Object.fromEntries(
		Object.entries(own).filter(
			([name, value]) => name.toLowerCase() !== 'content-type' || keepsType(String(value)),
		),
	);
}
