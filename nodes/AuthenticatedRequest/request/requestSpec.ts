import type { IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';

/** A stream of Node.js, by way of n8n: its linter allows no import of the module itself. */
export type Readable = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file of an input item. It is opened anew for every try, so that a call can be sent again. */
export interface UploadFile {
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
	open: () => Promise<Buffer | Readable>;
	/** Tells it from the values of JSON. */
	readonly [Symbol.toStringTag]: 'File';
}

/** The fields of a multipart form in their order; a class, so that n8n's pagination passes it on whole. */
export class MultipartFields {
	/** Tells it from the values of JSON. */
	get [Symbol.toStringTag]() {
		return 'FormData' as const;
	}

	constructor(readonly entries: Array<[name: string, value: string | UploadFile]>) {}

	/** The same form with these fields, in the place of those of the same name. */
	with(fields: Record<string, string>): MultipartFields {
		const others = this.entries.filter(([name]) => !Object.hasOwn(fields, name));
		return new MultipartFields([...others, ...Object.entries(fields)]);
	}

	textFields(): Array<[name: string, value: string]> {
		return this.entries.filter(
			(entry): entry is [name: string, value: string] => typeof entry[1] === 'string',
		);
	}
}

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
	form?: IDataObject;
	formData?: MultipartFields;
	/** Text, or one file. */
	raw?: string | UploadFile;
}
