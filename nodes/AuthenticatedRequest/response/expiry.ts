import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError, parsedJson } from '../../../providers';
import type { ExpiryCheck } from '../request/requestContext';
import { decodeText } from './decodeText';
import { conditionIn, isTrueOf, isTrueOfResponse } from './evaluateOnResponse';
import { contentTypeOf, SMALL_FILE } from './takeIn';

/**
 * The option for services that respond with HTTP 200 when a token has expired: an expression over the
 * response. A large file, or a large refusal, is none.
 * @throws {InputError} when it is something else
 */
export function readExpiryCheck(context: IExecuteFunctions, itemIndex: number): ExpiryCheck {
	const expression = context.getNodeParameter('options.expiredWhen', itemIndex, '', {
		rawExpressions: true,
	}) as unknown;
	if (String(expression ?? '').trim() === '') return async () => false;
	const condition = conditionIn(expression);
	if (condition === null) throw notAnExpression();
	return async (response) => {
		const bytes = await response.body.ifSmall(SMALL_FILE);
		if (bytes === null) return false;
		const text = await decodeText(context, bytes, contentTypeOf(response));
		const isExpired = `={{ ${isTrueOf(condition)} }}`;
		const { headers, statusCode } = response;
		const json = parsedJson(text);
		const view = { body: json === undefined ? text : json, headers, statusCode };
		return await isTrueOfResponse(context, itemIndex, isExpired, view).catch(() => {
			throw notAnExpression();
		});
	};
}

function notAnExpression(): InputError {
	return new InputError('"Token Expired When" is not an expression', {
		description:
			'Switch the field from Fixed to Expression, and write one like {{ $response.body.code === 401 }}.',
	});
}
