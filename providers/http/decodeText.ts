import type { IExecuteFunctions } from 'n8n-workflow';

const REPLACEMENT_CHARACTER = '\uFFFD';

/**
 * A text in the character set its content type names, else in UTF-8, else in the one its bytes look
 * like.
 */
export async function decodeText(
	helpers: Pick<IExecuteFunctions['helpers'], 'binaryToString' | 'detectBinaryEncoding'>,
	bytes: Buffer,
	contentType: string,
): Promise<string> {
	const charset = /charset=["']?([^;,\s"']+)/i.exec(contentType)?.[1]?.toLowerCase();
	if (charset !== undefined && charset !== 'utf-8') {
		const named = helpers.binaryToString(bytes, charset as BufferEncoding);
		// An unknown character set is no reason to lose the text.
		const text = await named.catch(() => null);
		if (text !== null) return text;
	}
	const text = await helpers.binaryToString(bytes);
	if (!text.includes(REPLACEMENT_CHARACTER)) return text;
	const detected = helpers.detectBinaryEncoding(bytes).toLowerCase();
	return detected === '' || detected === 'utf-8'
		? text
		: await helpers.binaryToString(bytes, detected as BufferEncoding);
}
