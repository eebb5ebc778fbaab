import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../../providers';
import { addParameter, parseJsonParameter, type NamedValue } from './readParameters';
import { MultipartFields, type RequestSpec, type UploadFile } from '../request/requestSpec';
import { setPath } from './setPath';

type BodyField = NamedValue & { parameterType?: string; inputDataFieldName?: string };

type Body = Pick<RequestSpec, 'body' | 'form' | 'formData' | 'raw'> & { headers?: IDataObject };

/** They carry JSON at most, as with the HTTP Request node. */
const METHODS_WITHOUT_BODY = ['HEAD', 'OPTIONS'];

/** The body of a call, and the headers that describe it. @throws {InputError} */
export async function readBody(
	context: IExecuteFunctions,
	itemIndex: number,
	method: string,
): Promise<Body> {
	const get = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;

	const contentType = get<string>('contentType', 'json');
	if (!get('sendBody', false)) return {};
	if (METHODS_WITHOUT_BODY.includes(method) && contentType !== 'json') return {};
	const specifyBody = get<string>('specifyBody', 'keypair');
	const fields = get<BodyField[]>('bodyParameters.parameters', []);

	switch (contentType) {
		case 'form-urlencoded': {
			if (specifyBody === 'string') {
				return { form: Object.fromEntries(new URLSearchParams(get('body', ''))) };
			}
			const form: IDataObject = {};
			for (const { name, value } of fields) addParameter(form, name, value);
			return { form };
		}
		case 'multipart-form-data': {
			const named = fields.filter(({ name }) => name !== '');
			return {
				formData: new MultipartFields(
					await Promise.all(
						named.map(
							async (field): Promise<[string, string | UploadFile]> => [
								field.name,
								field.parameterType === 'formBinaryData'
									? await readFile(context, itemIndex, field.inputDataFieldName ?? '')
									: String(field.value ?? ''),
							],
						),
					),
				),
			};
		}
		case 'binaryData': {
			const file = await readFile(context, itemIndex, get('inputDataFieldName', ''));
			return {
				raw: file,
				headers: { 'content-length': file.size, 'content-type': file.contentType },
			};
		}
		case 'raw': {
			return {
				raw: get('body', ''),
				headers: { 'content-type': get('rawContentType', '') },
			};
		}
		default: {
			if (specifyBody === 'json') {
				return { body: parseJsonParameter(get<unknown>('jsonBody', ''), 'JSON Body') };
			}
			const body: IDataObject = {};
			for (const { name, value } of fields) setPath(body, name, value);
			return { body };
		}
	}
}

/** @throws {InputError} when the item has no such file */
async function readFile(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldName: string,
): Promise<UploadFile> {
	const binary = context.getInputData()[itemIndex]?.binary?.[fieldName];
	if (binary === undefined) {
		throw new InputError(`This item has no binary field "${fieldName}"`, {
			description:
				'Check "Input Data Field Name": it names the incoming field that holds the file.',
		});
	}
	const { helpers } = context;
	const { id } = binary;
	const inMemory = id === undefined ? Buffer.from(binary.data, 'base64') : null;
	return {
		fileName: binary.fileName ?? 'file',
		contentType: binary.mimeType ?? 'application/octet-stream',
		size: inMemory?.length ?? (await helpers.getBinaryMetadata(id as string)).fileSize,
		open: async () => inMemory ?? (await helpers.getBinaryStream(id as string)),
		[Symbol.toStringTag]: 'File',
	};
}
