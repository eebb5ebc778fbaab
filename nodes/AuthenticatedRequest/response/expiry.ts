import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../../providers';
import type { ExpiryCheck } from '../request/requestContext';
import { decodeText } from './decodeText';
import { isTrueOfResponse } from './evaluateOnResponse';
import { contentTypeOf, SMALL_FILE } from './takeIn';

/**
 * The option for services that respond with HTTP 200 when a token has expired: an expression over the
 * response. A large file, or a large refusal, is none.
 * @throws {InputError} when it is a fixed text
 */
export function readExpiryCheck(context: IExecuteFunctions, itemIndex: number): ExpiryCheck {
	const expression = context.getNodeParameter('options.expiredWhen', itemIndex, '', {
		rawExpressions: true,
	}) as string;
	if (expression.trim() === '') return async () => false;
	if (!expression.startsWith('=')) {
		throw new InputError('"Token Expired When" is not an expression', {
			description:
				'Switch the field from Fixed to Expression, e.g. {{ $response.body.code === 401 }}.',
		});
	}
	return async (response) => {
		const bytes = await response.body.ifSmall(SMALL_FILE);
		if (bytes === null) return false;
		const text = await decodeText(context, bytes, contentTypeOf(response));
		return await isTrueOfResponse(context, itemIndex, expression, {
			body: parsedOrText(text),
			headers: response.headers,
			statusCode: response.statusCode,
		});
	};
}

function parsedOrText(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
