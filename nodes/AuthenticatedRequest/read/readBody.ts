import type { IDataObject } from 'n8n-workflow';

import { FormFields, MultipartFields, type RequestSpec, type UploadFile } from '../../../providers';
import { headerText } from './header';
import { isBinary, refuseValue } from './refuseValue';
import { nameOf, parameterOf, textOf } from './text';
import { toJson } from './toJson';
import { cut, readChoice, readSwitch } from '../../shared/choices';
import type { FileReader } from './readFile';
import { JSON_FIELD, parseJsonParameter, type NamedValue } from './readParameters';
import { setPath } from './setPath';
import type { NodeParameters } from './nodeParameters';

type BodyField = NamedValue & { parameterType?: unknown; inputDataFieldName?: unknown };

type Body = Pick<RequestSpec, 'body' | 'form' | 'text' | 'formData' | 'raw'> & {
	headers?: Record<string, string>;
	/** Whether a content type of the user's own takes the place of that in `headers`; default: always. */
	keepsType?: (type: string) => boolean;
};

const CONTENT_TYPES = [
	'json',
	'form-urlencoded',
	'multipart-form-data',
	'binaryData',
	'raw',
] as const;

/** The body of a call, and the headers that describe it. @throws {InputError} */
export async function readBody({ get }: NodeParameters, fileOf: FileReader): Promise<Body> {
	if (!readSwitch(get<unknown>('sendBody', false), 'Send Body', false)) return {};
	const contentType = readChoice(
		get<unknown>('contentType', 'json'),
		'Body Content Type',
		CONTENT_TYPES,
		'json',
	);
	const how = <V extends string>(other: V) =>
		readChoice(
			get<unknown>('specifyBody', 'keypair'),
			'Specify Body',
			['keypair', other],
			'keypair',
		);
	const fields = get<BodyField[]>('bodyParameters.parameters', []);

	switch (contentType) {
		case 'form-urlencoded':
			return how('string') === 'string'
				? readFormText(get<unknown>('body', ''))
				: formOf(fields.map(readFormField));
		case 'multipart-form-data': {
			const read = fields.map(async (field) => await readPart(fileOf, field));
			const entries = (await Promise.all(read)).flat();
			// The type has to name the boundary.
			return { formData: new MultipartFields(entries), keepsType: () => false };
		}
		case 'binaryData': {
			const file = await fileOf(get<unknown>('inputDataFieldName', ''));
			return {
				raw: file,
				headers: {
					'content-length': String(file.size),
					'content-type': headerText(file.contentType, 'The type of the file'),
				},
			};
		}
		case 'raw': {
			const body = get<unknown>('body', '');
			const type = textOf(get<unknown>('rawContentType', ''), '"Content Type"');
			return {
				raw: isBinary(body) ? bytesOf(body) : textOf(body, '"Body"'),
				headers: { 'content-type': headerText(type, '"Content Type"') },
				keepsType: () => type.trim() === '',
			};
		}
		default:
			return how('json') === 'json' ? readJson(get<unknown>('jsonBody', '')) : jsonOf(fields);
	}
}

function readJson(given: unknown): Body {
	if (given === null || given === undefined) return {};
	const body = parseJsonParameter(given, JSON_FIELD, 'Send Body');
	const text =
		typeof given === 'string' ? textOf(given, '"JSON Body"') : toJson(body, '"JSON Body"');
	return jsonBody(body, text);
}

function jsonOf(fields: BodyField[]): Body {
	const body: IDataObject = {};
	for (const { name, value } of fields) {
		const path = nameOf(name, 'The name of a body field');
		// The message names the field: in the JSON of the whole body the user would hardly find it.
		if (value !== undefined) toJson(value, `The body field "${cut(path)}"`);
		setPath(body, path, value);
	}
	return jsonBody(body, toJson(body, 'The body'));
}

function jsonBody(body: unknown, text: string): Body {
	return { body, text, headers: { 'content-type': 'application/json' } };
}

function readFormField({ name: given, value }: BodyField): [name: string, value: unknown] {
	const name = nameOf(given, 'The name of a body field');
	return [name, parameterOf(value, `The body field "${cut(name)}"`)];
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

function formOf(entries: Array<[name: string, value: unknown]>, text?: string): Body {
	const form = new FormFields(entries);
	return {
		form,
		text: text ?? FormFields.encode(form),
		headers: { 'content-type': FORM_TYPE },
		// As HTTP Request: no other type says what a form is. One with a charset does.
		keepsType: (type) => type.toLowerCase().startsWith(FORM_TYPE),
	};
}

/** Text goes out as it is, but for characters that a form cannot carry: even in another encoding. */
function readFormText(given: unknown): Body {
	const value = parameterOf(given, '"Body"');
	if (Array.isArray(value)) refuseValue('"Body"', value, 'it is a list, and a form needs names');
	if (typeof value === 'object' && value !== null) return formOf(Object.entries(value));
	const text = textOf(value, '"Body"').replace(/^\?/, '');
	return formOf([...new URLSearchParams(text)], text.replace(/[^!-~]+/gu, encodeURIComponent));
}

/** A part of a multipart form; a field without a name gives no part. */
async function readPart(
	fileOf: FileReader,
	{ name: given, value, parameterType, inputDataFieldName }: BodyField,
): Promise<Array<[name: string, value: string | UploadFile]>> {
	const name = nameOf(given, 'The name of a body field');
	if (name === '') return [];
	const types = ['formData', 'formBinaryData'] as const;
	return readChoice(parameterType, 'Type', types, 'formData') === 'formBinaryData'
		? [[name, await fileOf(inputDataFieldName)]]
		: [[name, textOf(value, `The body field "${cut(name)}"`)]];
}

function bytesOf(data: ArrayBufferLike | NodeJS.ArrayBufferView): Uint8Array {
	return ArrayBuffer.isView(data)
		? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
		: Buffer.from(data);
}
