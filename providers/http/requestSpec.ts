import type { IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';

import { encodeForm } from './formEncoding';

/** A stream of Node.js, by way of n8n: its linter allows no import of the module itself. */
export type Readable = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file of an input item. It is opened again for every attempt, so that a call can be retried. */
export interface UploadFile {
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
	open: () => Promise<Buffer | Readable>;
	/** Tells it from the values of JSON. */
	readonly [Symbol.toStringTag]: 'File';
}

/**
 * The fields of a form in their order; a name may come again. A class, so that n8n's pagination passes it
 * on whole; it sets the fields that are to change as properties, and so there are none of its own.
 */
export class FormFields<V = unknown> {
	/** Tells it from the values of JSON. */
	get [Symbol.toStringTag]() {
		return 'FormData' as const;
	}

	readonly #entries: Array<[name: string, value: V]>;

	constructor(entries: Array<[name: string, value: V]>) {
		this.#entries = entries;
	}

	static entriesOf<V>(fields: FormFields<V>): Array<[name: string, value: V]> {
		return fields.#entries;
	}

	/** As `application/x-www-form-urlencoded`. */
	static encode(fields: FormFields): string {
		return encodeForm(fields.#entries);
	}

	/** By name; of a name that comes again, a list. */
	static toObject(fields: FormFields): Record<string, unknown> {
		const values = new Map<string, unknown>();
		for (const [name, value] of fields.#entries) {
			values.set(name, values.has(name) ? [values.get(name), value].flat() : value);
		}
		return Object.fromEntries(values);
	}
}

/** The fields of a form that may have files. */
export class MultipartFields extends FormFields<string | UploadFile> {}

/**
 * One call as the user described it, not authorized yet. The names are those of n8n's older request
 * options, because n8n's pagination updates them by these names. At most one of the bodies is set.
 */
export interface RequestSpec {
	method: IHttpRequestMethods;
	/** Absolute. */
	uri: string;
	qs: IDataObject;
	headers: IDataObject;
	/** JSON. */
	body?: unknown;
	/** URL-encoded. */
	form?: FormFields;
	/** What goes out for `body` or `form`: as the user typed it, where it was text. */
	text?: string;
	formData?: MultipartFields;
	/** Text, bytes, or one file. */
	raw?: string | Uint8Array | UploadFile;
}
