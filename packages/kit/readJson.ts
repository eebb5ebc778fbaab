import type { IExecuteFunctions } from 'n8n-workflow';

import { decodeText, VendorError, type Response } from '../../providers';

/** The JSON of a response; `{}` when its body is empty. @throws {VendorError} when it is something else */
export async function readJson(
	{ helpers }: IExecuteFunctions,
	response: Response,
): Promise<unknown> {
	const type = String(response.headers['content-type'] ?? '');
	const text = await decodeText(helpers, await response.body.all(), type);
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new VendorError('Response body is not valid JSON', {
			httpStatus: response.statusCode,
			description:
				'Check that the Base URL of the credential leads to the service itself, and not to a page in front of it.',
		});
	}
}
