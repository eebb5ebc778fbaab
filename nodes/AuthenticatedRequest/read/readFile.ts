import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError, type UploadFile } from '../../../providers';
import { nameOf } from './text';
import { cut } from '../../shared/choices';

/** Gives a file of the item by the name of its field. @throws {InputError} when the item has no such file */
export type FileReader = (field: unknown) => Promise<UploadFile>;

/** The files of the item with this index. */
export const filesOf =
	(context: IExecuteFunctions, itemIndex: number): FileReader =>
	async (field) =>
		await readFile(context, itemIndex, field);

async function readFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: unknown,
): Promise<UploadFile> {
	const fieldName = nameOf(field, '"Input Data Field Name"');
	const files = context.getInputData()[itemIndex]?.binary ?? {};
	const binary = Object.hasOwn(files, fieldName) ? files[fieldName] : undefined;
	if (binary === undefined) {
		throw new InputError(`This item has no binary field "${cut(fieldName)}"`, {
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
