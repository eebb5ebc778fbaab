import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { filesOf } from '../../nodes/AuthenticatedRequest/read/readFile';
import { resolveUrl } from '../../nodes/AuthenticatedRequest/read/readUrl';
import { FormFields, MultipartFields, type Credentials, type RequestSpec } from '../../providers';
import type { VendorRequest } from './operation';

/** The request of an operation as the shared code sends it. @throws {InputError} when it cannot be right */
export async function toSpec(
	{ method, url, query = {}, body, form, file }: VendorRequest,
	{ baseUrl }: Credentials,
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<RequestSpec> {
	const head = {
		method,
		uri: resolveUrl(url, baseUrl),
		qs: Object.fromEntries(
			Object.entries(query).filter(([, value]) => value !== undefined && value !== ''),
		) as IDataObject,
	};
	const headers: IDataObject = { accept: 'application/json' };
	if (file !== undefined) {
		const part = await filesOf(context, itemIndex)(file.binaryProperty);
		return { ...head, headers, formData: new MultipartFields([[file.field, part]]) };
	}
	if (form !== undefined) {
		headers['content-type'] = 'application/x-www-form-urlencoded';
		const fields = new FormFields(Object.entries(form));
		return { ...head, headers, form: fields, text: FormFields.encode(fields) };
	}
	if (body === undefined) return { ...head, headers };
	headers['content-type'] = 'application/json';
	return { ...head, headers, body, text: JSON.stringify(body) };
}
